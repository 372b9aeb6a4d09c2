"""One process at a time has the lock of a folder, and it is given back however that process ends."""

import subprocess
import sys

from runner.storage import locks
from runner.storage.locks import is_surely_free, locked
from tools.reference import ROOT

HOLDING = """
import pathlib, sys
from runner.storage.locks import locked
with locked(pathlib.Path(sys.argv[1])) as is_mine:
    print(is_mine, flush=True)
    input()
"""


def test_a_second_process_is_told_and_a_killed_one_gives_it_back(tmp_path):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", HOLDING, str(tmp_path)], cwd=ROOT, **pipes) as other:
        assert other.stdout.readline() == "True\n"
        with locked(tmp_path) as is_mine:
            assert not is_mine
        other.kill()
    with locked(tmp_path) as is_mine:
        assert is_mine


def test_a_system_without_such_locks_gives_it_to_everybody(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "fcntl", None)
    with locked(tmp_path) as first, locked(tmp_path) as second:
        assert first
        assert second


def test_some_can_have_it_together_but_nobody_beside_one_alone(tmp_path):
    with locked(tmp_path, together=True) as first, locked(tmp_path, together=True) as second:
        assert first
        assert second
        assert not is_surely_free(tmp_path)
        with locked(tmp_path) as alone:
            assert not alone
    with locked(tmp_path), locked(tmp_path, together=True) as late:
        assert not late
    assert is_surely_free(tmp_path)


def test_without_locks_nothing_is_known_to_be_free(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "fcntl", None)
    assert not is_surely_free(tmp_path)
