"""Networks that are minimized each by itself, and are one training to whoever watches.

Its state has a part for each network and says which pieces of the one journal are whose. So networks may
be minimized one after the other or side by side, and go on in either way.
"""

import math
from collections.abc import Sequence

import numpy as np

from autoencoder.plan import Plan
from training.recorder import TrainedNetwork
from training.watch import Report, State, Watch, joined, parts_of

PIECES = "journal_pieces"
PREFIX = "restart_"


class Restarts:
    """What is kept of each network, and what is told of them all."""

    def __init__(self, plan: Plan, watch: Watch):
        """Begin with what `watch` has to go on from."""
        saved = dict(watch.checkpoints.saved())
        self._pieces: list[list[int]] = saved.pop(PIECES, np.empty((0, 2), int)).tolist()
        self._states = {
            int(name.removeprefix(PREFIX)): state
            for name, state in parts_of(saved).items()
            if name.startswith(PREFIX)
        }
        self._journals = _cut(watch.checkpoints.logged(), self._pieces)
        self._watch, self._plan = watch, plan
        self._epochs = [0] * plan.restarts
        self._all_epochs = 0  # their sum
        self._errors: dict[int, float] = {}  # of those under way
        self._smallest_error = math.inf  # of those that ended
        self._networks: dict[int, TrainedNetwork] = {}

    @property
    def networks(self) -> list[TrainedNetwork]:
        """Those that were begun, in their order."""
        return [network for _, network in sorted(self._networks.items())]

    def state_of(self, index: int) -> State:
        """What a network has to go on from; empty if it begins."""
        return self._states.get(index, {})

    def is_finished(self, index: int) -> bool:
        """Whether a network came to its end before a pause."""
        return bool(self.state_of(index).get("is_finished", False))

    def journal_of(self, index: int) -> np.ndarray:
        """What was logged of a network before a pause, `(values,)`."""
        return self._journals.get(index, np.empty(0))

    def log(self, index: int, values: Sequence[float]) -> None:
        """Keep values of a network's journal; they belong to all states that are made later."""
        self._watch.checkpoints.log(values)
        if self._pieces and self._pieces[-1][0] == index:
            self._pieces[-1][1] += len(values)
        else:
            self._pieces.append([index, len(values)])

    def keep(self, index: int, state: State) -> None:
        """Keep what a network has reached."""
        self._states[index] = state

    def state(self) -> State:
        """All that is kept."""
        parts = {f"{PREFIX}{index}": state for index, state in self._states.items()}
        return {PIECES: np.array(self._pieces, int).reshape(-1, 2), **joined(**parts)}

    def alone(self, index: int) -> State:
        """The state of a training of this network alone, whose journal is that of the network."""
        parts = {f"{PREFIX}0": self.state_of(index)}
        return {PIECES: np.array([[0, len(self.journal_of(index))]]), **joined(**parts)}

    def take(self, index: int, state: State, values: Sequence[float]) -> None:
        """Keep the state of a training of this network alone, and what that has logged to get there."""
        self.log(index, values)
        if own := parts_of(state).get(f"{PREFIX}0"):
            self.keep(index, own)

    def report_of(self, index: int) -> Report:
        """Who hears of a network's epochs, and tells of all: their mean epoch and smallest error."""

        def report(epoch: int, error: float) -> None:
            self._errors[index] = error
            smallest = min(self._smallest_error, *self._errors.values())
            self._watch.report(self._mean_epoch(index, epoch), smallest)

        return report

    def end(self, index: int, network: TrainedNetwork) -> None:
        """Take a network that came to its end, or as far as it was let."""
        self._networks[index] = network
        self._mean_epoch(index, self._plan.epochs)
        self._smallest_error = min(self._smallest_error, self._errors.pop(index, math.inf))

    def _mean_epoch(self, index: int, epoch: int) -> int:
        """The mean over all networks, one of which has now reached this one."""
        self._all_epochs += epoch - self._epochs[index]
        self._epochs[index] = epoch
        return self._all_epochs // self._plan.restarts


def _cut(journal: np.ndarray, pieces: list[list[int]]) -> dict[int, np.ndarray]:
    """The journal of each network, from one that they share."""
    cuts = np.cumsum([length for _, length in pieces])
    found: dict[int, list[np.ndarray]] = {}
    for (index, _), values in zip(pieces, np.split(journal, cuts), strict=False):
        found.setdefault(index, []).append(values)
    return {index: np.concatenate(values) for index, values in found.items()}
