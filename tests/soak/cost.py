"""What a kill costs, and what the checkpoints cost: with the interval that users have."""

import random
import signal
import tempfile
from io import BytesIO
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep, time

import numpy as np

from .finding import Finding
from .modes import FONT, MODES, prepare
from .processes import Running, in_process, side_by_side, words_of
from .stopping import NAME, PLACE

PROMISE = "little is lost, little is paid"
ENDLESS = {"epochs": 10_000_000, "restarts": 1, "plots": False, "patience": None}
MOST_LOST, MOST_PAID = 10.0, 0.02


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
    running = Running([*words_of(MODES[mode] | ENDLESS), *NAME], folder)
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


def paid(pairs: int, seconds: float) -> Finding:
    """The same trainings with and without checkpoints, by turns; and the time inside the saves."""
    ratios, shares = [], []
    cases = ("adam", "powell")
    for found in side_by_side(lambda minimizer: in_process(_pairs, minimizer, pairs, seconds), cases):
        ratios += [watched / plain for plain, watched, _ in found]
        shares += [saving / watched for _, watched, saving in found]
    more = median(ratios) - 1
    share = max(shares)
    slow = [f"{name} {figure:.2%}" for name, figure in (("wall time", more), ("saves", share))]
    too_slow = [figure > MOST_PAID for figure in (more, share)]
    return Finding(
        f"{PROMISE}: paid",
        f"{2 * pairs} pairs of trainings of {seconds:g} s and more, adam and powell",
        f"{more:+.1%} wall time (median), at most {share:.2%} inside saves",
        f"≤ {MOST_PAID:.0%}",
        [line for line, is_slow in zip(slow, too_slow, strict=True) if is_slow],
    )


def _pairs(minimizer: str, pairs: int, seconds: float) -> list[tuple[float, float, float]]:
    """Seconds of each training without and with checkpoints, and those spent in its saves."""
    from autoencoder.watch import Watch

    epochs = 2000 if minimizer == "adam" else 1
    epochs = max(1, round(epochs * seconds / _timed(minimizer, epochs, Watch())))
    found = []
    for index in range(pairs):
        with tempfile.TemporaryDirectory() as folder:
            watch = _saving_watch(Path(folder))
            times = [0.0, 0.0]
            for watched in (index % 2, 1 - index % 2):
                times[watched] = _timed(minimizer, epochs, watch if watched else Watch())
        found.append((*times, watch.seconds_in_saves))
    return found


def _timed(minimizer: str, epochs: int, watch) -> float:
    from runner.config_file import load_config
    from runner.experiment import prepare as prepared

    keys = {"font_subset_size": 8, "neurons_per_layer": [4]} if minimizer == "powell" else {}
    experiment = prepared(load_config(None, {**FONT, **keys, "minimizer": minimizer, "epochs": epochs}))
    start = perf_counter()
    experiment.run(watch)
    return perf_counter() - start


def _saving_watch(folder: Path):
    """The watch of a run, which also measures its saves."""
    from runner.checkpoints import CheckpointingWatch, CheckpointStore

    class MeasuredWatch(CheckpointingWatch):
        seconds_in_saves = 0.0

        def save(self, state):
            start = monotonic()
            super().save(state)
            self.seconds_in_saves += monotonic() - start

    return MeasuredWatch(CheckpointStore(folder, {}), lambda epoch, error: None, print)
