"""Every task of the command line is there, and none loads what it does not need."""

import subprocess
import sys

from runner.cli.options import parse_arguments
from runner.cli.tasks import TASKS
from tools.reference import ROOT


def test_every_task_that_can_be_asked_for_exists():
    words = (
        *([], ["--decode", "x", "0,1"], ["--encode", "x", "font1"], ["--export", "x", "keras"]),
        *(["--resume", "x"], ["--compare", "x", "y"], ["--data"]),
        *(["--runs", "x"], ["--gallery", "x"], ["--prune", "x"]),
    )
    asked = [parse_arguments(given).task for given in words]
    tasks = "run decode encode export resume compare data runs gallery prune"
    assert asked == tasks.split()
    assert set(TASKS) == set(asked)


def test_naming_the_tasks_loads_nothing():
    heavy = {"numpy", "pydantic", "matplotlib", "rich"}
    code = f"import sys, runner.cli.tasks; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
