"""SIGINT and SIGTERM: while it trains, at random moments, twice in a row, and to a sweep."""

import json
import os
import signal
from itertools import product
from pathlib import Path
from statistics import median
from time import sleep

from .finding import Finding, at_most
from .folders import broken, differences
from .modes import MODES, endless, prepare
from .processes import Ended, Running, run, side_by_side, words_of
from .stopping import NAME, PLACE, Trial, reference, stopped_and_resumed

PROMISE = "SIGINT, SIGTERM"
BOTH = (signal.SIGINT, signal.SIGTERM)
SECONDS = 2.0
SWEEP = {**MODES["adam"], "plots": False, "sweep": [{"seed": [0, 1, 2, 3]}, {"beta": [1, 2]}]}


def while_it_trains(workspace: Path, modes: list[str], numbers=BOTH) -> Finding:
    """One signal in the middle of an endless training of each mode; all files must be there then."""
    cases = [(workspace / f"{mode}_{number}", mode, number) for mode, number in product(modes, numbers)]
    found = [_stopped_while_it_trains(*case) for case in cases]
    seconds = [ended.seconds for ended, _ in found]
    failures = [line for _, wrong in found for line in wrong]
    slow = [f"{case[1]}: {s:.1f} s" for case, s in zip(cases, seconds, strict=True) if s > SECONDS]
    return Finding(
        f"{PROMISE} while it trains",
        f"{len(cases)} signals in {len(modes)} modes: exit code, status, tables, model, pictures, way back",
        f"{median(seconds):.1f} s (at most {max(seconds):.1f} s) to the end, {len(failures)} wrong",
        f"≤ {SECONDS:g} s, 0 wrong",
        failures + [f"slower than {SECONDS:g} s: {line}" for line in slow],
    )


def _stopped_while_it_trains(folder: Path, mode: str, number: int) -> tuple[Ended, list[str]]:
    prepare(folder, mode)
    running = Running([*words_of(endless(mode) | {"plots": True}), *NAME], folder, 0.2)
    # The second save has been made: it has begun to train.
    running.wait_for((folder / PLACE / "checkpoint" / "state_0.bin").exists)
    sleep(0.5)
    ended = running.stop(number)
    place = folder / PLACE
    wrong = ended.failures(128 + number) + broken(folder)
    wrong += [] if ended.complained == "\ninterrupted\n" else [f"said {ended.complained[-300:]!r}"]
    wrong += ["the way back is not named"] * (f"python main.py --resume {PLACE}" not in ended.said)
    names = ["metrics.csv", "latent.csv", "model.npz", "log.txt", "plots/latent_map.png"]
    wrong += [f"no {name}" for name in names if not (place / name).exists()]
    record = json.loads((place / "run.json").read_text())
    wrong += [] if record["status"] == "interrupted" else [f"status {record['status']}"]
    return ended, [f"{mode}, {signal.Signals(number).name}: {line}" for line in wrong]


def random_moments(workspace: Path, signals: dict[str, int], seed: int = 1000) -> Finding:
    """So many signals at random moments of each mode, imports and writing included; then resumed."""
    trials = []
    for mode, count in signals.items():
        known = reference(workspace, mode)
        trials += [Trial(known, [BOTH[i % 2]], seed + i, from_start=True) for i in range(count)]
    outcomes = side_by_side(stopped_and_resumed, trials)
    stops = [ended for outcome in outcomes for ended in outcome.stops]
    wrong = [line for one in outcomes for line in one.untidy + one.broken + one.unequal]
    tracebacks = sum("Traceback" in ended.complained for ended in stops)
    return Finding(
        f"{PROMISE} at random moments",
        f"{len(stops)} signals in {len(signals)} modes, imports and writing included; resumed",
        f"{tracebacks} tracebacks, {len(wrong)} wrong or unequal",
        "0",
        wrong,
    )


def twice_in_a_row(workspace: Path, pauses: list[float]) -> Finding:
    """A second signal while the first one is being followed; the state that was saved stays."""
    failures = []
    for index, pause in enumerate(pauses):
        folder = prepare(workspace / f"pause_{index}", "adam")
        running = Running([*words_of(endless("adam")), *NAME], folder, 0.2)
        running.wait_for((folder / PLACE / "checkpoint" / "state_0.bin").exists)
        os.killpg(running.process.pid, signal.SIGINT)
        sleep(pause)
        ended = running.stop(signal.SIGTERM)
        wrong = broken(folder) + ["a traceback"] * ("Traceback" in ended.complained)
        wrong += [] if ended.code in (130, 143) else [f"exit code {ended.code}"]
        wrong += ["no state"] * (not (folder / PLACE / "checkpoint").exists())
        failures += [f"second signal after {pause} s: {line}" for line in wrong]
    done = f"{len(pauses)} pairs of signals, {min(pauses)} to {max(pauses)} s apart"
    return Finding(f"{PROMISE}, twice in a row", done, f"{len(failures)} wrong", "0", failures)


def a_sweep(workspace: Path, jobs: int = 2) -> Finding:
    """Both signals to a sweep; resumed, all its runs equal those of one that was left alone."""
    words = [*words_of(SWEEP), *NAME, "--jobs", str(jobs)]
    alone = prepare(workspace / "alone", "adam")
    failures = run(words, alone).failures(0)
    seconds = []
    for number in BOTH:
        folder = prepare(workspace / f"signal_{number}", "adam")
        running = Running(words, folder)
        running.wait_for(lambda folder=folder: len(_done(folder / PLACE)) >= 3)
        ended = running.stop(number)
        seconds.append(ended.seconds)
        wrong = ended.failures(128 + number) + broken(folder)
        if len(_done(folder / PLACE)) == 8:
            wrong.append("it was over before the signal came")
        wrong += ["the way back is not named"] * ("--resume" not in ended.said)
        wrong += run(["--resume", str(PLACE), "--jobs", str(jobs)], folder).failures(0)
        wrong += broken(folder)
        wrong += [
            f"{path.name}: {line}"
            for path in _done(alone / PLACE)
            for line in differences(path, folder / PLACE / path.name)
        ]
        failures += [f"sweep, {signal.Signals(number).name}: {line}" for line in wrong]
    slow = at_most(max(seconds), SECONDS, "seconds to the end of a sweep")
    return Finding(
        f"{PROMISE} to a sweep",
        f"2 signals to 8 runs, {jobs} at a time; resumed",
        f"at most {max(seconds):.1f} s, {len(failures)} wrong or unequal",
        f"≤ {SECONDS:g} s, 0",
        failures + slow,
    )


def _done(sweep: Path) -> list[Path]:
    """The runs of a sweep that are done."""
    records = sorted(sweep.glob("*/run.json"))
    return [path.parent for path in records if json.loads(path.read_text())["status"] == "done"]
