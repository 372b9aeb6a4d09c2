"""The map of a film: where codes are on it, and pictures or dots at them."""

from dataclasses import dataclass

import numpy as np

from runner.figures.film.ink import FAINT, paste

# It has room for the places of all moments, unless that made it so many times larger than the last one's.
LARGEST_GROWTH = 1.6
MARGIN = 0.07


@dataclass(frozen=True)
class Stage:
    """A square of so many pixels for places between `low` and `high` `(2,)`."""

    low: np.ndarray
    high: np.ndarray
    side: int

    @classmethod
    def of(cls, places: list[np.ndarray], side: int) -> "Stage":
        """With room for the places `(pictures, 2)` of all moments, the last of which counts most."""
        low, high = places[-1].min(axis=0), places[-1].max(axis=0)
        middle, half = (low + high) / 2, (high - low) / 2
        reach = np.max([np.abs(each - middle).max(axis=0) for each in places], axis=0)
        half = np.minimum(reach, LARGEST_GROWTH * half) * (1 + MARGIN)
        half[half == 0] = 1.0
        return cls(middle - half, middle + half, side)

    def spots(self, places: np.ndarray) -> np.ndarray:
        """Columns and rows of pixels `(n, 2)`, some of which may be outside."""
        shares = (places - self.low) / (self.high - self.low)
        shares[:, 1] = 1 - shares[:, 1]
        # Far outside is outside, however far.
        return np.clip(shares * self.side, -self.side, 2 * self.side).round().astype(int)

    def empty(self) -> np.ndarray:
        """Its frame, and lines in the middle."""
        panel = np.zeros((self.side, self.side), np.uint8)
        panel[:: self.side // 8] = panel[:, :: self.side // 8] = FAINT
        panel[[0, -1]] = panel[:, [0, -1]] = FAINT
        return panel

    def put_tiles(self, panel: np.ndarray, places: np.ndarray, tiles: np.ndarray) -> None:
        """Paint tiles `(n, rows, columns)` around their places."""
        rows, columns = tiles.shape[1:]
        for (column, row), tile in zip(self.spots(places).tolist(), tiles, strict=True):
            paste(panel, tile, column - columns // 2, row - rows // 2)

    def put_dots(self, panel: np.ndarray, places: np.ndarray, colors: np.ndarray, size: int) -> None:
        """Paint squares of some colours around the places that are inside."""
        spots = self.spots(places) - size // 2
        is_inside = ((spots >= 0) & (spots <= self.side - size)).all(axis=1)
        columns, rows = spots[is_inside].T
        for down in range(size):
            for across in range(size):
                panel[rows + down, columns + across] = colors[is_inside]
