"""The noise of a denoiser: what it is trained on, what it is watched and what it is judged on."""

import numpy as np

from autoencoder.noise import Noise
from runner.config.keys import Config
from training.streams import Stream, generator

# Of fewer pictures than these with noise on them, the best possible error scatters by more than an eighth.
FEWEST_WATCHED = 1_000


def noise_of(config: Config) -> Noise | None:
    """The noise against which a config trains; None where it trains without any."""
    if config.mode != "DAE":
        return None
    return Noise(config.noise, config.noise_probability, config.max_noise)


def noise_to_judge_by(config: Config) -> Noise | None:
    """The noise on which it is judged: that of its training, as far as the config names no other."""
    trained = noise_of(config)
    if trained is None:
        return None
    probability = config.test_noise_probability
    probability = trained.probability if probability is None else probability
    return Noise(config.test_noise or trained.kind, probability, trained.amount)


def training_noise(config: Config, noise: Noise, levels: np.ndarray) -> np.ndarray:
    """The noisy copies `(copies, pictures, pixels)` of pictures that the first epoch trains on."""
    return _copies(noise, levels, config.noisy_copies, config.seed, Stream.NOISE, 0)


def watched_noise(
    config: Config, noise: Noise, levels: np.ndarray, copies: int | None = None
) -> np.ndarray:
    """New noise `(copies, pictures, pixels)`, by which the network to keep is chosen.

    It is never that of the training nor that of the final figures.
    """
    copies = copies or -(-FEWEST_WATCHED // len(levels))
    return _copies(noise, levels, copies, config.seed, Stream.WATCHED_NOISE)


def judging_noise(config: Config, noise: Noise, levels: np.ndarray, copies: int) -> np.ndarray:
    """New noise `(copies, pictures, pixels)`, by which the final figures are measured."""
    return _copies(noise, levels, copies, config.seed, Stream.TEST_NOISE)


def _copies(noise: Noise, levels: np.ndarray, copies: int, seed: int, *stream) -> np.ndarray:
    return noise.corrupt(np.broadcast_to(levels, (copies, *levels.shape)), generator(seed, *stream))
