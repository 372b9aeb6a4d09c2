"""Principal components: what a linear bottleneck can do at best, beside what a network did.

Pictures are bytes, or floats of 0…1. Cost in memory and time grows linearly with pictures and pixels: a
part of the pictures at a time, and of large ones the first axes alone.
"""

from collections.abc import Iterator

import numpy as np

# A decomposition that takes no more multiplications than this is made outright.
MOST_EXACT = 1_000_000_000
# Of pictures with at most so many pixels all axes are found, by their covariance.
MOST_COVARIANCES = 1024
# All images of MNIST are one block, so that its published numbers stay as they are to the last digit.
BLOCK_VALUES = 48_000_000
# Of larger ones the first axes, with some in reserve, until the error that is left settles to six digits.
OVERSAMPLING, SETTLED, MOST_PASSES, SEED = 10, 1e-6, 40, 0

Axes = tuple[np.ndarray, np.ndarray]


def pca_squared_error(pixels: np.ndarray, components: int) -> float:
    """The accumulated error of the best linear bottleneck of that size.

    By Eckart & Young (1936) it is half the sum of the squared singular values that are left out.
    """
    if pixels.size * min(pixels.shape) <= MOST_EXACT:
        levels = pixels / 255 if pixels.dtype == np.uint8 else pixels
        singular_values = np.linalg.svd(levels - levels.mean(axis=0), compute_uv=False)
        return float(0.5 * np.square(singular_values[components:]).sum())
    return pca_restored_error(pixels, pixels, components)


def pca_restored_error(
    train: np.ndarray, test: np.ndarray, components: int, found: Axes | None = None
) -> float:
    """The accumulated error of pictures `test` `(m, pixels)` restored from their principal components.

    The components are those of the pictures `train` `(n, pixels)`; `found` are their `principal_axes` where
    these are known.
    """
    center, axes = found or principal_axes(train, components)
    return sum(
        float(0.5 * np.square(part - part @ axes @ axes.T).sum(dtype=np.float64))
        for part in _centered(test, center)
    )


def pca_codes(
    train: np.ndarray, test: np.ndarray, components: int, found: Axes | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The first principal components of the pictures `train`, as codes `(n, components)` of both sets.

    There are no more of them than training pictures or pixels; `found` are their `principal_axes` where
    these are known.
    """
    center, axes = found or principal_axes(train, components)
    first, second = (
        np.concatenate([part @ axes for part in _centered(pixels, center)]) for pixels in (train, test)
    )
    return first, second


def principal_axes(pixels: np.ndarray, components: int) -> Axes:
    """The mean `(pixels,)` and the first principal axes `(pixels, components)`, both float32."""
    count, size = pixels.shape
    center = sum(grey_levels(pixels[rows]).sum(axis=0) for rows in _blocks(pixels)) / count
    axes = (
        _all_axes(pixels, center) if size <= MOST_COVARIANCES else _first_axes(pixels, center, components)
    )
    return center, axes[:, : min(components, count)].astype(np.float32)


def grey_levels(pixels: np.ndarray) -> np.ndarray:
    """Pixels as float32 in 0…1: bytes are divided by 255, floats are taken as they are."""
    if pixels.dtype == np.uint8:
        return pixels * np.float32(1 / 255)
    return pixels.astype(np.float32, copy=False)


def _all_axes(pixels: np.ndarray, center: np.ndarray) -> np.ndarray:
    """The axes `(pixels, pixels)`, that of the largest variance first."""
    return np.linalg.eigh(sum(part.T @ part for part in _centered(pixels, center)))[1][:, ::-1]


def _first_axes(pixels: np.ndarray, center: np.ndarray, components: int) -> np.ndarray:
    """The first axes `(pixels, components or more)` by subspace iteration.

    Halko, Martinsson & Tropp (2011), algorithm 4.4: the covariance is applied to some axes, of which the
    best combinations are taken, again and again; it is never written down itself.
    """
    count, size = pixels.shape
    width = min(components + OVERSAMPLING, count, size)
    total = sum(float(np.square(part, dtype=np.float64).sum()) for part in _centered(pixels, center))
    axes = np.linalg.qr(np.random.default_rng(SEED).standard_normal((size, width)))[0]
    found = 0.0
    for _ in range(MOST_PASSES):
        narrow = axes.astype(np.float32)
        image = sum(np.float64(part.T @ (part @ narrow)) for part in _centered(pixels, center))
        variances, turn = np.linalg.eigh(axes.T @ image)
        before, found = found, float(variances[-components:].sum())
        best = axes @ turn[:, ::-1]
        if found - before <= SETTLED * (total - found):
            break
        axes = np.linalg.qr(image)[0]
    return best


def _centered(pixels: np.ndarray, center: np.ndarray) -> Iterator[np.ndarray]:
    """The pictures less their mean, some at a time."""
    return (grey_levels(pixels[rows]) - center for rows in _blocks(pixels))


def _blocks(pixels: np.ndarray) -> Iterator[slice]:
    step = max(1, BLOCK_VALUES // pixels.shape[1])
    return (slice(start, start + step) for start in range(0, len(pixels), step))
