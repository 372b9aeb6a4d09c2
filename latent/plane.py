"""The plane in which a latent space is drawn."""

from dataclasses import dataclass

import numpy as np

# Of more codes a full decomposition would take memory in their square; of fewer its last digits are those
# of tables that have been published.
MOST_FULL = 300


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
        axes = np.linalg.svd(codes - origin, full_matrices=len(codes) <= MOST_FULL)[2][:2]
        largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
        return cls(origin, axes * np.sign(largest))

    @property
    def labels(self) -> tuple[str, str]:
        """The names of its two axes; the second is empty where there is only one."""
        size = len(self.origin)
        if size <= 2:
            return "z1", "z2" if size == 2 else ""
        return "first principal component of the codes", "second principal component"

    def project(self, codes: np.ndarray) -> np.ndarray:
        """Coordinates `(…, 2)` of `codes` `(…, latent)`."""
        return (codes - self.origin) @ self.axes.T

    def lift(self, points: np.ndarray) -> np.ndarray:
        """The codes `(…, latent)` that lie at `points` `(…, 2)` of the plane."""
        return self.origin + points @ self.axes
