"""Executing the runs of a sweep, wherever that is: each ends in a record, whatever happens to it."""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.experiment import prepare
from runner.run import train_into
from runner.storage.folder import OutputFolder
from runner.storage.record import RunRecord, json_text
from runner.sweep.plan import PlannedRun
from runner.sweep.workers import Execution, WorkerDied, answers
from training import cores


@dataclass(frozen=True)
class SweepRun:
    """A run of a sweep and the folder it fills."""

    path: Path
    planned: PlannedRun


def executed(runs: list[SweepRun], execution: Execution) -> Iterator[RunRecord]:
    """Every run's record, as they end.

    Those that were running when a worker died are tried again at the end, each alone, so that none
    is blamed for another: one whose worker dies again is given up.
    """
    missing = {run.path: run for run in runs}
    suspects = []
    while missing:
        before = {path: _stamp(path) for path in missing}
        try:
            for record in answers(run_one, list(missing.values()), execution):
                del missing[record.path]
                yield record
        except WorkerDied:
            begun = [path for path in missing if _stamp(path) != before[path]]
            if not begun:
                raise
            suspects += [missing.pop(path) for path in begun]
    for run in suspects:
        try:
            yield from answers(run_one, [run], execution)
        except WorkerDied:
            yield _failed(run, "its process died twice; is the memory enough?")


def _stamp(path: Path) -> int:
    """Changes when a file of a run is written, the first time when its folder is made."""
    return path.stat().st_mtime_ns if path.exists() else 0


def run_one(run: SweepRun) -> RunRecord:
    """What a worker does with a run. Never raises: what goes wrong is its record."""
    terminal = Terminal(quiet=True)
    try:
        config = run.planned.config
        if config is None:
            return _failed(run, run.planned.problem)
        if (record := RunRecord.read_if_whole(run.path)) and record.is_settled:
            return record  # its worker died before it could say so
        with cores.at_most(1):  # There are as many such workers.
            train_into(OutputFolder.inside(run.path), config, prepare(config), terminal)
        return RunRecord.read(run.path)
    except UserError as error:
        return _failed(run, str(error), terminal.log)
    except Exception as error:
        return _failed(run, f"{type(error).__name__}: {error}", terminal.log + traceback.format_exc())


def _failed(run: SweepRun, reason: str | None, log: str = "") -> RunRecord:
    """The record of a run that could not be finished, written to its folder where that is possible."""
    record = RunRecord(run.path, run.planned.given, "failed", reason, {})
    try:
        folder = OutputFolder.inside(run.path)
        folder.write("config.json", json_text(record.config))
        folder.write("log.txt", log)
        folder.write("run.json", json_text({"status": "failed", "reason": reason}))
    except UserError as error:
        return RunRecord(run.path, run.planned.given, "failed", f"{reason}; {error}", {})
    return record
