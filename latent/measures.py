"""What is reported of a reconstruction, whatever loss was trained."""

import numpy as np

WRONG_BY = 0.5


def squared_error(outputs, targets) -> np.ndarray:
    """½ Σ over pixels (output − target)², `(…, characters)`; its sum is the "error acumulado"."""
    differences = outputs - targets
    # In place: noise on many pictures is the largest array there is.
    return 0.5 * np.square(differences, out=differences).sum(axis=-1)


def wrong_pixels(outputs, targets) -> np.ndarray:
    """Which pixels differ from the target by more than one half, `(…, characters, pixels)`."""
    differences = outputs - targets
    return np.abs(differences, out=differences) > WRONG_BY
