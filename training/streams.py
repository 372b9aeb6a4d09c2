"""Random numbers: each use has a stream of its own, so that one never shifts another."""

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What random numbers are drawn for."""

    WEIGHTS = 0
    BATCHES = 1
    NOISE = 2
    TEST_NOISE = 3


def generator(seed: int, stream: Stream, *key: int) -> np.random.Generator:
    """The generator of a stream; `key` (an epoch, say) makes it start anew there."""
    return np.random.default_rng((seed, stream, *key))
