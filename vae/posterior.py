"""Log p(x) and the posterior of the codes p(z | x), summed up over a grid of all codes there are."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vae.trained import TrainedVae

# Between two points of the grid, by how many numbers a code has.
SPACINGS = {1: 0.0025, 2: 0.04}
# The prior beyond holds less than 1e-6; where codes or posteriors lie farther out, the grid does so too,
# within reason.
LEAST_REACH, MOST_REACH, BEYOND_CODES, DEVIATIONS_BEYOND = 5.0, 10.0, 1.0, 4.0
# So many points of the grid, and so many images, are looked at at once.
POINTS_AT_ONCE, IMAGES_AT_ONCE = 2048, 512


@dataclass(frozen=True)
class Posterior:
    """What the grid says of each image."""

    log_evidence: np.ndarray  # (images,), log p(x) in nats
    grid_error: np.ndarray  # (images,), its difference from that on a grid half as fine
    means: np.ndarray  # (images, latent), of the posterior
    deviations: np.ndarray  # the same
    modes: np.ndarray  # (images, latent), the point of the grid that is most probable


def on_grid(trained: TrainedVae, images: np.ndarray, farthest: float = 0.0) -> Posterior:
    """Sum up over all codes, for images `(n, pixels)` of grey levels; `farthest` is that of their codes.

    The trapezoidal rule converges exponentially for what falls to 0 at the ends of the grid.
    Raises ValueError unless codes have one or two numbers.
    """
    latent = trained.plan.latent_layer_neurons
    if latent not in SPACINGS:
        raise ValueError(f"there is no grid over codes of {latent} numbers")
    reach = min(max(farthest + BEYOND_CODES, LEAST_REACH), MOST_REACH)
    found = _within(reach, trained, images)
    # An encoder that has learned little puts its codes far from their posteriors.
    is_beyond = (np.abs(found.means) + DEVIATIONS_BEYOND * found.deviations > reach).any(axis=1)
    if reach < MOST_REACH and is_beyond.any():
        farther = _within(MOST_REACH, trained, images[is_beyond])
        for name, values in vars(farther).items():
            getattr(found, name)[is_beyond] = values
    return found


def _within(reach: float, trained: TrainedVae, images: np.ndarray) -> Posterior:
    """The sums over codes whose numbers are in −reach…reach."""
    latent = trained.plan.latent_layer_neurons
    spacing = SPACINGS[latent]
    steps = int(np.ceil(reach / spacing))
    axis = spacing * np.arange(-steps, steps + 1)
    running = _Running(images, latent)
    for codes, on_half in _parts(axis, latent):
        running.add(codes, on_half * 2.0**latent, logits_at(trained, codes))
    total, half, *moments = running.sums.T
    means, squares = np.array(moments).reshape(2, latent, -1).swapaxes(1, 2) / total[:, None]
    deviations = np.sqrt(np.maximum(squares - means**2, (spacing / 4) ** 2))
    evidence = running.most + np.log(total) + latent * np.log(spacing)
    error = np.abs(np.log(np.maximum(half, np.finfo(float).tiny) / total))
    return Posterior(evidence, error, means, deviations, running.modes)


def _parts(axis: np.ndarray, latent: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Points of the grid `(points, latent)`, and which of them are those of a grid half as fine."""
    numbers = np.arange(len(axis) ** latent)
    for start in range(0, len(numbers), POINTS_AT_ONCE):
        places = np.unravel_index(numbers[start : start + POINTS_AT_ONCE], (len(axis),) * latent)
        yield axis[np.stack(places, axis=-1)], np.all([place % 2 == 0 for place in places], axis=0)


class _Running:
    """Sums over the points of the grid so far, of each image in units of its largest p(x, z)."""

    def __init__(self, images: np.ndarray, latent: int):
        self.images = images
        self.most = np.full(len(images), -np.inf)
        # Of 1, of 1 on the half as fine grid, of z and of z².
        self.sums = np.zeros((len(images), 2 + 2 * latent))
        self.modes = np.zeros((len(images), latent))

    def add(self, codes: np.ndarray, on_half: np.ndarray, logits: np.ndarray) -> None:
        """Add some points `(points, latent)` of the grid with what the decoder gives there."""
        constants = (log_prior(codes) - softplus_sums(logits)).astype(np.float32)
        features = np.column_stack([np.ones(len(codes)), on_half, codes, codes**2]).astype(np.float32)
        for start in range(0, len(self.images), IMAGES_AT_ONCE):
            rows = slice(start, start + IMAGES_AT_ONCE)
            values = self.images[rows] @ logits.T + constants
            at = values.argmax(axis=1)
            peaks, before = values[np.arange(len(at)), at], self.most[rows]
            self.modes[rows][peaks > before] = codes[at[peaks > before]]
            highest = np.maximum(before, peaks)
            values -= highest[:, None].astype(np.float32)
            faded = self.sums[rows] * np.exp(before - highest)[:, None]
            self.sums[rows] = faded + np.exp(values, out=values) @ features
            self.most[rows] = highest


def log_joint(trained: TrainedVae, images: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """The log of p(x, z) `(images, codes)` of images at `codes` `(images, codes, latent)` of their own."""
    logits = logits_at(trained, codes.reshape(-1, codes.shape[-1])).reshape(*codes.shape[:2], -1)
    drawn = np.matmul(logits, images[:, :, None])[..., 0].astype(float)
    return drawn - softplus_sums(logits) + log_prior(codes)


def logits_at(trained: TrainedVae, codes: np.ndarray) -> np.ndarray:
    """What the decoder gives `(n, pixels)` at `codes` `(n, latent)`, in the memory of a block of images."""
    return np.concatenate([trained.logits(codes[rows]) for rows in trained.blocks(len(codes))])


def log_prior(codes: np.ndarray) -> np.ndarray:
    """The log of N(z; 0, 1) `(…,)`, of codes `(…, latent)`."""
    return -0.5 * (np.square(codes, dtype=float) + np.log(2 * np.pi)).sum(axis=-1)


def softplus_sums(logits: np.ndarray) -> np.ndarray:
    """Σ ln(1 + exp(x)) over pixels `(…,)`, safe from overflow."""
    softplus = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))
    return softplus.sum(axis=-1, dtype=float)
