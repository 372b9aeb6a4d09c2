"""Many pictures side by side as one image, no finer than can be seen."""

import numpy as np
from matplotlib.figure import Figure

from runner.figures.style import DOTS_PER_INCH, INK, show_pixels, unrolled

# Inches: the sides of a grid at most, and the least that can be seen, such as a gap.
WIDTH, HEIGHT, SEEN = 7.0, 19.0, 1.5 / DOTS_PER_INCH


def picture_grid(pictures, places, cell, labels: tuple[str, str], words: tuple[str, str]) -> Figure:
    """Pictures `(down, across, pixels)` side by side, with the coordinates they stand for.

    `places` `(down, across, …)` begin with the two coordinates, which change along one axis each; `words`
    are a title and a subtitle.
    """
    down, across = pictures.shape[:2]
    inches = min(WIDTH / across, HEIGHT / down * cell[1] / cell[0])
    step = finest_step(max(cell[:2]), inches * max(1, cell[0] / cell[1]))
    small = shrunk(unrolled(pictures, cell), step)
    rows, columns = small.shape[-2:]
    gap = max(1, round(SEEN * columns / inches))
    image = mosaic(small, gap)
    title, subtitle = words
    figure, axes = show_pixels(image, inches * across / image.shape[-1], title, subtitle, margin=0.6)
    axes.set_axis_on()
    axes.spines[:].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9, length=0)
    axes.set_xlabel(labels[0])
    steps = np.arange(0, across, 2)
    axes.set_xticks(_middles(steps, columns, gap), [f"{places[0, i, 0]:.2f}" for i in steps])
    axes.set_yticks([])
    if down > 1:
        steps = np.arange(0, down, 2)
        axes.set_yticks(_middles(steps, rows, gap), [f"{places[i, 0, 1]:.2f}" for i in steps])
        axes.set_ylabel(labels[1])
    return figure


def _middles(steps: np.ndarray, side: int, gap: int) -> np.ndarray:
    """Where the middles of some pictures lie in a mosaic."""
    return steps * (side + gap) + gap + (side - 1) / 2


def mosaic(pictures: np.ndarray, gap: int = 1) -> np.ndarray:
    """Join `pictures` `(…, down, across, rows, columns)` to one image, `gap` pixels of NaN around each."""
    *channels, down, across, rows, columns = pictures.shape
    padded = np.full((*channels, down, across, rows + gap, columns + gap), np.nan)
    padded[..., gap:, gap:] = pictures
    image = padded.swapaxes(-3, -2).reshape(*channels, down * (rows + gap), across * (columns + gap))
    return np.pad(image, (*[(0, 0)] * len(channels), (0, gap), (0, gap)), constant_values=np.nan)


def finest_step(side: int, inches: float) -> int:
    """How many pixels become one in a picture whose longer `side` has so many, so that all can be seen."""
    return max(1, -(-side // max(1, int(1.5 * inches * DOTS_PER_INCH))))


def shrunk(pictures: np.ndarray, step: int) -> np.ndarray:
    """Means of `step` by `step` pixels of `pictures` `(…, rows, columns)`; at the ends of fewer."""
    if step == 1:
        return pictures
    for axis in (-2, -1):
        starts = np.arange(0, pictures.shape[axis], step)
        counts = np.diff(np.append(starts, pictures.shape[axis]))
        sums = np.add.reduceat(pictures, starts, axis=axis)
        pictures = sums / (counts[:, None] if axis == -2 else counts)
    return pictures
