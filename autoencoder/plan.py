"""How to train: the settings that every minimizer reads."""

import math
from dataclasses import dataclass

import numpy as np

from autoencoder.network import Network

# With more examples than this, or more units of all layers for all of them (3 GB in double precision), an
# epoch of mini-batches is told by what it met on its way.
MOST_SEEN_WHOLE, MOST_UNITS_SEEN_WHOLE = 10_000, 100_000_000
# Of each layer, made once, or remembered by the tape on its way forward.
ARRAYS_OF_UNITS, ARRAYS_ON_THE_TAPE = 4, 12


@dataclass(frozen=True)
class Plan:
    """How networks are trained, with every default filled in.

    `batch_size` None means all examples in one batch; `patience` None means never to stop early.
    """

    minimizer: str
    epochs: int
    initialization: str = "normal"
    learning_rate: float = 0.01
    learning_rate_schedule: str = "constant"
    epsilon: float = 1e-8
    batch_size: int | None = None
    patience: int | None = None
    restarts: int = 1
    seed: int = 0

    def is_on_the_way(self, network: Network, examples: int) -> bool:
        """Whether so many examples are too many to be looked at as a whole before every epoch."""
        if self.batch_size is None or examples <= self.batch_size:
            return False
        return examples > MOST_SEEN_WHOLE or examples * sum(network.sizes) > MOST_UNITS_SEEN_WHOLE

    def learning_rate_at(self, epoch: int) -> float:
        """Constant, or falling to zero on half a cosine (Loshchilov & Hutter 2017)."""
        if self.learning_rate_schedule == "constant":
            return self.learning_rate
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * epoch / self.epochs))


def memory_needed(network: Network, plan: Plan, examples: int, precision: str = "float64") -> int:
    """The bytes that training takes at once, data and history aside.

    For one network of several take it with `restarts=1`.
    """
    # Parameters, gradient, best, moments and scratch; units, deltas and scratch of every layer.
    arrays = ARRAYS_OF_UNITS if network.has_twins else ARRAYS_ON_THE_TAPE
    held = plan.batch_size if plan.batch_size and plan.is_on_the_way(network, examples) else examples
    one_network = 7 * network.parameter_count + arrays * held * sum(network.sizes)
    return np.dtype(precision).itemsize * one_network * plan.restarts
