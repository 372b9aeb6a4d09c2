"""Picture files for tests: what is written is known to the pixel."""

from pathlib import Path

import numpy as np
from PIL import Image


def grey(rows=4, columns=3, first=0) -> np.ndarray:
    """A picture whose pixels count from `first` on."""
    return (np.arange(rows * columns).reshape(rows, columns) + first).astype(np.uint8)


def some(count=20, rows=4, columns=3) -> np.ndarray:
    """Pictures of random bytes; as many give the same again."""
    return np.random.default_rng(count).integers(0, 256, (count, rows, columns)).astype(np.uint8)


def some_colors(count=20, rows=4, columns=3) -> np.ndarray:
    """The same in colour."""
    return some(count, rows, 3 * columns).reshape(count, rows, columns, 3)


def draw(path: Path, array, **options) -> None:
    """Write a picture, in its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.asarray(array)).save(path, **options)


def draw_all(folder: Path, pictures, names="{:02}.png") -> None:
    """Write pictures, numbered from 0."""
    for number, picture in enumerate(pictures):
        draw(folder / names.format(number), picture)
