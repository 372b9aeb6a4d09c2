"""Latent points and what a decoder draws there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from latent.likeness import nearest
from runner.models.face import Model


@dataclass(frozen=True)
class Decoded:
    """Latent points, their pictures, and the known picture nearest to each where those are few.

    Where a network is given classes, `class_names` says as what class each point was drawn.
    """

    codes: np.ndarray  # (…, latent)
    pictures: np.ndarray  # (…, pixels)
    nearest: np.ndarray | None  # (…), row of the known picture
    distance: np.ndarray | None  # (…), pixels that differ from it
    class_names: np.ndarray | None = None  # (…), of texts

    def negative(self) -> "Decoded":
        """The same with light and dark exchanged."""
        return replace(self, pictures=1 - self.pictures)

    def take(self, place: tuple[int, ...]) -> "Decoded":
        """The point or points at one place."""
        near, far, given = (
            None if a is None else a[place] for a in (self.nearest, self.distance, self.class_names)
        )
        return Decoded(self.codes[place], self.pictures[place], near, far, given)


def decode(
    model: Model,
    codes: np.ndarray,
    known: np.ndarray | None,
    labels: np.ndarray | None = None,
    class_names: Sequence[str] = (),
) -> Decoded:
    """Decode `codes` `(…, latent)`, all in one call.

    `known` are the pictures `(pictures, pixels)` of 0 and 1 that the drawings are held against, if any;
    `labels` `(…)` are the classes that the network is given, by their `class_names`.
    """
    pictures = model.decode(codes, labels)
    given = np.array(class_names, dtype=object)[labels] if model.classes else None
    if known is None:
        return Decoded(codes, pictures, None, None, given)
    rows, distances = nearest(pictures.reshape(-1, pictures.shape[-1]), known)
    shape = codes.shape[:-1]
    return Decoded(codes, pictures, rows.reshape(shape), distances.reshape(shape), given)
