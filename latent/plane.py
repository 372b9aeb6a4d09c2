"""Exploring a latent space: where the codes lie, what lies between them, what fills the plane."""

from dataclasses import dataclass

import numpy as np

POINTS_BETWEEN = 5


@dataclass(frozen=True)
class Pair:
    """Two characters by index, and why they were picked: `closest`, `median` or `farthest`."""

    kind: str
    first: int
    second: int


@dataclass(frozen=True)
class Plane:
    """The plane in which a latent space is drawn: `origin` `(latent,)` and two `axes` `(2, latent)`."""

    origin: np.ndarray
    axes: np.ndarray

    @classmethod
    def of(cls, codes: np.ndarray) -> "Plane":
        """The plane for `codes` `(examples, latent)`.

        Two latent coordinates are taken as they are, one is the x axis, and of more the plane is that of
        their first two principal components, each with the sign that makes its largest weight positive.
        """
        size = codes.shape[1]
        if size <= 2:
            return cls(np.zeros(size), np.eye(2, size))
        origin = codes.mean(axis=0)
        axes = np.linalg.svd(codes - origin)[2][:2]
        largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
        return cls(origin, axes * np.sign(largest))

    def project(self, codes: np.ndarray) -> np.ndarray:
        """Coordinates `(…, 2)` of `codes` `(…, latent)`."""
        return (codes - self.origin) @ self.axes.T

    def lift(self, points: np.ndarray) -> np.ndarray:
        """The codes `(…, latent)` that lie at `points` `(…, 2)` of the plane."""
        return self.origin + points @ self.axes


def notable_pairs(codes: np.ndarray) -> list[Pair]:
    """The closest, the median and the farthest pair of `codes` `(characters, latent)`; [] for one code."""
    first, second = np.triu_indices(len(codes), k=1)
    if not len(first):
        return []
    distances = np.linalg.norm(codes[first] - codes[second], axis=1)
    order = np.argsort(distances, kind="stable")
    picks = {"closest": order[0], "median": order[len(order) // 2], "farthest": order[-1]}
    return [Pair(kind, int(first[i]), int(second[i])) for kind, i in picks.items()]


def points_between(start: np.ndarray, end: np.ndarray, count: int = POINTS_BETWEEN) -> np.ndarray:
    """`count` equally spaced points `(count, latent)` strictly between two codes `(latent,)`."""
    share = np.arange(1, count + 1)[:, None] / (count + 1)
    return start + share * (end - start)


def grid(points: np.ndarray, side: int) -> np.ndarray:
    """A grid `(rows, side, 2)` over the box that holds the `points` `(examples, 2)` of a plane.

    Its rows run downwards (y falling), as those of a picture do; points on one line get one row.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    across = np.linspace(low[0], high[0], side)
    down = np.linspace(high[1], low[1], side if high[1] > low[1] else 1)
    return np.stack(np.meshgrid(across, down), axis=-1)


def nearest(pictures: np.ndarray, characters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each of `pictures` `(…, pixels)` the nearest of `characters` `(characters, pixels)`.

    Returns its index and the number of pixels, thresholded at one half, in which the two differ.
    """
    # Two sets differ in |a| + |b| − 2 |a ∩ b| members; and the last is a matrix product.
    drawn, known = ((pixels > 0.5).astype(np.float32) for pixels in (pictures, characters))
    sizes = drawn.sum(axis=-1)[..., None] + known.sum(axis=-1)
    distances = (sizes - 2 * drawn @ known.T).astype(int)
    return distances.argmin(axis=-1), distances.min(axis=-1)
