"""Every task of the command line is there, and none loads what it does not need."""

import subprocess
import sys

from runner.command_line import parse_arguments
from runner.reference import ROOT
from runner.tasks import TASKS


def test_every_task_that_can_be_asked_for_exists():
    asked = [parse_arguments(words).task for words in ([], ["--decode", "x", "0,1"], ["--data"])]
    assert asked == ["run", "decode", "data"]
    assert set(TASKS) == set(asked)


def test_naming_the_tasks_loads_nothing():
    heavy = {"numpy", "pydantic", "matplotlib", "rich"}
    code = f"import sys, runner.tasks; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
