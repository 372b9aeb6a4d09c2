"""Runs beside each other: the table and the pictures of a sweep, and of `--compare` for any runs."""

import os
from functools import cache
from io import StringIO
from pathlib import Path

from runner.compare.comparison import Comparison, Setting
from runner.compare.importance import Importance, importance_table, importance_text, importances
from runner.config.errors import UserError, listed
from runner.console.terminal import Terminal
from runner.numbers import number_text
from runner.storage.csv_text import csv_text
from runner.storage.folder import OutputFolder, dated
from runner.storage.record import RunRecord

TABLE, PAGE, IMPORTANCE = "runs.csv", "index.html", "importance.csv"
MOST_ROWS, MOST_KEYS = 20, 3
FIRST_KEYS = ("mode", "data")
WIDTH = 110


def compare_and_save(folders: list[Path], results: Path, name: str | None, terminal: Terminal) -> None:
    """Compare finished runs, those of sweeps included; the files go to a new folder of `results`.

    Raises UserError for a folder that is no run, and for fewer than two runs.
    """
    found = [run for folder in folders for run in runs_in(folder)]
    runs = list({run.path: run for run in found}.values())  # each once, whatever the paths to it
    if len(runs) < 2:
        raise UserError("--compare: name at least two runs, or a sweep")
    folder = OutputFolder.make(results, name or dated("comparison"))
    save_comparison(folder, Comparison.of(runs), terminal)
    terminal.say(f"look into {folder.path}")


def runs_in(folder: Path) -> list[RunRecord]:
    """The run of a folder, or the runs of a sweep's folder, in the order of their names."""
    if not folder.is_dir():
        raise UserError(f"{folder}: there is no such folder; name runs, e.g. results/latest")
    place = folder.resolve()
    inside = sorted(path.parent for path in place.glob("*/run.json"))
    paths = [path for path in inside if not path.is_symlink()] or [place]
    return list(map(RunRecord.read, paths))


def save_comparison(folder: OutputFolder, comparison: Comparison, terminal: Terminal) -> None:
    """Write the table and the pictures, and say what is best."""
    from runner.compare.figures import draw_figures
    from runner.figures.style import png

    save_table(folder, comparison)
    pictures = []
    for name, figure in draw_figures(comparison):
        folder.write(f"plots/{name}", png(figure))
        pictures.append(f"plots/{name}")
    found = importances(comparison)
    folder.write(PAGE, _page(folder, comparison, found, pictures))
    terminal.say(best_settings(comparison))
    if found:
        folder.write(IMPORTANCE, csv_text(importance_table(found)))
        terminal.say(importance_text(found, comparison.measure))


def save_table(folder: OutputFolder, comparison: Comparison) -> None:
    """Write a row for each run that has ended."""
    folder.write(TABLE, csv_text(comparison.table))


def _page(
    folder: OutputFolder, comparison: Comparison, found: list[Importance], pictures: list[str]
) -> str:
    """Settings, maps, curves and runs with links to the pages of runs, what mattered, and the pictures."""
    from runner.compare.contents import page_contents
    from runner.compare.page import sweep_page, url

    start = folder.path.resolve()
    contents = page_contents(comparison, lambda run: url(_link(start, run)))
    mattered = [(each.key, each.explained, each.correlation) for each in found]
    return sweep_page(folder.path.name, contents, pictures, mattered)


def _link(start: Path, run: Path) -> str:
    """The way from a folder to a run's page, or to the run's folder if it has none."""
    way = f"{_way(start, run.parent)}{run.name}"
    return f"{way}/explore.html" if (run / "explore.html").exists() else way


@cache
def _way(start: Path, folder: Path) -> str:
    """The beginning of all ways from a folder into another one."""
    return "" if folder == start else f"{Path(os.path.relpath(folder, start)).as_posix()}/"


def best_settings(comparison: Comparison) -> str:
    """A table of the settings, the best first, for the terminal."""
    from rich.console import Console
    from rich.table import Table

    settings = comparison.best_first
    table = Table(box=None, pad_edge=False, header_style="")
    keys = sorted((key for key in comparison.keys if key != "seed"), key=lambda key: key not in FIRST_KEYS)
    names = keys[:MOST_KEYS]
    for name in names or ["setting"]:
        table.add_column(name, overflow="fold")
    shared = {
        name: words for name, words in comparison.shared_measures.items() if name != comparison.measure
    }
    figures = (f"{comparison.measure}: mean (best)", "learned all", comparison.limit_name, *shared.values())
    for name in ("runs", *figures):
        table.add_column(name, justify="right")
    for setting in settings[:MOST_ROWS]:
        means = (setting.values_of(measure) for measure in shared)
        table.add_row(
            *_row(setting, names), *(number_text(values.mean()) if len(values) else "" for values in means)
        )
    text = StringIO()
    Console(file=text, width=WIDTH, color_system=None, markup=False, emoji=False).print(table)
    lines = [line.rstrip() for line in text.getvalue().rstrip().splitlines()]
    more = len(settings) - MOST_ROWS
    if more > 0:
        lines.append(f"… and {more} more in {TABLE}")
    if others := keys[MOST_KEYS:]:
        lines.append(f"They also differ in {listed(others)}: see {TABLE}.")
    return "\n".join(lines)


def _without_figures(setting: Setting) -> str:
    """What to say of runs without the measure: that they failed, if they did."""
    statuses = {run.status for run in setting.runs}
    return "" if "done" in statuses else ", ".join(sorted(statuses))


def _row(setting: Setting, names: list[str]) -> list[str]:
    done = len(setting.errors)
    runs = f"{done} of {len(setting.runs)}" if done < len(setting.runs) else str(done)
    figures = (
        f"{number_text(setting.mean)} ({number_text(setting.errors.min())})"
        if done
        else _without_figures(setting)
    )
    learned = "" if setting.learned_all is None else f"{setting.learned_all}/{done}"
    limit = "" if setting.limit is None else number_text(setting.limit)
    values = [str(setting.values[name]) for name in names] or ["all"]
    return [*values, runs, figures, learned, limit]
