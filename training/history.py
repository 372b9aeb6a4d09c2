"""What was measured in each epoch of a training."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class History:
    """Columns `(epochs,)` by name, in the order in which tables show them.

    `first_epoch` is the epoch of the first row: 0 where that is the untrained network, 1 where a row is
    what was met on the way through an epoch.
    """

    first_epoch: int
    columns: dict[str, np.ndarray]

    def __len__(self) -> int:
        """The number of rows."""
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> np.ndarray:
        """A column by name; KeyError if there is none."""
        return self.columns[name]

    @property
    def epochs(self) -> np.ndarray:
        """The epoch of each row, `(epochs,)`."""
        return np.arange(self.first_epoch, self.first_epoch + len(self))
