"""Where the codes of a network are expected: what a decoder can be asked to draw from end to end.

A variational autoencoder says so itself, by its prior (Kingma & Welling 2014); an autoencoder knows
nothing of it, so that the range of its codes takes the place.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from latent.codes import Codes
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

    @property
    def elsewhere(self) -> str:
        """Where the codes stand that the two sides do not tell; empty if there are none."""

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

    @property
    def elsewhere(self) -> str:
        """Beside the plane, at the mean of the codes."""
        others = len(self.plane.origin) - 2
        return f"{_numbers(others, 'direction')} at the mean of the codes" if others > 0 else ""

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

    Two dimensions vary, all others stay at the mean, 0.
    """

    latent: int
    varied: tuple[int, ...] = (0, 1)

    @classmethod
    def of(cls, codes: Codes) -> "NormalPrior":
        """The prior of `codes`, of which the two dimensions vary that tell the most."""
        latent = codes.means.shape[1]
        telling = np.argsort(-codes.dimension_kl, kind="stable")[: min(2, latent)]
        return cls(latent, tuple(sorted(telling.tolist())))

    @property
    def words(self) -> str:
        """What it is, as the end of a sentence about pictures."""
        return f"at the quantiles {SMALLEST_QUANTILE}…{LARGEST_QUANTILE} of the prior"

    @property
    def labels(self) -> tuple[str, str]:
        """The two dimensions."""
        first, *second = (f"z{dimension + 1}" for dimension in self.varied[: self.latent])
        return first, second[0] if second else ""

    @property
    def elsewhere(self) -> str:
        """At the mean of the prior."""
        return (
            f"{_numbers(self.latent - 2, 'number')} at 0, the mean of the prior" if self.latent > 2 else ""
        )

    def grid(self, side: int) -> np.ndarray:
        """Codes `(rows, side, latent)` at equally spaced quantiles, the second falling from row to row."""
        from scipy.special import ndtri  # A tenth of a second that an autoencoder does not need.

        quantiles = ndtri(np.linspace(SMALLEST_QUANTILE, LARGEST_QUANTILE, side))
        down = quantiles[::-1] if self.latent > 1 else np.zeros(1)
        codes = np.zeros((len(down), side, self.latent))
        codes[:, :, self.varied[0]] = quantiles
        if self.latent > 1:
            codes[:, :, self.varied[1]] = down[:, None]
        return codes

    def coordinates(self, codes: np.ndarray) -> np.ndarray:
        """The two dimensions; the second is 0 where there is none."""
        varied = list(self.varied[: self.latent])
        places = np.zeros((*codes.shape[:-1], 2))
        places[..., : len(varied)] = codes[..., varied]
        return places


def _numbers(count: int, noun: str) -> str:
    return f"the other {noun} is" if count == 1 else f"the other {count} {noun}s are"
