"""A sweep: one task, one run, one folder; a table and pictures of them all.

Tasks share nothing but the folder of the sweep, so they may run in processes of this machine, on a
Dask cluster, or in shards that know nothing of each other. What is on disk is the only truth: going
on with a sweep is starting it again, and what is settled there is not run again.
"""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from runner.compare.comparison import Comparison
from runner.compare.report import save_comparison, save_table
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config
from runner.console.signals import naming_the_way_back
from runner.console.terminal import Terminal
from runner.experiment import prepare
from runner.run import train_into
from runner.storage.folder import RunFolder, dated
from runner.storage.record import RunRecord, json_text, status
from runner.sweep.plan import PlannedRun, planned_runs, sweep_keys
from runner.sweep.workers import Execution, WorkerDied, answers

SECONDS_BETWEEN_TABLES = 1.0
SECONDS_BETWEEN_LINES = 0.2
EXIT_FAILED = 1


@dataclass(frozen=True)
class Task:
    """A run of a sweep and the folder it fills."""

    path: Path
    run: PlannedRun


def run_sweep(
    config: Config, results: Path, name: str | None, execution: Execution, terminal: Terminal
) -> int:
    """Run a sweep into a new folder of `results`. Returns the exit code.

    A shard joins the folder `name` if another one made it. Raises UserError before anything is
    written if the sweep cannot be run.
    """
    runs = planned_runs(config)
    execution.check()
    if execution.is_shard:
        if name is None:
            raise UserError("--shard: give all shards the same folder with --name")
        folder = RunFolder.join(results, name)
    else:
        folder = RunFolder.make(results, name or sweep_name(config))
    given = json_text(config.model_dump(exclude_unset=True))
    if (folder.path / "config.json").exists() and folder.read("config.json").decode() != given:
        raise UserError(f"--shard: {folder.path} holds another sweep; choose another --name")
    folder.write("config.json", given)
    return _complete(folder, config, runs, execution, terminal)


def resume_sweep(path: Path, execution: Execution, terminal: Terminal) -> int:
    """Run what a sweep has not finished. Returns the exit code.

    Raises UserError if it is no sweep, and if its config is no longer that of its runs.
    """
    config = load_config(path / "config.json")
    if not config.sweep:
        raise UserError(f"--resume: {path} is no sweep")
    runs = planned_runs(config)
    strangers = {record.parent.name for record in path.glob("*/run.json")} - {run.name for run in runs}
    if strangers:
        raise UserError(
            f"{path}: the sweep in its config.json has no run {min(strangers)}, but there is one;"
            " put its axes back, or start a new sweep"
        )
    execution.check()
    return _complete(RunFolder(path), config, runs, execution, terminal)


def sweep_name(config: Config) -> str:
    """`2026-11-22_143005_default_sweep_latent_layer_neurons_seed`: when, what, over which keys."""
    return dated(f"{config.mode.lower()}_sweep_{'_'.join(sweep_keys(config))}")[:100]


def _complete(
    folder: RunFolder, config: Config, runs: list[PlannedRun], execution: Execution, terminal: Terminal
) -> int:
    """Run what is not settled yet; the table grows as runs end, the pictures come last."""
    tasks = [Task(folder.path.resolve() / run.name, run) for run in runs]
    ledger = _Ledger(folder, sweep_keys(config), tasks)
    missing = [task for task in execution.part_of(tasks) if task.path not in ledger.records]
    terminal.say(f"{len(runs)} runs, {len(ledger.records)} done before; folder {folder.path}")
    with status(folder) as facts, naming_the_way_back(folder.path, terminal.say):
        progress = _Progress(len(missing), terminal)
        try:
            for record in _executed(missing, execution):
                ledger.add(record)
                progress.tell(record)
            ledger.add_what_others_ended()
        finally:
            ledger.save()
        done, failed = ledger.count("done"), ledger.count("failed")
        if done + failed == len(runs):
            save_comparison(folder, ledger.comparison, terminal)
            folder.remove_leftovers()  # nobody writes there any more
        else:
            facts["status"] = "interrupted"
            terminal.say(f"to run the rest: python main.py --resume {folder.path}")
        terminal.say(f"{done} of {len(runs)} runs are done, {failed} failed")
        terminal.say(f"look into {folder.path}")
        folder.write("log.txt", terminal.log)
    return EXIT_FAILED if failed else 0


