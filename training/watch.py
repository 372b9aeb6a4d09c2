"""What a training and whoever watches it say to each other: how far it is, what to keep, when to end."""

from collections.abc import Callable, Sequence

import numpy as np

Report = Callable[[int, float], None]
State = dict[str, np.ndarray]


class ResumeError(Exception):
    """A saved state that does not lead to where it was saved."""


class Stop:
    """A wish that a training ends at its next step; a signal handler may utter it."""

    def __init__(self):
        self.is_requested = False

    def request(self) -> None:
        """From now on the training should end."""
        self.is_requested = True


class Checkpoints:
    """Where states of a training are kept. These keep nothing, and have nothing to go on from."""

    earlier_seconds = 0.0  # what was spent on the way to the state to go on from

    def are_due(self) -> bool:
        """Whether it is time to save a state. It is asked before every step and should be quick."""
        return False

    def save(self, state: State) -> None:
        """Keep all that is needed to go on from here. The arrays go on changing: write or copy them."""

    def log(self, values: Sequence[float]) -> None:
        """Keep values of the journal, which only grows; they belong to all states that are saved later."""

    def saved(self) -> State:
        """The state to go on from; empty at the start."""
        return {}

    def logged(self) -> np.ndarray:
        """The values `(n,)` that were logged until that state was saved."""
        return np.empty(0)


class Watch:
    """Three things that a training deals with: who hears of its progress, its checkpoints, and a stop.

    `report(epoch, error)` is called after every epoch.
    """

    def __init__(
        self,
        report: Report = lambda epoch, error: None,
        checkpoints: Checkpoints | None = None,
        stop: Stop | None = None,
    ):
        """By default nobody hears, nothing is kept, and nobody stops it."""
        self.report = report
        self.checkpoints = checkpoints or Checkpoints()
        self.stop = stop or Stop()
        self.has_begun = False  # whether the training came to its first step

    def interrupts(self, state: Callable[[], State]) -> bool:
        """Save `state()` if that is due or the training is to stop; whether it is to stop.

        Trainings ask before every step, and end at once and return what they have reached if so.
        """
        self.has_begun = True
        is_stopping = self.stop.is_requested  # read once: a signal may come between the next two lines
        if self.checkpoints.are_due() or is_stopping:
            self.checkpoints.save(state())
        return is_stopping


def joined(**parts: State) -> State:
    """One state of several: `first` of the part `rule` is called `rule.first`."""
    return {f"{name}.{key}": values for name, part in parts.items() for key, values in part.items()}


def part_of(state: State, name: str) -> State:
    """The part that `joined` called `name`; empty if there is none."""
    prefix = f"{name}."
    return {key.removeprefix(prefix): values for key, values in state.items() if key.startswith(prefix)}


def parts_of(state: State) -> dict[str, State]:
    """All parts that `joined` made one of, by their names."""
    parts: dict[str, State] = {}
    for name, values in state.items():
        part, _, key = name.partition(".")
        parts.setdefault(part, {})[key] = values
    return parts
