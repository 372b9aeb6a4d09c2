"""Principal components: what a linear bottleneck can do at best, beside what a network did."""

import numpy as np


def pca_squared_error(pixels, components: int) -> float:
    """The accumulated error of the best linear bottleneck of that size.

    By Eckart & Young (1936) it is half the sum of the squared singular values that are left out.
    """
    centered = pixels - pixels.mean(axis=0)
    singular_values = np.linalg.svd(centered, compute_uv=False)
    return float(0.5 * np.square(singular_values[components:]).sum())


def pca_restored_error(train: np.ndarray, test: np.ndarray, components: int) -> float:
    """The accumulated error of pictures `test` `(m, pixels)` restored from their principal components.

    The components are those of the pictures `train` `(n, pixels)`; both are bytes, or floats of 0…1.
    """
    center, axes = _axes(train, components)
    centered = grey_levels(test) - center
    return float(0.5 * np.square(centered - centered @ axes @ axes.T).sum(dtype=np.float64))


def pca_codes(train: np.ndarray, test: np.ndarray, components: int) -> tuple[np.ndarray, np.ndarray]:
    """The first principal components of the pictures `train`, as codes `(n, components)` of both sets.

    There are no more of them than training pictures or pixels.
    """
    center, axes = _axes(train, components)
    return (grey_levels(train) - center) @ axes, (grey_levels(test) - center) @ axes


def _axes(train: np.ndarray, components: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean `(pixels,)` and the first principal axes `(pixels, components)`."""
    levels = grey_levels(train)
    center = levels.mean(axis=0)
    centered = levels - center
    if len(centered) < centered.shape[1]:
        axes = np.linalg.svd(centered, full_matrices=False)[2].T
    else:
        axes = np.linalg.eigh(centered.T @ centered)[1][:, ::-1]
    return center, axes[:, :components]


def grey_levels(pixels: np.ndarray) -> np.ndarray:
    """Pixels as float32 in 0…1: bytes are divided by 255, floats are taken as they are."""
    if pixels.dtype == np.uint8:
        return pixels * np.float32(1 / 255)
    return pixels.astype(np.float32, copy=False)
