"""One run, from its config to a finished folder: what main.py does for each config."""

from datetime import datetime
from pathlib import Path
from time import perf_counter

from runner.config import Config
from runner.csv_text import csv_text
from runner.experiment import Experiment, Result, prepare
from runner.record import DIVERGED, json_text, status
from runner.storage import RunFolder
from runner.terminal import Terminal

EXIT_DIVERGED = 3


def run_and_save(config: Config, results: Path, name: str | None, terminal: Terminal) -> int:
    """Train into a new folder of `results`, say what was learned. Returns the exit code.

    Raises UserError before anything is written if the config cannot be run.
    """
    experiment = prepare(config)
    folder = RunFolder.make(results, name or run_name(config))
    result = train_into(folder, config, experiment, terminal)
    return EXIT_DIVERGED if result.diverged else 0


def train_into(folder: RunFolder, config: Config, experiment: Experiment, terminal: Terminal) -> Result:
    """Train and fill the folder; `run.json` and with it the status come last."""
    started = perf_counter()
    folder.write("config.json", json_text(config.model_dump()))
    with status(folder, experiment.data_sha256) as facts:
        with terminal.progress(config.epochs) as report:
            result = experiment.run(report)
        for line in experiment.describe(result):
            terminal.say(line)
        save_result(experiment, result, folder, config.plots)
        summary = {**result.summary, "total_seconds": perf_counter() - started}
        folder.write("summary.json", json_text(summary))
        terminal.say(f"{summary['total_seconds']:.1f} s in all; look into {folder.path}")
        folder.write("log.txt", terminal.log)
        if result.diverged:
            facts |= {"status": "failed", "reason": DIVERGED}
    return result


def save_result(experiment: Experiment, result: Result, folder: RunFolder, plots: bool) -> None:
    """Write the tables, the model and, if they are wanted, the pictures."""
    for name, table in experiment.tables(result).items():
        folder.write(name, csv_text(table))
    folder.write("model.npz", result.model_bytes())
    if plots:
        from runner.style import png

        for name, figure in experiment.figures(result):
            folder.write(f"plots/{name}", png(figure))


def run_name(config: Config) -> str:
    """`2026-11-22_143005_default_adam_z2`: when, what, how, and the size of the bottleneck."""
    time = datetime.now().strftime("%Y-%m-%d_%H%M%S")
    return f"{time}_{config.mode.lower()}_{config.minimizer}_z{config.latent_layer_neurons}"
