"""Whether a set of pictures is read in grey or in colour: decided by all of them together."""

from typing import Literal

import numpy as np

Wanted = Literal["auto", "grey", "color"]
CHANNELS = ("red", "green", "blue")
# A pixel shows a colour where its channels differ by more levels than the noise of a JPEG or of a scan.
LEAST_DIFFERENCE = 16
# A set has colour where so large a share of all its pixels shows one.
LEAST_SHARE = 0.001


def colorful(levels: np.ndarray) -> float:
    """The share of pixels that show a colour, of `levels` `(…, 3)` 0…255."""
    red, green, blue = (levels[..., channel] for channel in range(3))
    lightest, darkest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    return float(np.mean(lightest - darkest > LEAST_DIFFERENCE))


def in_color(wanted: Wanted, share: float) -> tuple[bool, list[str]]:
    """Whether a set is read in colour of whose pixels such a share shows one, and what there is to say."""
    if wanted == "color":
        return True, ["no pixel shows a colour: three equal channels"] * (share == 0)
    if wanted == "grey" or share >= LEAST_SHARE:
        return wanted == "auto", []
    return False, [f"only {share:.2g} of all pixels show a colour: read in grey"] * (share > 0)


def with_channels(levels: np.ndarray) -> np.ndarray:
    """Grey levels `(…)` as three equal channels `(…, 3)`."""
    return np.repeat(levels[..., None], len(CHANNELS), axis=-1)
