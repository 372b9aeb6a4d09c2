"""Where the codes of a network are expected: what a decoder can be asked to draw from end to end.

A variational autoencoder says so itself, by its prior (Kingma & Welling 2014); an autoencoder knows
nothing of it, so that the range of its codes takes the place.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from latent.plane import Plane

SMALLEST_QUANTILE, LARGEST_QUANTILE = 0.05, 0.95


class Region(Protocol):
    """A part of a latent space, seen as a rectangle."""

    @property
    def words(self) -> str:
        """What it is, as the end of a sentence about pictures."""

    @property
    def labels(self) -> tuple[str, str]:
        """The names of the two sides of the rectangle; the second is empty for a line."""

    def grid(self, side: int) -> np.ndarray:
        """Codes `(rows, side, latent)` all over it, the top row first; a line has one row."""

    def coordinates(self, codes: np.ndarray) -> np.ndarray:
        """Where `codes` `(…, latent)` lie along the two sides, `(…, 2)`."""


@dataclass(frozen=True)
class RangeOfCodes:
    """The box around codes in the plane in which they are drawn."""

    plane: Plane
    low: np.ndarray  # (2,)
    high: np.ndarray  # (2,)

    @classmethod
    def of(cls, codes: np.ndarray) -> "RangeOfCodes":
        """The box around `codes` `(examples, latent)`."""
        plane = Plane.of(codes)
        places = plane.project(codes)
        return cls(plane, places.min(axis=0), places.max(axis=0))

    @property
    def words(self) -> str:
        """What it is, as the end of a sentence about pictures."""
        return "across the latent space"

    @property
    def labels(self) -> tuple[str, str]:
        """Those of the plane."""
        return self.plane.labels

    def grid(self, side: int) -> np.ndarray:
        """Codes `(rows, side, latent)` on the plane, y falling from row to row."""
        across = np.linspace(self.low[0], self.high[0], side)
        down = np.linspace(self.high[1], self.low[1], side if self.high[1] > self.low[1] else 1)
        return self.plane.lift(np.stack(np.meshgrid(across, down), axis=-1))

    def coordinates(self, codes: np.ndarray) -> np.ndarray:
        """Places on the plane."""
        return self.plane.project(codes)


@dataclass(frozen=True)
class NormalPrior:
    """The middle of a standard normal of so many dimensions, by its quantiles.

    The first two dimensions vary, all others stay at the mean, 0.
    """

    latent: int

    @property
    def words(self) -> str:
        """What it is, as the end of a sentence about pictures."""
        return f"at the quantiles {SMALLEST_QUANTILE}…{LARGEST_QUANTILE} of the prior"

    @property
    def labels(self) -> tuple[str, str]:
        """The first two dimensions."""
        return "z1", "z2" if self.latent > 1 else ""

    def grid(self, side: int) -> np.ndarray:
        """Codes `(rows, side, latent)` at equally spaced quantiles, z2 falling from row to row."""
        from scipy.special import ndtri  # A tenth of a second that an autoencoder does not need.

        quantiles = ndtri(np.linspace(SMALLEST_QUANTILE, LARGEST_QUANTILE, side))
        down = quantiles[::-1] if self.latent > 1 else np.zeros(1)
        codes = np.zeros((len(down), side, self.latent))
        codes[:, :, 0] = quantiles
        if self.latent > 1:
            codes[:, :, 1] = down[:, None]
        return codes

    def coordinates(self, codes: np.ndarray) -> np.ndarray:
        """The first two dimensions; the second is 0 where there is none."""
        places = np.zeros((*codes.shape[:-1], 2))
        places[..., : min(2, self.latent)] = codes[..., :2]
        return places
