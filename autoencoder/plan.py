"""How to train: the settings that every minimizer reads."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """The training keys of the config, with every default filled in.

    `batch_size` None means all examples in one batch; `patience` None means never to stop early.
    """

    minimizer: str
    epochs: int
    initialization: str = "normal"
    learning_rate: float = 0.01
    learning_rate_schedule: str = "constant"
    batch_size: int | None = None
    patience: int | None = None
    restarts: int = 1
    seed: int = 0

    def learning_rate_at(self, epoch: int) -> float:
        """Constant, or falling to zero on half a cosine (Loshchilov & Hutter 2017)."""
        if self.learning_rate_schedule == "constant":
            return self.learning_rate
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * epoch / self.epochs))
