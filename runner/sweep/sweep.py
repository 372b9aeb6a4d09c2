"""A sweep: a folder for each of its runs; a table and pictures of them all.

Runs share nothing but the folder of the sweep, so they may run in processes of this machine, on a
Dask cluster, or in shards that know nothing of each other. What is on disk is the only truth: going
on with a sweep is starting it again, and what is settled there is not run again.
"""

from pathlib import Path
from time import monotonic

from runner.compare.comparison import Comparison
from runner.compare.report import save_comparison
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config
from runner.console.signals import naming_the_way_back
from runner.console.terminal import Terminal
from runner.numbers import number_text
from runner.storage.folder import OutputFolder, dated
from runner.storage.record import RunRecord, json_text, status
from runner.sweep.execution import SweepRun, executed
from runner.sweep.ledger import Ledger
from runner.sweep.plan import PlannedRun, planned_runs, sweep_keys
from runner.sweep.workers import Execution

SECONDS_BETWEEN_LINES = 0.2
EXIT_FAILED = 1


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
        folder = OutputFolder.join(results, name)
    else:
        folder = OutputFolder.make(results, name or sweep_name(config))
    folder.become_latest()
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
    return _complete(OutputFolder(path), config, runs, execution, terminal)


def sweep_name(config: Config) -> str:
    """`2026-11-22_143005_default_sweep_latent_layer_neurons_seed`: when, what, over which keys."""
    return dated(f"{config.mode.lower()}_sweep_{'_'.join(sweep_keys(config))}")[:100]


def _complete(
    folder: OutputFolder,
    config: Config,
    planned: list[PlannedRun],
    execution: Execution,
    terminal: Terminal,
) -> int:
    """Run what is not settled yet; the table grows as runs end, the pictures come last."""
    place = folder.path.resolve()
    runs = [SweepRun(place / run.name, run) for run in planned]
    ledger = Ledger(folder, sweep_keys(config), runs)
    missing = [run for run in execution.part_of(runs) if run.path not in ledger.records]
    terminal.say(f"{len(runs)} runs, {len(ledger.records)} done before; folder {folder.path}")
    with (
        folder.together(),
        status(folder) as facts,
        naming_the_way_back(folder.path, terminal.say),
    ):
        progress = _Progress(len(missing), terminal)
        try:
            for record in executed(missing, execution):
                ledger.add(record)
                progress.tell(record)
            ledger.add_what_others_ended()
        except BaseException:
            ledger.save()
            raise
        done, failed = ledger.count("done"), ledger.count("failed")
        if done + failed == len(runs):
            save_comparison(folder, ledger.comparison, terminal)
            folder.remove_leftovers()  # nobody writes there any more
        else:
            ledger.save()
            facts["status"] = "interrupted"
            terminal.say(f"to run the rest: python main.py --resume {folder.path}")
        terminal.say(f"{done} of {len(runs)} runs are done, {failed} failed")
        terminal.say(f"look into {folder.path}")
        folder.write("log.txt", terminal.log)
    return EXIT_FAILED if failed else 0


class _Progress:
    """Says which runs ended: failures at once, others as long as one can still read it."""

    def __init__(self, runs: int, terminal: Terminal):
        self._runs, self._terminal = runs, terminal
        self._ended = 0
        self._start = monotonic()
        self._line_due = self._start
        self._said: set[str] = set()

    def tell(self, record: RunRecord) -> None:
        """A line for one run that ended, behind those on its data that no run before had to say."""
        self._ended += 1
        for line in record.reading:
            if line not in self._said:
                self._terminal.say(line)
        self._said.update(record.reading)
        now = monotonic()
        count = f"{self._ended:{len(str(self._runs))}} of {self._runs}  {record.name}"
        if record.status != "done":
            self._terminal.say(f"{count}  {record.status}: {record.reason}")
        elif now >= self._line_due or self._ended == self._runs:
            self._line_due = now + SECONDS_BETWEEN_LINES
            left = (now - self._start) / self._ended * (self._runs - self._ended)
            alone = Comparison([], [record])
            self._terminal.say(
                f"{count}  {alone.measure} {number_text(alone.error_of(record))}  ({left:.0f} s left)"
            )
