"""The settings of a process, read where they take effect."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.reference import ROOT

TASKS = Path("/proc/self/task")


def in_a_process(code):
    done = subprocess.run(
        [sys.executable, "-c", f"from runner.console.process import tune_process; {code}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "2"},
        check=True,
        timeout=60,
    )
    return done.stdout.split()


@pytest.mark.skipif(not TASKS.exists() or os.cpu_count() == 1, reason="threads are counted in /proc")
def test_numpy_has_one_thread_whatever_the_environment_says():
    count = f"import numpy, os; print(len(os.listdir({str(TASKS)!r})))"
    assert in_a_process(count) == ["2"]
    assert in_a_process(f"tune_process(); {count}") == ["1"]


def test_garbage_is_collected_less_often():
    first, tuned = in_a_process(
        "import gc; print(gc.get_threshold()[0]); tune_process(); print(gc.get_threshold()[0])"
    )
    assert int(tuned) > 10 * int(first)
