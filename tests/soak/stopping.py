"""A run that is stopped at a random moment, once or twice, and then resumed until its end."""

import json
import random
import signal
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from .folders import broken, differences
from .modes import MODES, prepare
from .processes import Ended, Running, run, words_of

NAME = ["--name", "run"]
PLACE = Path("results") / "run"
RESUME = ["--resume", str(PLACE)]


@dataclass(frozen=True)
class Reference:
    """A mode's uninterrupted run, and how long it takes from its first file to its end."""

    mode: str
    path: Path
    seconds: float

    @property
    def words(self) -> list[str]:
        return [*words_of(MODES[self.mode]), *NAME]


def reference(workspace: Path, mode: str) -> Reference:
    folder = prepare(workspace / mode / "reference", mode)
    running = Running([*words_of(MODES[mode]), *NAME], folder)
    running.wait_for((folder / PLACE / "config.json").exists)
    begun = monotonic()
    ended = running.wait()
    if ended.code != 0:
        raise RuntimeError(f"{mode}: {ended.complained}")
    return Reference(mode, folder / PLACE, monotonic() - begun)


@dataclass(frozen=True)
class Trial:
    """Where a run is stopped by which signals, one for each start; `interval` None is the real one."""

    reference: Reference
    signals: list[int]
    seed: int
    interval: float | None = 0.02
    from_start: bool = False  # whether the first signal may also come while the imports go on

    @property
    def folder(self) -> Path:
        return self.reference.path.parents[2] / f"trial_{self.seed}"


@dataclass
class Outcome:
    """What came of a trial: the signals that met a living process, and what was wrong afterwards."""

    mode: str
    stops: list[Ended] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    untidy: list[str] = field(default_factory=list)  # what else was wrong with how it ended


def stopped_and_resumed(trial: Trial) -> Outcome:
    """Stop a run as the trial says, resume it to its end, and look at what is there each time."""
    outcome, chance = Outcome(trial.reference.mode), random.Random(trial.seed)
    folder = prepare(trial.folder, outcome.mode)
    words = trial.reference.words
    for number in trial.signals:
        running = Running(words, folder, trial.interval)
        if trial.from_start:
            running.wait_for(running.hears_signals)
        elif words != RESUME:
            running.wait_for((folder / PLACE / "config.json").exists)
        moment = monotonic() + chance.uniform(0, trial.reference.seconds + trial.from_start)
        if not running.wait_for(lambda moment=moment: monotonic() >= moment):
            outcome.untidy += running.wait().failures(0)
            break
        _note(outcome, folder, running.stop(number), number)
        if not (folder / PLACE / "config.json").exists():
            return outcome  # Nothing had begun.
        words = RESUME
    outcome.untidy += run(RESUME, folder, trial.interval).failures(0)
    outcome.broken += broken(folder / "results")
    outcome.unequal = [
        f"{outcome.mode}, {trial.folder.name}: {line}"
        for line in differences(trial.reference.path, folder / PLACE)
    ]
    return outcome


def _note(outcome: Outcome, folder: Path, ended: Ended, number: int) -> None:
    """What a stopped process left behind."""
    outcome.stops.append(ended)
    outcome.broken += broken(folder / "results")
    if number == signal.SIGKILL:
        return
    record = folder / PLACE / "run.json"
    status = json.loads(record.read_text())["status"] if record.exists() else None
    if status == "done":  # The signal came at the very end, when all was written.
        return
    complaints = ended.failures(128 + number)
    if status not in (None, "interrupted"):
        complaints.append(f"status {status}")
    if status and "go on with: python main.py --resume" not in ended.said:
        complaints.append("the way back is not named")
    outcome.untidy += [f"{outcome.mode}, {folder.name}: {line}" for line in complaints]
