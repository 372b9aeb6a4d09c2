"""Latent points and what a decoder draws there."""

from dataclasses import dataclass, replace

import numpy as np

from latent.likeness import nearest
from runner.models.face import Model


@dataclass(frozen=True)
class Decoded:
    """Latent points, their pictures, and the known picture nearest to each where those are few."""

    codes: np.ndarray  # (…, latent)
    pictures: np.ndarray  # (…, pixels)
    nearest: np.ndarray | None  # (…), row of the known picture
    distance: np.ndarray | None  # (…), pixels that differ from it

    def negative(self) -> "Decoded":
        """The same with light and dark exchanged."""
        return replace(self, pictures=1 - self.pictures)

    def take(self, place: tuple[int, ...]) -> "Decoded":
        """The point or points at one place."""
        near, far = (None if a is None else a[place] for a in (self.nearest, self.distance))
        return Decoded(self.codes[place], self.pictures[place], near, far)


def decode(model: Model, codes: np.ndarray, known: np.ndarray | None) -> Decoded:
    """Decode `codes` `(…, latent)`, all in one call.

    `known` are the pictures `(pictures, pixels)` of 0 and 1 that the drawings are held against, if any.
    """
    pictures = model.decode(codes)
    if known is None:
        return Decoded(codes, pictures, None, None)
    rows, distances = nearest(pictures.reshape(-1, pictures.shape[-1]), known)
    shape = codes.shape[:-1]
    return Decoded(codes, pictures, rows.reshape(shape), distances.reshape(shape))
