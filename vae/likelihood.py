"""Where the nats of a variational autoencoder with one or two latent numbers go, by quadrature.

−ELBO = −log p(x), which is what the decoder cannot draw,
      + the approximation gap: what it costs to take the posterior for a normal of independent numbers,
      + the amortization gap: what the encoder loses by not giving the best of these normals.

Cremer, Li & Duvenaud, Inference Suboptimality in Variational Autoencoders (2018).
"""

from dataclasses import dataclass

import numpy as np

from vae.posterior import POINTS_AT_ONCE, log_joint, on_grid
from vae.trained import TrainedVae, grey_levels

# Nodes along each latent number: to look for the best normal, and to measure it.
NODES, NODES_OF_MEASURE = 4, 7
MOST_STEPS = 20
# A step that gains less is the last, in nats.
LEAST_GAIN = 1e-3
# Of what no network gives that learned anything the deviation would be 0.
LEAST_LOG_VARIANCE = -60.0
# A deviation changes by no more than this factor at once.
LARGEST_FACTOR = 2.0


@dataclass(frozen=True)
class Losses:
    """The parts of −ELBO of each image, `(images,)` in nats, and the normals that would be best."""

    negative_log_likelihood: np.ndarray
    approximation_gap: np.ndarray
    amortization_gap: np.ndarray
    grid_error: np.ndarray  # by how much −log p(x) changes on half as fine a grid
    best: "Normals"

    @property
    def repaired(self) -> np.ndarray:
        """−ELBO `(images,)` with the best normals in the place of the encoder's."""
        return self.negative_log_likelihood + self.approximation_gap

    def arrays(self) -> tuple[np.ndarray, ...]:
        """All of it, each `(images, …)`."""
        return (
            *(self.negative_log_likelihood, self.approximation_gap, self.amortization_gap),
            *(self.grid_error, self.best.means, self.best.deviations),
        )

    @classmethod
    def of_arrays(cls, arrays: tuple[np.ndarray, ...]) -> "Losses":
        """Those of `arrays()`."""
        likelihood, approximation, amortization, grid, means, deviations = arrays
        return cls(likelihood, approximation, amortization, grid, Normals(means, deviations))


@dataclass(frozen=True)
class Normals:
    """Normals of independent numbers, one for each image."""

    means: np.ndarray  # (images, latent)
    deviations: np.ndarray  # the same

    def where(self, chosen: np.ndarray, other: "Normals") -> "Normals":
        """These where they are `chosen` `(images,)`, and the others elsewhere."""
        rows = chosen[:, None]
        means = np.where(rows, self.means, other.means)
        return Normals(means, np.where(rows, self.deviations, other.deviations))

    def of(self, rows: np.ndarray) -> "Normals":
        """Those of some images."""
        return Normals(self.means[rows], self.deviations[rows])


def losses(trained: TrainedVae, pixels: np.ndarray) -> Losses:
    """The parts of −ELBO of images `(n, pixels)`, bytes or 0…1.

    Raises ValueError beyond two latent numbers.
    """
    images = grey_levels(pixels)
    means, log_variances = (values.astype(float) for values in trained.encode(pixels))
    encoded = Normals(means, np.exp(0.5 * np.maximum(log_variances, LEAST_LOG_VARIANCE)))
    posterior = on_grid(trained, images, np.abs(means).max(initial=0))
    around_mode = Normals(posterior.modes, encoded.deviations)
    starts = encoded, Normals(posterior.means, posterior.deviations), around_mode
    best = _best(trained, images, starts)
    given, reached = (_elbo(trained, images, normals, NODES_OF_MEASURE) for normals in (encoded, best))
    # Where the search found nothing better, the encoder's is the best that is known.
    best, reached = best.where(reached > given, encoded), np.maximum(reached, given)
    evidence = posterior.log_evidence
    return Losses(-evidence, evidence - reached, reached - given, posterior.grid_error, best)


