"""What a training and whoever watches it say to each other: how far it is, what to keep, when to end."""

from collections.abc import Callable

import numpy as np

Report = Callable[[int, float], None]
State = dict[str, np.ndarray]


class ResumeError(Exception):
    """A saved state that does not lead to where it was saved."""


class Watch:
    """Hears of every epoch of a training, may keep its state and end it. This one passes on the reports."""

    def __init__(self, report: Report = lambda epoch, error: None):
        """`report(epoch, error)` is called after every epoch."""
        self.report = report
        self.earlier_seconds = 0.0  # what was spent on the way to the state to go on from
        self.was_stopped = False  # whether the training ended because it should stop

    def is_due(self) -> bool:
        """Whether to save a state now: from time to time, and before a training is ended.

        It is asked before every step.
        """
        return False

    def save(self, state: State) -> None:
        """Keep all that is needed to go on from here. The arrays go on changing: write or copy them."""

    def should_stop(self) -> bool:
        """Whether the training ends at once and returns what it has reached."""
        return False

    def log(self, values: list[float]) -> None:
        """Keep values of the journal, which only grows; they belong to all states that are saved later."""

    def saved(self) -> State:
        """The state to go on from; empty at the start."""
        return {}

    def logged(self) -> np.ndarray:
        """The values `(n,)` that were logged until that state was saved."""
        return np.empty(0)

    def interrupts(self, state: Callable[[], State]) -> bool:
        """Save `state()` if that is due; whether the training then ends."""
        if not self.is_due():
            return False
        self.save(state())
        return self.should_stop()


def joined(**parts: State) -> State:
    """One state of several: `first` of the part `rule` is called `rule.first`."""
    return {f"{name}.{key}": values for name, part in parts.items() for key, values in part.items()}


def part_of(state: State, name: str) -> State:
    """The part that `joined` called `name`; empty if there is none."""
    prefix = f"{name}."
    return {key.removeprefix(prefix): values for key, values in state.items() if key.startswith(prefix)}
