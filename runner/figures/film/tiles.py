"""Pictures in the size of a film: each pixel is a square, or of large ones several are one."""

import numpy as np


def tiles(pictures: np.ndarray, largest: int) -> np.ndarray:
    """`pictures` `(n, rows, columns, …)`, as large as they can be with sides no longer than `largest`."""
    side = max(pictures.shape[1:3])
    if side > largest:
        return _reduced(pictures, -(-side // largest))
    return enlarged(pictures, largest // side)


def enlarged(pictures: np.ndarray, factor: int) -> np.ndarray:
    """Each pixel as a square of so many."""
    return pictures.repeat(factor, axis=1).repeat(factor, axis=2)


def sheet(pictures: np.ndarray, size: tuple[int, int], gap: int) -> np.ndarray:
    """Pictures `(n, rows, columns, …)` in rows, as large as a sheet of that height and width allows."""
    count, rows, columns = pictures.shape[:3]
    across = np.arange(1, count + 1)
    down = -(-count // across)
    scales = np.minimum((size[0] / down - gap) / rows, (size[1] / across - gap) / columns)
    scales = np.where(scales < 1, scales, np.floor(scales))  # pixels are squares
    best = int(scales.argmax())
    return _laid_out(tiles(pictures, max(int(scales[best] * max(rows, columns)), 1)), best + 1, gap)


def _laid_out(parts: np.ndarray, across: int, gap: int) -> np.ndarray:
    count, rows, columns, *channels = parts.shape
    down = -(-count // across)
    laid = np.zeros((down * across, rows + gap, columns + gap, *channels), parts.dtype)
    laid[:count, :rows, :columns] = parts
    laid = laid.reshape(down, across, rows + gap, columns + gap, *channels)
    return laid.swapaxes(1, 2).reshape(down * (rows + gap), across * (columns + gap), *channels)


def _reduced(pictures: np.ndarray, step: int) -> np.ndarray:
    """Means of squares of `step` pixels; at the edges they go on as they end."""
    count, height, width, *channels = pictures.shape
    room = (0, -height % step), (0, -width % step)
    whole = np.pad(pictures, ((0, 0), *room, *[(0, 0)] * len(channels)), mode="edge")
    down, across = (-(-side // step) for side in (height, width))
    return whole.reshape(count, down, step, across, step, *channels).mean(axis=(2, 4))
