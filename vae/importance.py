"""Log p(x) from below, by importance weighting: for codes of so many numbers that no grid can hold them.

Codes are drawn from the normal that the encoder gives, and each is weighted by p(x, z) / q(z). The log of
the mean weight is expected below log p(x), the nearer the more codes are drawn; with one it is the ELBO.

Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders (2016).
"""

from dataclasses import dataclass

import numpy as np

from training.streams import Stream, generator
from vae.likelihood import LEAST_LOG_VARIANCE
from vae.posterior import POINTS_AT_ONCE, log_joint, log_prior
from vae.trained import TrainedVae, grey_levels

# Of each image; an even number.
IMPORTANCE_DRAWS = 256


@dataclass(frozen=True)
class Bound:
    """What the draws say of each image, `(images,)` in nats.

    `gain` is by how much the bound rises from half as many draws. What is missing up to log p(x) falls as
    1 / draws where the encoder's normal covers the posterior, and then is expected to be as much; where the
    encoder misplaces a picture, draws that would count for much are rare, and more is missing.
    """

    log_likelihood: np.ndarray
    gain: np.ndarray
    draws: int = IMPORTANCE_DRAWS

    @property
    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Both, each `(images,)`."""
        return self.log_likelihood, self.gain


def importance_bound(
    trained: TrainedVae, pixels: np.ndarray, seed: int = 0, draws: int = IMPORTANCE_DRAWS
) -> Bound:
    """The bound for images `(n, pixels)`, bytes or 0…1, from an even number of `draws`."""
    images = grey_levels(pixels)
    means, log_variances = (values.astype(float) for values in trained.encode(pixels))
    deviations = np.exp(0.5 * np.maximum(log_variances, LEAST_LOG_VARIANCE))
    random = generator(seed, Stream.IMPORTANCE)
    bounds = np.empty((2, len(images)))
    step = max(1, POINTS_AT_ONCE // draws)
    for rows in (slice(start, start + step) for start in range(0, len(images), step)):
        noise = random.standard_normal((len(images[rows]), draws, means.shape[1]))
        codes = means[rows, None] + deviations[rows, None] * noise
        proposal = log_prior(noise) - np.log(deviations[rows]).sum(axis=1)[:, None]
        weights = log_joint(trained, images[rows], codes) - proposal
        halves = weights.reshape(len(weights), 2, draws // 2)
        bounds[:, rows] = _log_mean(weights), _log_mean(halves).mean(axis=1)
    return Bound(bounds[0], bounds[0] - bounds[1], draws)


def _log_mean(logarithms: np.ndarray) -> np.ndarray:
    """The log of the mean of exp(x) along the last axis, safe from overflow."""
    highest = logarithms.max(axis=-1, keepdims=True)
    return highest[..., 0] + np.log(np.exp(logarithms - highest).mean(axis=-1))
