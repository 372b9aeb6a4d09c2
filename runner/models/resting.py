"""Where the networks of a run rest before they have learned anything."""

import numpy as np

from runner.config.keys import Config
from runner.data import Data

# As the documents had them, whose networks began where they began.
UNSCALED = "normal", "uniform"


def resting_picture(config: Config, data: Data) -> np.ndarray | None:
    """The mean picture `(pixels,)`, where networks begin to tell pictures from each other; None at paper.

    Ink lies on paper that is 0 and tells a network nothing. All else, above all a bright background, would
    drive every unit of the first layers to its limit before anything is learned.
    """
    if data.is_ink or not config.bias or config.initialization in UNSCALED:
        return None
    pixels = data.train.pixels
    return pixels.mean(axis=0, dtype=float) / (255 if pixels.dtype == np.uint8 else 1)
