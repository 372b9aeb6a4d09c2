"""What was found out about one promise."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One row of the scoreboard; a promise is kept if there are no failures."""

    promise: str
    done: str  # what was done to find out
    figure: str  # what came out
    target: str
    failures: list[str] = field(default_factory=list)
    skipped: str = ""  # why this machine cannot tell

    @property
    def verdict(self) -> str:
        if self.skipped:
            return f"skipped: {self.skipped}"
        return "met" if not self.failures else "MISSED"


def skipped(promise: str, reason: str) -> Finding:
    return Finding(promise, "", "", "", skipped=reason)


def at_most(figure: float, limit: float, what: str) -> list[str]:
    """No failure if the figure keeps within the limit."""
    return [] if figure <= limit else [f"{what}: {figure:.3g}, more than {limit:g}"]


def lines(failures: Iterable[str], most: int = 10) -> str:
    """The first failures, for the terminal."""
    shown = list(failures)
    more = [f"… and {len(shown) - most} more"] if len(shown) > most else []
    return "\n".join(f"    {line}" for line in [*shown[:most], *more])
