"""Random numbers: each use has a stream of its own, so that one never shifts another."""

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What random numbers are drawn for; the numbers are part of every result and stay as they are.

    Two names share 2, and two share 3: noise on pictures is the business of denoisers, validation and
    evaluation by noise that of variational autoencoders, and no training uses both of a pair.
    The noise of a variational autoencoder's steps is drawn on the device, keyed by `(seed, step)`.
    """

    WEIGHTS = 0
    BATCHES = 1
    NOISE = 2
    VALIDATION = 2
    TEST_NOISE = 3
    EVALUATION = 3
    SAMPLES = 4
    HELD_BACK = 5
    WATCHED_NOISE = 6
    IMPORTANCE = 7
    POSTERIOR = 8
    LATENT_NOISE = 9


def generator(seed: int, stream: Stream, *key: int) -> np.random.Generator:
    """The generator of a stream; `key` (an epoch, say) makes it start anew there."""
    return np.random.default_rng((seed, stream, *key))
