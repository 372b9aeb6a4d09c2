"""What a benchmark finds: the timings of sides that did the same work, and the aims they are held to."""

from dataclasses import dataclass, field

from benchmarks.timing import Timing


@dataclass(frozen=True)
class Comparison:
    """One piece of work by several sides; the first is the one that the others are held against.

    `per_second` turns seconds into the `unit` (a million over the steps of a run: microseconds a step).
    `at_least` says how many times as long as the first side another one should take, `at_most` how many
    units a side may take.
    """

    row: str
    title: str
    timings: dict[str, Timing]
    unit: str = "s"
    per_second: float = 1.0
    at_least: dict[str, float] = field(default_factory=dict)
    at_most: dict[str, float] = field(default_factory=dict)
    compares: bool = True  # False: the sides are parts of something, and their ratios say nothing

    def value(self, side: str) -> float:
        """The median in the unit."""
        return self.timings[side].seconds * self.per_second

    def ratio(self, side: str) -> float:
        """The median, in those of the first side."""
        return self.timings[side].seconds / next(iter(self.timings.values())).seconds

    def aim(self, side: str) -> str:
        """The aim and whether it holds, or nothing."""
        if side in self.at_least:
            wanted, holds = f"≥ {self.at_least[side]:.3g} ×", self.ratio(side) >= self.at_least[side]
        elif side in self.at_most:
            wanted, holds = (
                f"≤ {self.at_most[side]:.3g} {self.unit}",
                self.value(side) <= self.at_most[side],
            )
        else:
            return ""
        return f"{wanted} {'holds' if holds else 'missed'}"

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Side, time, ratio and aim as text, a row a side."""
        return [
            (
                side,
                f"{self.value(side):,.3g} {self.unit}",
                f"{self.ratio(side):.2f}" if self.compares else "",
                self.aim(side),
            )
            for side in self.timings
        ]
