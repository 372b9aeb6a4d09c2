"""What networks were on their way: their weights at some epochs, closer together at the beginning.

They are kept in half precision, which is enough to see a network by, and a quarter of the room; where a
weight is so large that its rounding might be seen, in single precision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from training.watch import State

# So many, as long as all of them take no more than so many bytes in halves; of large networks fewer.
MOST_MOMENTS = 50
MOST_BYTES = 16 * 2**20
HALF, SINGLE = np.dtype(np.float16), np.dtype(np.float32)
LARGEST_IN_HALVES = 256.0
LARGEST = float(np.finfo(SINGLE).max)


@dataclass(frozen=True)
class Moments:
    """A network before it was what it became, after some `epochs`.

    `kept` is the epoch of the network that was kept, which comes after all of them.
    """

    epochs: np.ndarray  # (moments,), whole numbers that grow
    passed: Sequence[np.ndarray] | np.ndarray  # the weights (weights,) of each, before they are rounded
    kept: int

    @cached_property
    def weights(self) -> np.ndarray:
        """The weights `(moments, weights)` in halves, or if need be in singles.

        They are rounded when somebody asks, because of many networks only those of one are asked for.
        """
        return _rounded(self.passed)

    def arrays(self) -> State:
        """All of it, by name."""
        return {"epochs": self.epochs, "weights": self.weights, "kept": np.array(self.kept)}

    @classmethod
    def from_arrays(cls, arrays: State) -> "Moments":
        """Those of `arrays()`. Raises KeyError or ValueError if they are none."""
        return cls(arrays["epochs"], arrays["weights"], arrays["kept"].item())

    def __len__(self) -> int:
        """How many there are, without the network that was kept."""
        return len(self.epochs)

    @classmethod
    def none(cls, kept: int = 0) -> "Moments":
        """Where nothing is known but the network that was kept."""
        return cls(np.empty(0, int), [], kept)


def moments_within(epochs: int, weights: int) -> list[int]:
    """The epochs at which to keep so many `weights`, that of all networks together, from 0 on.

    Each is farther from 0 by the same factor than the one before, as nearly as whole numbers allow.
    """
    most = min(MOST_MOMENTS, MOST_BYTES // (weights * HALF.itemsize))
    found = [0][:most]
    for left in range(most - 1, 0, -1):
        before = found[-1]
        if before == epochs:
            break
        start = max(before, 1)  # 0 has no factor
        found.append(max(before + 1, round(start * (epochs / start) ** (1 / left))))
    return found


class MomentsOnTheWay:
    """Keeps what networks are at some epochs, while they are trained together."""

    def __init__(self, epochs: Sequence[int], untrained: np.ndarray):
        """`epochs` grow; `untrained` are the weights `(networks, weights)` of epoch 0."""
        self._wanted = frozenset(epochs)
        self._epochs: list[int] = []
        # Singles, (networks, weights) each: to round them further would be felt in a short epoch.
        self._weights: list[np.ndarray] = []
        self.pass_by(0, untrained)

    def pass_by(self, epoch: int, weights: np.ndarray) -> None:
        """Keep the `weights` `(networks, weights)` of this epoch if they are wanted, and not kept yet."""
        if epoch in self._wanted and epoch not in self._epochs:
            self._epochs.append(epoch)
            self._weights.append(np.clip(weights, -LARGEST, LARGEST).astype(SINGLE))

    def of(self, index: int, kept: int) -> Moments:
        """Those of one network, of which that of the epoch `kept` was kept."""
        epochs = [epoch for epoch in self._epochs if epoch < kept]
        passed = [each[index] for each in self._weights[: len(epochs)]]
        return Moments(np.array(epochs, int), passed, kept)

    def state(self) -> State:
        """All of it."""
        return {"epochs": np.array(self._epochs, int), "weights": _rounded(self._weights)}

    def restore(self, state: State) -> None:
        """Go on from a `state()`; one that an earlier version saved has nothing of it."""
        if state:
            self._epochs, self._weights = state["epochs"].tolist(), list(state["weights"])


def _rounded(moments: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
    """Weights as one array, of halves where these are good enough for all of each moment."""
    halves = [each.astype(HALF) if np.abs(each).max() <= LARGEST_IN_HALVES else each for each in moments]
    return np.array(halves) if halves else np.empty((0, 0), HALF)
