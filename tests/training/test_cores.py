"""How many cores may be used."""

import os
import subprocess
import sys

import pytest

from training import cores


def test_all_are_used_unless_somebody_says_fewer(monkeypatch):
    monkeypatch.setattr(cores, "there_are", lambda: 8)
    assert (cores.available(), cores.are_limited()) == (8, False)
    with cores.at_most(None):
        assert (cores.available(), cores.are_limited()) == (8, False)
    with cores.at_most(3):
        assert (cores.available(), cores.are_limited()) == (3, True)
        with cores.at_most(5):
            assert cores.available() == 3
        with cores.at_most(1):
            assert cores.available() == 1
        assert cores.available() == 3
    assert (cores.available(), cores.are_limited()) == (8, False)


def test_a_limit_ends_with_what_failed():
    with pytest.raises(ValueError), cores.at_most(1):
        raise ValueError
    assert not cores.are_limited()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="not Linux")
def test_cores_are_those_that_the_system_gives_the_process():
    code = "import os; os.sched_setaffinity(0, {0}); from training import cores; print(cores.there_are())"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "1\n"
