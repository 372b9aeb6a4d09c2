"""`--runs`: what is in a folder of results, a line a run."""

import os
import shutil
import sys
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from runner.compare.differences import differing_keys
from runner.compare.measures import MEASURES, MEASURES_OF_ONE
from runner.config.errors import UserError, listed, shown
from runner.console.terminal import Terminal
from runner.numbers import number_text
from runner.storage.locks import is_surely_free
from runner.storage.record import RunRecord

KILLED, UNREADABLE = "killed", "unreadable"
FIGURES = [measure for measure, *_ in (*MEASURES, *MEASURES_OF_ONE)]


def list_runs(place: Path, terminal: Terminal) -> None:
    """Say what is in a folder of results, the newest last, where one looks first.

    Raises UserError if there is no such folder, or if it is a single run.
    """
    runs = found_runs(place)
    if not runs:
        terminal.say(f"{place}: no runs yet; python main.py makes one")
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    terminal.say("\n".join(line[:width] for line in lines_of(runs)))
    counts = Counter(run.status for run in runs)
    terminal.say(f"{len(runs)} in {place}: {listed(f'{n} {status}' for status, n in counts.items())}")


def found_runs(place: Path) -> list[RunRecord]:
    """The runs and sweeps in a folder, the oldest first, each with the status that is true of it.

    One that says it is running though no process of this machine works on it was `killed`, and one
    whose files tell nothing is `unreadable`. Links, `latest` among them, are passed over.

    Raises UserError if there is no such folder, or if it is a single run.
    """
    if not place.is_dir():
        raise UserError(f"{place}: there is no such folder; runs are in results/")
    with os.scandir(place) as entries:
        folders = [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    paths = [path for path in folders if (path / "run.json").exists()]
    if not paths and (place / "run.json").exists():
        raise UserError(f"{place}: is a run; name the folder that it is in: {place.parent}")
    # The runs of a sweep are kept by the lock of the sweep.
    may_be_killed = is_surely_free(place)
    runs = [known_run(path, may_be_killed) for path in paths]
    return sorted(runs, key=lambda run: (_time(run), run.name))


def known_run(path: Path, may_be_killed: bool = True) -> RunRecord:
    """What is known of the run in a folder, with the status that is true of it."""
    try:
        run = RunRecord.read(path)
    except UserError as error:
        return RunRecord(path, {}, UNREADABLE, str(error), {})
    if run.status == "running" and may_be_killed and is_surely_free(path):
        return replace(run, status=KILLED)
    return run


def _time(run: RunRecord) -> float:
    """When it began, or else when its record was written, in seconds."""
    if run.started:
        return datetime.fromisoformat(run.started).timestamp()
    return (run.path / "run.json").stat().st_mtime


def lines_of(runs: list[RunRecord]) -> list[str]:
    """A line for each run: name, status, what it is judged by, and what sets it apart from the others."""
    rows = [
        (_plain(run.name), run.status, _figure(run), "  ".join([*_remarks(run), *differing]))
        for run, differing in zip(runs, differences(runs), strict=True)
    ]
    name, status, figure = (max(len(row[column]) for row in rows) for column in range(3))
    return [f"{row[0]:{name}}  {row[1]:{status}}  {row[2]:{figure}}  {row[3]}".rstrip() for row in rows]


def differences(runs: list[RunRecord]) -> list[list[str]]:
    """For each run the `key=value` that most of them do not share.

    A value that more than half of the runs have is the usual one, and goes without saying.
    """
    said: list[list[str]] = [[] for _ in runs]
    for key in differing_keys(run.config for run in runs):
        having = [index for index, run in enumerate(runs) if key in run.config]
        values = [repr(runs[index].config[key]) for index in having]
        ((usual, count),) = Counter(values).most_common(1)
        is_usual = 2 * count > len(values)
        for index, value in zip(having, values, strict=True):
            if value != usual or not is_usual:
                said[index].append(f"{key}={_text(runs[index].config[key])}")
    return said


def _figure(run: RunRecord) -> str:
    """The number that a run is judged by, and which one that is."""
    measure = next((name for name in FIGURES if name in run.summary), None)
    return f"{measure} {number_text(run.summary[measure])}" if measure else ""


def _remarks(run: RunRecord) -> list[str]:
    """Why it failed, what a sweep varies, and what its maker noted."""
    keys = [key for axis in run.config.get("sweep", []) for key in axis]
    return [
        *([f"({_plain(run.reason)})"] if run.reason else []),
        *([f"sweep of {listed(keys)}"] if keys else []),
        *([shown(run.config["note"])] if run.config.get("note") else []),
    ]


def _text(value: Any) -> str:
    """A value of a config: names and paths without quotes, of a path the last part."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return " + ".join(map(_text, value))
    if isinstance(value, str):
        return _plain(Path(value).name if Path(value).is_absolute() else value)
    return shown(value)


def _plain(text: str) -> str:
    """A text in one line, safe for a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
