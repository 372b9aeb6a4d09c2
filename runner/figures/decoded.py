"""Pictures of what a decoder draws where nobody put a picture."""

import numpy as np
from matplotlib.figure import Figure

from runner.figures.style import GREY, INK, in_rows, mosaic, show_pixels
from runner.result.decoding import Decoded

ACROSS = 10


def interpolations(decoded: Decoded, ends, titles, names, cell) -> Figure:
    """For each pair the two characters and the pictures between their codes."""
    steps = [
        [first, *pictures, last] for (first, last), pictures in zip(ends, decoded.pictures, strict=True)
    ]
    pictures = np.reshape(steps, (len(steps), -1, *cell))
    gap = _gap(cell)
    image = mosaic(pictures, gap)
    figure, axes = show_pixels(
        image,
        7.5 / image.shape[1],
        "Between two codes: five equally spaced points",
        _explained(decoded),
    )
    height, width = cell[0] + gap, cell[1] + gap
    for row, title in enumerate(titles):
        axes.text(gap - 0.5, row * height + gap - 1.2, title, fontsize=9, color=INK, parse_math=False)
        for step in range(decoded.codes.shape[1]):
            middle = (step + 1) * width + gap + cell[1] / 2 - 0.5
            _caption(axes, middle, (row + 1) * height, decoded.take((row, step)), names)
    return figure


def points_figure(decoded: Decoded, names, cell, title: str) -> Figure:
    """Latent points `(points,)` and what they decode to."""
    across = min(8, len(decoded.codes))
    down, row, column = in_rows(len(decoded.codes), across)
    pictures = np.full((down * across, *cell), np.nan)
    pictures[: len(decoded.codes)] = decoded.pictures.reshape(-1, *cell)
    gap = _gap(cell)
    image = mosaic(pictures.reshape(down, across, *cell), gap)
    figure, axes = show_pixels(
        image,
        1.1 * across / image.shape[1],
        title,
        "; ".join(filter(None, ["above: the latent point", _explained(decoded)])),
    )
    height, width = cell[0] + gap, cell[1] + gap
    for index, code in enumerate(decoded.codes):
        middle = column[index] * width + gap + cell[1] / 2 - 0.5
        point = "(" + ", ".join(f"{value:.3g}" for value in code) + ")"
        axes.text(middle, row[index] * height + gap - 1, point, ha="center", fontsize=8, color=INK)
        _caption(axes, middle, (row[index] + 1) * height, decoded.take((index,)), names)
    return figure


def rows_of(pictures, shape: tuple[int, int], title: str) -> Figure:
    """Pictures `(pictures, pixels)` in rows of ten."""
    padded = with_blanks(pictures, ACROSS)
    image = mosaic(padded.reshape(-1, ACROSS, *shape), gap=2)
    return show_pixels(image, 7.5 / image.shape[1], title)[0]


def with_blanks(pictures: np.ndarray, across: int) -> np.ndarray:
    """`pictures` `(pictures, pixels)` and empty ones behind them, so that rows of `across` are full."""
    return np.concatenate([pictures, np.full((-len(pictures) % across, pictures.shape[1]), np.nan)])


def _gap(cell) -> int:
    """Pixels between pictures of a `cell`, wide enough for the lines of text above and below them."""
    return max(4, cell[1] - 2)


def _explained(decoded: Decoded) -> str:
    """What the captions say, if there are any."""
    if decoded.nearest is None:
        return ""
    return "below: the nearest known picture, and how many pixels differ"


def _caption(axes, x, y, point: Decoded, names: list[str]) -> None:
    """The nearest known picture below a drawing, and how far from it the drawing is."""
    if point.nearest is not None:
        name, distance = names[point.nearest], point.distance
        text = name if distance == 0 else f"{name} +{distance}"
        axes.text(x, y + 0.8, text, ha="center", fontsize=8, color=GREY, parse_math=False)
