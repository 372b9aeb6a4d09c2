"""The part of the training pictures that is held back, so that `patience` never looks at the test part."""

import numpy as np

from runner.data import Data
from training.streams import Stream, generator

ONE_IN = 10


def without_held_back(data: Data, patience: int | None, seed: int) -> tuple[np.ndarray, np.ndarray | None]:
    """The pictures `(n, pixels)` to train on, and a tenth that is held back to judge the networks by.

    None is held back without `patience`, and of pictures that have no test part: there all are to be
    learned.
    """
    pixels = data.train.pixels
    if patience is None or data.test is None:
        return pixels, None
    order = generator(seed, Stream.HELD_BACK).permutation(len(pixels))
    count = max(1, len(pixels) // ONE_IN)
    # In the order they had: it is shuffled anew in every epoch.
    return pixels[np.sort(order[count:])], pixels[np.sort(order[:count])]
