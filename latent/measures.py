"""What is reported of a reconstruction, whatever loss was trained, and the linear limit beside it."""

import numpy as np

WRONG_BY = 0.5


def squared_error(outputs, targets) -> np.ndarray:
    """½ Σ over pixels (output − target)², `(…, characters)`; its sum is the "error acumulado"."""
    return 0.5 * np.square(outputs - targets).sum(axis=-1)


def wrong_pixels(outputs, targets) -> np.ndarray:
    """Which pixels differ from the target by more than one half, `(…, characters, pixels)`."""
    return np.abs(outputs - targets) > WRONG_BY


def pca_squared_error(pixels, components: int) -> float:
    """The accumulated error of the best linear bottleneck of that size.

    By Eckart & Young (1936) it is half the sum of the squared singular values that are left out.
    """
    centered = pixels - pixels.mean(axis=0)
    singular_values = np.linalg.svd(centered, compute_uv=False)
    return float(0.5 * np.square(singular_values[components:]).sum())
