"""One run, from its config to a finished folder: what main.py does for each config."""

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from runner import VERSION
from runner.command_line import Options
from runner.config import Config
from runner.experiment import prepare
from runner.result import FontResult
from runner.storage import RunFolder
from runner.tables import TABLES, csv_text
from runner.terminal import Terminal

LIBRARIES = ("numpy", "scipy", "autograd", "matplotlib", "pydantic", "pillow")
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
    with _status(folder, experiment.font.sha256) as facts:
        with terminal.progress(config.epochs) as report:
            result = experiment.run(report)
        for line in describe(result):
            terminal.say(line)
        save_result(result, folder)
        summary = {**result.summary, "total_seconds": perf_counter() - started}
        folder.write("summary.json", json_text(summary))
        terminal.say(f"{summary['total_seconds']:.1f} s in all; look into {folder.path}")
        folder.write("log.txt", terminal.log)
        if result.diverged:
            facts |= {"status": "failed", "reason": "the training diverged"}
    return DIVERGED if result.diverged else 0


def save_result(result: FontResult, folder: RunFolder) -> None:
    """Write the tables, the model and, if the config wants them, the pictures."""
    for name, table in TABLES.items():
        header, rows = table(result)
        folder.write(name, csv_text((header, rows)))
    folder.write("model.npz", result.model.to_bytes())
    if result.config.plots:
        # Half a second of imports that a run without pictures does not need.
        from runner.font_figures import draw_figures
        from runner.style import png

        for name, figure in draw_figures(result):
            folder.write(f"plots/{name}", png(figure))


def run_name(config: Config) -> str:
    """`2026-11-22_143005_default_adam_z2`: when, what, how, and the size of the bottleneck."""
    time = datetime.now().strftime("%Y-%m-%d_%H%M%S")
    return f"{time}_{config.mode.lower()}_{config.minimizer}_z{config.latent_layer_neurons}"


def describe(result: FontResult) -> list[str]:
    """The last words of a run: what was trained, what it learned, and the figures beside it."""
    config, summary = result.config, result.summary
    wrong = summary["total_wrong_pixels"]
    published = (
        f"published: {config.published.error:.4g}, {config.published.source}" if config.published else ""
    )
    pca = f"PCA of size {config.latent_layer_neurons}: {summary['pca_accumulated_error']:.4g}"
    rows = [
        (
            "characters learned",
            f"{summary['characters_learned']} of {summary['characters']}",
            f"{wrong} wrong pixel{'s' * (wrong != 1)}",
        ),
        ("accumulated error", f"{summary['accumulated_error']:.4g}", pca),
    ]
    if result.test is not None:
        bayes = f"the best possible denoiser: {summary['bayes_accumulated_error']:.4g}"
        rows.append(("error on new noise", f"{summary['test_accumulated_error']:.4g}", bayes))
    if published:
        rows[-1] = (*rows[-1][:2], f"{rows[-1][2]}; {published}")
    if summary["restarts"] > 1:
        learned = f"{summary['restarts_learned_all']} of {summary['restarts']}"
        rows.append(("restarts that learned all", learned, f"seed {result.best.seed} is kept"))
    headline = (
        f"{result.network.sizes} learned {' + '.join(config.font_set)} with {config.minimizer}:"
        f" {summary['epochs_run']} epochs in {summary['training_seconds']:.1f} s"
    )
    lines = [headline, *(f"  {name:25} {value:>10}   ({beside})" for name, value, beside in rows)]
    if result.diverged:
        lines.append("  The training diverged; these are its best parameters until then.")
        lines.append("  Write a smaller learning_rate.")
    return lines


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
        "libraries": {name: version(name) for name in LIBRARIES},
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


def _git_commit() -> str | None:
    """The commit of the code that runs, or None outside a checkout."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--verify", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None
