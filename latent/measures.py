"""What is reported of a reconstruction, whatever loss was trained."""

import numpy as np

WRONG_BY = 0.5


def squared_error(outputs, targets) -> np.ndarray:
    """½ Σ over pixels (output − target)², `(…, characters)`; its sum is the "error acumulado"."""
    return 0.5 * np.square(outputs - targets).sum(axis=-1)


def wrong_pixels(outputs, targets) -> np.ndarray:
    """Which pixels differ from the target by more than one half, `(…, characters, pixels)`."""
    return np.abs(outputs - targets) > WRONG_BY
