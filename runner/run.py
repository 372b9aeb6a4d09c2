"""One run, from its config to a finished folder: what main.py does for each config."""

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

from runner import VERSION
from runner.command_line import Options
from runner.config import Config
from runner.csv_text import csv_text
from runner.experiment import Experiment, Result, prepare
from runner.storage import RunFolder
from runner.terminal import Terminal

LIBRARIES = ("numpy", "scipy", "autograd", "matplotlib", "bokeh", "pydantic", "pillow", "tensorflow")
DIVERGED = 3


def run_and_save(config: Config, options: Options) -> int:
    """Train, write every file, say what was learned. Returns the exit code.

    Raises UserError before anything is written if the config cannot be run.
    """
    started = perf_counter()
    experiment = prepare(config)
    terminal = Terminal(options.quiet)
    folder = RunFolder.make(options.results, options.name or run_name(config))
    folder.write("config.json", json_text(config.model_dump()))
    with _status(folder, experiment.data_sha256) as facts:
        with terminal.progress(config.epochs) as report:
            result = experiment.run(report)
        for line in experiment.describe(result):
            terminal.say(line)
        save_result(experiment, result, folder, config)
        summary = {**result.summary, "total_seconds": perf_counter() - started}
        folder.write("summary.json", json_text(summary))
        terminal.say(f"{summary['total_seconds']:.1f} s in all; look into {folder.path}")
        folder.write("log.txt", terminal.log)
        if result.diverged:
            facts |= {"status": "failed", "reason": "the training diverged"}
    return DIVERGED if result.diverged else 0


def save_result(experiment: Experiment, result: Result, folder: RunFolder, config: Config) -> None:
    """Write the tables, the model and, if they are wanted, the pictures and the pages."""
    for name, table in experiment.tables(result).items():
        folder.write(name, csv_text(table))
    folder.write("model.npz", result.model_bytes())
    if config.plots:
        from runner.style import png

        for name, figure in experiment.figures(result):
            folder.write(f"plots/{name}", png(figure))
    if config.plots and config.explorer:
        for name, page in experiment.pages(result).items():
            folder.write(name, page)


def run_name(config: Config) -> str:
    """`2026-11-22_143005_default_adam_z2`: when, what, how, and the size of the bottleneck."""
    time = datetime.now().strftime("%Y-%m-%d_%H%M%S")
    return f"{time}_{config.mode.lower()}_{config.minimizer}_z{config.latent_layer_neurons}"


def json_text(value: Any) -> str:
    """Indented JSON; NaN is an error, not a word that other readers refuse."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


@contextmanager
def _status(folder: RunFolder, data_sha256: str) -> Iterator[dict[str, Any]]:
    """Keep `run.json` true: `running` at first, and how it ended when the block is left.

    Yields the facts, which the block may change.
    """
    facts = {
        "status": "running",
        "started": _now(),
        "finished": None,
        "command_line": sys.argv,
        "latent_lab": VERSION,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "git_commit": _git_commit(),
        "data_sha256": data_sha256,
    }
    folder.write("run.json", json_text(facts))
    try:
        yield facts
        if facts["status"] == "running":
            facts["status"] = "done"
    except KeyboardInterrupt:
        facts["status"] = "interrupted"
        raise
    except BaseException as error:
        facts |= {"status": "failed", "reason": f"{type(error).__name__}: {error}"}
        raise
    finally:
        facts["finished"] = _now()
        folder.write("run.json", json_text(facts))


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _version(library: str) -> str | None:
    """The installed version, or None: TensorFlow may be missing."""
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _git_commit() -> str | None:
    """The commit of the code that runs, or None outside a checkout."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--verify", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None
