"""Bring pictures to one size: fitted into it with their aspect, and padded where that leaves room."""

from collections.abc import Sequence
from math import prod

import numpy as np
from PIL import Image

# Rows or columns of a picture that stays as it is; larger ones are reduced, unless a size is asked for.
LARGEST_SIDE, REDUCED_SIDE = 128, 64


def common_size(sizes: Sequence[tuple[int, int]], side: int | None) -> tuple[int, int]:
    """The rows and columns that all pictures get: the medians of theirs.

    If `side` is given, or one of the two is above LARGEST_SIDE, both are brought by one factor to where
    the longer one is `side` or REDUCED_SIDE.
    """
    rows, columns = (sorted(lengths)[(len(lengths) - 1) // 2] for lengths in zip(*sizes, strict=True))
    longer = max(rows, columns)
    wanted = side or (longer if longer <= LARGEST_SIDE else REDUCED_SIDE)
    return max(1, round(rows * wanted / longer)), max(1, round(columns * wanted / longer))


def sizes_in_words(sizes: Sequence[tuple[int, int]], size: tuple[int, int]) -> list[str]:
    """A remark on pictures that had these rows and columns and now have those of `size`, unless all had."""
    smallest, largest = min(sizes, key=prod), max(sizes, key=prod)
    new = in_pixels(size)
    if smallest == largest == size:
        return []
    if smallest == largest:
        return [f"brought from {in_pixels(smallest)} to {new} pixels"]
    was = f"of different sizes, {in_pixels(smallest)} to {in_pixels(largest)}"
    return [f"{was}: each fitted into {new} pixels with its aspect"]


def in_pixels(size: tuple[int, int]) -> str:
    """`28×20`: columns and rows, as sizes of pictures are told."""
    return f"{size[1]}×{size[0]}"


def fit(values: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A picture `(rows, columns)` or `(rows, columns, 3)`, as large as goes into `size` with its aspect.

    It is of uint8 or float32.
    A row or a column that would be missing is no reason for a margin. Each new pixel is the mean of those
    it covers, so that pixels of 0 and 1 that are repeated stay 0 and 1.
    """
    if values.shape[:2] == size:
        return values
    if values.ndim == 3:
        return np.stack([fit(channel, size) for channel in np.moveaxis(values, 2, 0)], axis=-1)
    factor = min(new / old for new, old in zip(size, values.shape, strict=True))
    inner = [max(1, round(factor * old)) for old in values.shape]
    rows, columns = (new if new - got <= 1 else got for new, got in zip(size, inner, strict=True))
    return np.asarray(Image.fromarray(values).resize((columns, rows), Image.Resampling.BOX))


def padded(pictures: Sequence[np.ndarray], size: tuple[int, int]) -> np.ndarray:
    """Fitted pictures as one array `(pictures, rows, columns)`, each in the middle; of colours `(…, 3)`.

    What is left is filled with the grey, or the level of each channel, that is usual at their edges.
    """
    if all(picture.shape[:2] == size for picture in pictures):
        return np.stack(pictures)
    result = np.full((len(pictures), *size, *pictures[0].shape[2:]), _usual_edge(pictures), np.uint8)
    for whole, picture in zip(result, pictures, strict=True):
        top, left = ((all_ - own) // 2 for all_, own in zip(size, picture.shape[:2], strict=True))
        whole[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return result


def _usual_edge(pictures: Sequence[np.ndarray]) -> np.ndarray:
    """The median of all pixels at the edges, or of each channel there."""
    channels = pictures[0].shape[2:]
    levels = np.zeros((*channels, 256), int)
    for picture in pictures:
        for edge in (picture[0], picture[-1], picture[:, 0], picture[:, -1]):
            for channel in np.ndindex(channels):
                levels[channel] += np.bincount(edge[(slice(None), *channel)], minlength=256)
    return np.argmax(levels.cumsum(axis=-1) >= levels.sum(axis=-1, keepdims=True) / 2, axis=-1)


def resized(images: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Images `(images, rows, columns)` or `(…, 3)` of one size, in another of the same aspect."""
    if images.shape[1:3] == size:
        return images
    return np.stack([fit(image, size) for image in images])