class _Ledger:
    """The runs of a sweep that have ended, and the table of them on disk."""

    def __init__(self, folder: RunFolder, keys: list[str], tasks: list[Task]):
        """Begin with what earlier calls finished."""
        self.records = _settled(tasks)
        self._folder, self._keys, self._tasks = folder, keys, tasks
        self._save_due = monotonic() + SECONDS_BETWEEN_TABLES

    @property
    def comparison(self) -> Comparison:
        """The runs in the order of the sweep."""
        ended = [self.records[task.path] for task in self._tasks if task.path in self.records]
        return Comparison(self._keys, ended)

    def add(self, record: RunRecord) -> None:
        """Add a run that ended; the table follows as often as is good for the disk."""
        self.records[record.path] = record
        if monotonic() > self._save_due:
            self.save()
            self._save_due = monotonic() + SECONDS_BETWEEN_TABLES

    def add_what_others_ended(self) -> None:
        """Add the runs that other shards settled meanwhile."""
        self.records = {**_settled(self._tasks), **self.records}

    def count(self, status: str) -> int:
        """How many ended in that way."""
        return sum(record.status == status for record in self.records.values())

    def save(self) -> None:
        """Write the table."""
        save_table(self._folder, self.comparison)


def _settled(tasks: list[Task]) -> dict[Path, RunRecord]:
    """What earlier calls finished. Raises UserError for a run with another config than is planned."""
    records = {}
    for task in tasks:
        if task.run.config is None or not (task.path / "run.json").exists():
            continue
        record, planned = RunRecord.read(task.path), task.run.config.model_dump()
        changed = [key for key, value in planned.items() if record.config.get(key) != value]
        if record.is_settled and changed:
            raise UserError(
                f"{task.path}: was run with another {', '.join(changed)} than the sweep's config.json"
                " has now; put that back, or start a new sweep"
            )
        if record.is_settled:
            records[task.path] = record
    return records


def _executed(tasks: list[Task], execution: Execution) -> Iterator[RunRecord]:
    """Every task's record, as they end.

    Those that were running when a worker died are tried again at the end, each alone, so that none
    is blamed for another: one whose worker dies again is given up.
    """
    missing = {task.path: task for task in tasks}
    suspects = []
    while missing:
        before = {path: _stamp(path) for path in missing}
        try:
            for record in answers(run_task, list(missing.values()), execution):
                del missing[record.path]
                yield record
        except WorkerDied:
            begun = [path for path in missing if _stamp(path) != before[path]]
            if not begun:
                raise
            suspects += [missing.pop(path) for path in begun]
    for task in suspects:
        try:
            yield from answers(run_task, [task], execution)
        except WorkerDied:
            yield _failed(task, "its process died twice; is the memory enough?")


def _stamp(path: Path) -> int:
    """Changes when a file of a run is written, the first time when its folder is made."""
    return path.stat().st_mtime_ns if path.exists() else 0


def run_task(task: Task) -> RunRecord:
    """Run a task in a worker. Never raises: what goes wrong is its record."""
    terminal = Terminal(quiet=True)
    try:
        config = task.run.config
        if config is None:
            return _failed(task, task.run.problem)
        if (task.path / "run.json").exists() and (record := RunRecord.read(task.path)).is_settled:
            return record  # its worker died before it could say so
        train_into(RunFolder.inside(task.path), config, prepare(config), terminal)
        return RunRecord.read(task.path)
    except UserError as error:
        return _failed(task, str(error), terminal.log)
    except Exception as error:
        return _failed(task, f"{type(error).__name__}: {error}", terminal.log + traceback.format_exc())


def _failed(task: Task, reason: str | None, log: str = "") -> RunRecord:
    """The record of a run that could not be finished, written to its folder where that is possible."""
    record = RunRecord(task.path, task.run.given, "failed", reason, {})
    try:
        folder = RunFolder.inside(task.path)
        folder.write("config.json", json_text(record.config))
        folder.write("log.txt", log)
        folder.write("run.json", json_text({"status": "failed", "reason": reason}))
    except UserError as error:
        return RunRecord(task.path, task.run.given, "failed", f"{reason}; {error}", {})
    return record


class _Progress:
    """Says which runs ended: failures at once, others as long as one can still read it."""

    def __init__(self, runs: int, terminal: Terminal):
        self._runs, self._terminal = runs, terminal
        self._ended = 0
        self._start = monotonic()
        self._line_due = self._start

    def tell(self, record: RunRecord) -> None:
        """A line for one run that ended."""
        self._ended += 1
        now = monotonic()
        count = f"{self._ended:{len(str(self._runs))}} of {self._runs}  {record.name}"
        if record.status != "done":
            self._terminal.say(f"{count}  {record.status}: {record.reason}")
        elif now >= self._line_due or self._ended == self._runs:
            self._line_due = now + SECONDS_BETWEEN_LINES
            left = (now - self._start) / self._ended * (self._runs - self._ended)
            alone = Comparison([], [record])
            self._terminal.say(
                f"{count}  {alone.measure} {alone.error_of(record):.4g}  ({left:.0f} s left)"
            )
