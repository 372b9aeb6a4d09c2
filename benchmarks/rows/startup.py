"""(g) Start-up, and (h) the files of a run: whole processes, and where their time goes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.bench import Bench
from benchmarks.comparison import Comparison
from benchmarks.sides import ALL, ROOT, environment, run_process
from benchmarks.timing import Run, Timing, alternate

TITLE = "Start-up and files"
TEXT = (
    "Whole processes, then the parts of a run one after the other, a new process each time. The VAE"
    " is one epoch of MNIST, so that what comes before and after it shows. A file is computed, drawn"
    " and written. The first picture pays for the caches of matplotlib."
)
SHIPPED: list[str] = []
VAE = [
    "mode=VAE",
    "neurons_per_layer=[256]",
    "epochs=1",
    "patience=null",
    "minimizer=adam",
    "learning_rate=0.001",
]
LONGEST_REJECTION, LONGEST_RUN = 0.4, 6.0


def compare(bench: Bench) -> Iterator[Comparison]:
    """Whole processes first, then phases and files of the shipped config and of a VAE."""
    results = ["--quiet", "--results", str(bench.folder / "startup")]
    commands = {
        "python -c pass": partial(run_process, ["-c", "pass"]),
        "--help": partial(run_process, ["main.py", "--help"]),
        "a rejected config": partial(run_process, ["main.py", "epochs=0", "mode=AE"], 2),
        "config.json, no pictures": partial(
            run_process, ["main.py", "plots=false", "explorer=false", *results]
        ),
        "config.json, all files": partial(run_process, ["main.py", *results]),
    }
    yield Comparison(
        "g",
        "whole processes",
        alternate(commands, bench.rounds()),
        at_most={"a rejected config": LONGEST_REJECTION, "config.json, all files": LONGEST_RUN},
        compares=False,
    )
    shipped = [phases(SHIPPED) for _ in range(bench.rounds())]
    yield Comparison("g", "phases of config.json", medians(shipped, "phases"), compares=False)
    images = [phases(VAE) for _ in range(bench.rounds(3))]
    yield Comparison("g", "phases of a VAE, one epoch", medians(images, "phases"), compares=False)
    training = medians(shipped, "phases")["training"]
    files = {"the training": training, **medians(shipped, "files")}
    aims = {name: training.seconds * 1e3 for name in files if "." in name}
    yield Comparison("h", "files of config.json", files, "ms", 1e3, at_most=aims)
    yield Comparison("h", "files of a VAE", medians(images, "files"), "ms", 1e3, compares=False)


def phases(settings: list[str]) -> dict[str, dict[str, float]]:
    """The seconds of the phases and of the files of one run."""
    command = [sys.executable, "-m", "benchmarks.rows.phases", *settings]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment(ALL), check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def medians(runs: list[dict[str, dict[str, float]]], part: str) -> dict[str, Timing]:
    """The timings of every phase, or of every file."""
    return {name: Timing([Run(run[part][name], []) for run in runs]) for name in runs[0][part]}
