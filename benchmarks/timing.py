"""Timing that can be trusted: the sides take turns, medians count, and all must do the same work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], list[float]]


@dataclass(frozen=True)
class Run:
    """How long a piece of work took, and the numbers that it ended with."""

    seconds: float
    numbers: list[float]


@dataclass(frozen=True)
class Timing:
    """All runs of one side."""

    runs: list[Run]

    @property
    def seconds(self) -> float:
        """The median."""
        return median(run.seconds for run in self.runs)

    @property
    def numbers(self) -> list[float]:
        """What the first run ended with."""
        return self.runs[0].numbers


class Mismatch(ValueError):
    """Two sides did not do the same work."""


def timed(work: Work, clock: Callable[[], float] = perf_counter) -> Run:
    """Do the work once."""
    start = clock()
    numbers = work()
    return Run(clock() - start, numbers)


def alternate(sides: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, Timing]:
    """Let every side run once a round, in turns from first to last and from last to first.

    Whatever slows the machine down for a while then falls on all of them alike.
    """
    runs: dict[str, list[Run]] = {name: [] for name in sides}
    for number in range(rounds):
        for name in list(sides)[:: -1 if number % 2 else 1]:
            runs[name].append(sides[name]())
    return {name: Timing(of_side) for name, of_side in runs.items()}


def check_same(timings: Mapping[str, Timing], tolerance: float) -> None:
    """Raise Mismatch if a side's numbers differ from the first side's by more than a share `tolerance`.

    A side without numbers (a limit, which learns nothing) is passed over.
    """
    first, expected = next((name, timing.numbers) for name, timing in timings.items() if timing.numbers)
    for name, timing in timings.items():
        if not timing.numbers:
            continue
        pairs = list(zip(timing.numbers, expected, strict=True))
        if not all(abs(a - b) <= tolerance * abs(b) for a, b in pairs):
            worst = max(pairs, key=lambda pair: abs(pair[0] - pair[1]))
            raise Mismatch(f"{name} ended with {worst[0]:.6g}, {first} with {worst[1]:.6g}")
