"""What a kill costs, and what the checkpoints cost: with the interval that users have."""

import random
import signal
import tempfile
from io import BytesIO
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep, time

import numpy as np

from runner.storage.checkpoints import SECONDS_BETWEEN_SAVES

from .finding import Finding
from .modes import FONT, endless, prepare
from .processes import Running, in_process, side_by_side, words_of
from .stopping import NAME, PLACE

PROMISE = "little is lost, little is paid"
MOST_LOST, MOST_PAID = 10.0, 0.02
TURNS, LONG_TRAINING = 5, 30.0
TRAININGS = {"adam": 4000, "powell": 1}  # epochs


def lost(workspace: Path, kills: dict[str, int], longest: float, seed: int = 0) -> Finding:
    """Kill endless trainings at random moments of up to `longest` seconds; how old is their state?"""
    chance = random.Random(seed)
    cases = [
        (workspace / f"{mode}_{index}", mode, chance.uniform(0.5, longest))
        for mode, count in kills.items()
        for index in range(count)
    ]
    seconds = side_by_side(lambda case: _lost(*case), cases)
    figure = f"{median(seconds):.1f} s (at most {max(seconds):.1f} s) to be computed again"
    failures = [
        f"{case[1]}, killed after {case[2]:.1f} s: {s:.1f} s lost"
        for case, s in zip(cases, seconds, strict=True)
        if s > MOST_LOST
    ]
    done = f"{len(cases)} SIGKILLs of {len(kills)} modes, 0.5 to {longest:g} s after the start"
    return Finding(f"{PROMISE}: lost", done, figure, f"≤ {MOST_LOST:g} s", failures)


def _lost(folder: Path, mode: str, after: float) -> float:
    prepare(folder, mode)
    running = Running([*words_of(endless(mode) | {"plots": False}), *NAME], folder)
    record = folder / PLACE / "run.json"
    running.wait_for(record.exists)
    begun = record.stat().st_mtime
    sleep(after)
    killed = time()
    running.stop(signal.SIGKILL)
    return killed - begun - max(map(_seconds_in, (folder / PLACE / "checkpoint").glob("state_*")))


def _seconds_in(state: Path) -> float:
    """How long had been trained when a state was saved."""
    with np.load(BytesIO(state.read_bytes().partition(b"\n")[2]), allow_pickle=False) as arrays:
        return float(arrays["seconds"])


def paid(rounds: int) -> Finding:
    """What the checks before every step cost, and what the saves cost, as shares of a training.

    The checks: the same trainings with and without them in turns of fresh processes, because each has its
    own luck with addresses and caches. The saves: the time in them in one training of several intervals.
    """
    found = {minimizer: _shares(minimizer, rounds) for minimizer in TRAININGS}
    return Finding(
        f"{PROMISE}: paid",
        f"{rounds} processes with and {rounds} without the checks, each the best of {TURNS} trainings,"
        f" and the saves of {LONG_TRAINING:g} s; {' and '.join(found)}",
        " and ".join(f"{checks:+.1%} checks, {saves:.2%} saves" for checks, saves in found.values()),
        f"≤ {MOST_PAID:.0%}",
        [f"{name} pays {sum(shares):.2%}" for name, shares in found.items() if sum(shares) > MOST_PAID],
    )


def _shares(minimizer: str, rounds: int) -> tuple[float, float]:
    """What the checks add to the time of a training, and the share of the saves in a long one."""
    epochs, seconds = TRAININGS[minimizer], ([], [])
    for index in range(rounds):
        for watched in (index % 2, 1 - index % 2):
            interval = np.inf if watched else None
            seconds[watched].append(in_process(_best_of_turns, minimizer, epochs, interval))
    plain, checked = map(median, seconds)
    many_epochs = round(epochs * LONG_TRAINING / plain)
    took, in_saves = in_process(_trained, minimizer, many_epochs, SECONDS_BETWEEN_SAVES)
    return checked / plain - 1, in_saves / took


def _best_of_turns(minimizer: str, epochs: int, interval: float | None) -> float:
    """The seconds of the fastest of several trainings."""
    return min(_trained(minimizer, epochs, interval)[0] for _ in range(TURNS))


def _trained(minimizer: str, epochs: int, interval: float | None) -> tuple[float, float]:
    """The seconds of a training and of the saves in it; `interval` None is one without checkpoints."""
    from runner.config.file import load_config
    from runner.experiment import prepare as prepared
    from runner.storage import checkpoints
    from training.watch import Watch

    experiment = prepared(load_config(None, {**FONT, "minimizer": minimizer, "epochs": epochs}))
    if interval is None:
        start = perf_counter()
        experiment.run(Watch())
        return perf_counter() - start, 0.0
    checkpoints.SECONDS_BETWEEN_SAVES = interval
    with tempfile.TemporaryDirectory() as folder:
        measured = _measured_checkpoints(Path(folder))
        start = perf_counter()
        experiment.run(Watch(checkpoints=measured))
        return perf_counter() - start, measured.seconds_in_saves


def _measured_checkpoints(folder: Path):
    """The checkpoints of a run, which also measure their saves."""
    from runner.storage.checkpoints import CheckpointStore, TimedCheckpoints

    class MeasuredCheckpoints(TimedCheckpoints):
        seconds_in_saves = 0.0

        def save(self, state):
            start = monotonic()
            super().save(state)
            self.seconds_in_saves += monotonic() - start

    return MeasuredCheckpoints(CheckpointStore(folder, {}), print)
