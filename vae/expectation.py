"""Codes by the true posterior p(z | x): draws, the E-step of expectation–maximization, and modes.

Of one or two latent numbers the posterior is known on a grid, without an encoder. A decoder that learns
at codes drawn from it is not taught by those that the encoder misplaces.

Dempster, Laird & Rubin (1977); for a grid of codes Bishop, Svensén & Williams, GTM: The Generative
Topographic Mapping (1998).
"""

import numpy as np

from vae.plan import BLOCK
from vae.posterior import log_prior, logits_at, softplus_sums
from vae.trained import TrainedVae, grey_levels

# Between two points of the grid, by how many numbers a code has; and how far out it goes.
CELLS, REACH = {1: 0.01, 2: 0.1}, 4.0
# Weights beyond all bounds give no numbers; the loss of the next step says so.
without_bounds = np.errstate(over="ignore", invalid="ignore")


class Expectation:
    """What a decoder says of all codes on a grid."""

    @without_bounds
    def __init__(self, trained: TrainedVae):
        """Decode the grid. Raises KeyError beyond two latent numbers."""
        latent = trained.plan.latent_layer_neurons
        self._cell = CELLS[latent]
        steps = round(REACH / self._cell)
        axis = self._cell * np.arange(-steps, steps + 1)
        points = np.stack(np.meshgrid(*[axis] * latent, indexing="ij"), axis=-1).reshape(-1, latent)
        self._points = points[np.linalg.norm(points, axis=1) <= REACH]
        self._logits = logits_at(trained, self._points)
        self._constants = (log_prior(self._points) - softplus_sums(self._logits)).astype(np.float32)

    @without_bounds
    def draw(self, pixels: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """One code for each of some images `(n, pixels)`, `(n, latent)`, evenly within its cell."""
        values = self._log_joint(pixels)
        values -= values.max(axis=1, keepdims=True)
        summed = np.exp(values, out=values).cumsum(axis=1)
        places = (summed < random.random((len(pixels), 1)) * summed[:, -1:]).sum(axis=1)
        points = self._points[np.minimum(places, len(self._points) - 1)]
        return (points + self._cell * (random.random(points.shape) - 0.5)).astype(np.float32)

    def modes(self, pixels: np.ndarray) -> np.ndarray:
        """The most probable point of the grid for each of some images `(n, pixels)`, `(n, latent)`."""
        return self._points[self._log_joint(pixels).argmax(axis=1)]

    def _log_joint(self, pixels: np.ndarray) -> np.ndarray:
        return grey_levels(pixels) @ self._logits.T + self._constants


def posterior_modes(trained: TrainedVae, pixels: np.ndarray) -> np.ndarray:
    """The most probable codes `(n, latent)`, on a grid, of images `(n, pixels)`."""
    expectation = Expectation(trained)
    blocks = range(0, len(pixels), BLOCK)
    modes = [expectation.modes(pixels[start : start + BLOCK]) for start in blocks]
    return np.concatenate([np.empty((0, trained.plan.latent_layer_neurons)), *modes])