def _best(trained: TrainedVae, images: np.ndarray, starts: tuple[Normals, ...]) -> Normals:
    """The best normals that are found from the best of some starts."""
    elbos = np.array([_elbo(trained, images, start, NODES) for start in starts])
    found = starts[0]
    for index, start in enumerate(starts):
        found = start.where(elbos.argmax(axis=0) == index, found)
    rows = np.arange(len(images))
    for _ in range(MOST_STEPS):
        rows = rows[_improve(trained, images, found, rows)]
        if not len(rows):
            break
    return found


def _improve(trained: TrainedVae, images: np.ndarray, found: Normals, rows: np.ndarray) -> np.ndarray:
    """Take a step with some images where it gains; returns which of them `(rows,)` are worth another."""
    now = found.of(rows)
    elbo, step = _step(trained, images[rows], now)
    worth = np.zeros(len(rows), bool)
    left = np.ones(len(rows), bool)
    for share in (1.0, 0.3, 0.1):
        tried = Normals(
            now.means + share * (step.means - now.means),
            now.deviations * (step.deviations / now.deviations) ** share,
        )
        at = np.flatnonzero(left)
        gain = _elbo(trained, images[rows[at]], tried.of(at), NODES) - elbo[at]
        better = at[gain > 0]
        found.means[rows[better]], found.deviations[rows[better]] = (
            tried.means[better],
            tried.deviations[better],
        )
        worth[at] |= gain > LEAST_GAIN
        left[better] = False
    return worth


def _step(trained: TrainedVae, images: np.ndarray, normals: Normals) -> tuple[np.ndarray, Normals]:
    """The ELBO, and the normals that Newton's method goes to.

    The gradient and the curvature of log p(x, z), as means over the normal, follow from its values alone
    (the theorems of Bonnet and Price).
    """
    offsets, weights = _nodes(NODES, normals.means.shape[1])
    values = _values(trained, images, normals, offsets)
    middle = values @ weights
    values = (values - middle[:, None]) * weights
    gradient = values @ offsets / normals.deviations
    precision = -(values @ (offsets**2 - 1))  # in units of the present one
    factor = np.clip(
        1 / np.sqrt(np.maximum(precision, 1 / LARGEST_FACTOR**2)), 1 / LARGEST_FACTOR, LARGEST_FACTOR
    )
    deviations = normals.deviations * factor
    return middle + _entropy(normals), Normals(normals.means + deviations**2 * gradient, deviations)


def _elbo(trained: TrainedVae, images: np.ndarray, normals: Normals, nodes: int) -> np.ndarray:
    """The ELBO `(images,)` of normals by Gauss–Hermite quadrature."""
    offsets, weights = _nodes(nodes, normals.means.shape[1])
    return _values(trained, images, normals, offsets) @ weights + _entropy(normals)


def _values(trained: TrainedVae, images, normals: Normals, offsets: np.ndarray) -> np.ndarray:
    """The log of p(x, z) `(images, nodes)` at z = mean + deviation · offset."""
    values = np.empty((len(images), len(offsets)))
    step = max(1, POINTS_AT_ONCE // len(offsets))
    for rows in (slice(start, start + step) for start in range(0, len(images), step)):
        codes = normals.means[rows, None] + normals.deviations[rows, None] * offsets
        values[rows] = log_joint(trained, images[rows], codes)
    return values


def _entropy(normals: Normals) -> np.ndarray:
    return np.log(normals.deviations * np.sqrt(2 * np.pi * np.e)).sum(axis=1)


def _nodes(count: int, latent: int) -> tuple[np.ndarray, np.ndarray]:
    """Gauss–Hermite nodes `(nodes, latent)` and weights `(nodes,)` for a mean over N(0, 1)."""
    places, weights = np.polynomial.hermite_e.hermegauss(count)
    weights = weights / weights.sum()
    offsets = np.stack(np.meshgrid(*[places] * latent, indexing="ij"), axis=-1).reshape(-1, latent)
    products = np.stack(np.meshgrid(*[weights] * latent, indexing="ij"), axis=-1).reshape(-1, latent)
    return offsets, products.prod(axis=1)
