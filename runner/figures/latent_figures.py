"""Pictures of a latent space: where codes lie, and what is decoded between them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from runner.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    in_rows,
    mosaic,
    new_figure,
    picture_grid,
    rectangles,
    show_pixels,
    spread,
)
from runner.font_model import Decoded

LEVELS_ON_A_LINE = 6


def plane_labels(latent_size: int) -> tuple[str, str]:
    """The names of the two axes of the latent map."""
    if latent_size == 1:
        return "z1", ""
    if latent_size == 2:
        return "z1", "z2"
    return "first principal component of the codes", "second principal component"


def latent_map(places, names, not_learned, wanted, labels) -> Figure:
    """Where the code of every character lies, with the points that were asked for."""
    figure, axes = _plane("Latent space: one point a character", labels)
    axes.scatter(
        places[:, 0], places[:, 1], s=14, c=np.where(not_learned, ORANGE, BLUE), linewidths=0, zorder=3
    )
    legend = [Line2D([], [], marker="o", linestyle="", color=BLUE, label="learned")]
    if not_learned.any():
        legend.append(Line2D([], [], marker="o", linestyle="", color=ORANGE, label="with wrong pixels"))
    if len(wanted):
        axes.scatter(wanted[:, 0], wanted[:, 1], s=90, marker="+", color=GREEN, linewidths=2)
        legend.append(Line2D([], [], marker="+", linestyle="", color=GREEN, label="generated"))
    axes.legend(
        handles=legend,
        frameon=False,
        fontsize=9,
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=3,
        borderpad=0,
        columnspacing=1,
        handlelength=1,
        handletextpad=0.4,
    )
    spots = _beside(axes, places, (15, 13), offset=(6, 7))
    for name, missed, spot in zip(names, not_learned, spots, strict=True):
        color = ORANGE if missed else INK
        axes.text(
            spot[0], spot[1], name, fontsize=10, color=color, ha="center", va="center", parse_math=False
        )
    return figure


def latent_glyphs(places, pixels, cell, labels) -> Figure:
    """Every character drawn at its code, or beside it where the codes lie too close."""
    figure, axes = _plane("Latent space: each character at its code", labels)
    height = 22.0
    size = (height * cell[1] / cell[0], height)
    spots = _beside(axes, places, (size[0] + 6, size[1] + 6))
    axes.scatter(places[:, 0], places[:, 1], s=8, color=BLUE, linewidths=0)
    axes.add_collection(LineCollection(list(zip(places, spots, strict=True)), colors=BLUE, linewidths=0.7))
    inverse, dots = axes.transData.inverted(), figure.dpi / 72
    point = inverse.transform((dots, dots)) - inverse.transform((0, 0))
    side, margin = point * height / cell[0], 2 * point
    corners = spots - side * (cell[1] / 2, cell[0] / 2)
    size = side * (cell[1], cell[0]) + 2 * margin
    paper = rectangles(corners - margin, size, "white", edgecolors=GREY, linewidths=0.5, zorder=3)
    axes.add_collection(paper)
    index, row, column = np.nonzero(pixels.reshape(-1, *cell) > 0.5)
    ink = corners[index] + side * np.stack([column, cell[0] - 1 - row], axis=1)
    axes.add_collection(rectangles(ink, side, INK, edgecolors=INK, linewidths=0.2, zorder=4))
    return figure


def decoded_grid(decoded: Decoded, places, cell, labels) -> Figure:
    """What the decoder draws at each point of a grid over the latent plane."""
    title = "The decoder's pictures across the latent space"
    return picture_grid(decoded.pictures, places, cell, labels, title)


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
        "below each picture: the nearest character, and how many pixels differ from it",
    )
    height, width = cell[0] + gap, cell[1] + gap
    for row, title in enumerate(titles):
        axes.text(gap - 0.5, row * height + gap - 1.2, title, fontsize=9, color=INK, parse_math=False)
        for step, (index, distance) in enumerate(
            zip(decoded.nearest[row], decoded.distance[row], strict=True), start=1
        ):
            _caption(
                axes,
                step * width + gap + cell[1] / 2 - 0.5,
                (row + 1) * height,
                names[index],
                distance,
            )
    return figure


def decoded_points(decoded: Decoded, names, cell, title: str) -> Figure:
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
        "above: the latent point; below: the nearest character, and how many pixels differ from it",
    )
    height, width = cell[0] + gap, cell[1] + gap
    for index, code in enumerate(decoded.codes):
        middle = column[index] * width + gap + cell[1] / 2 - 0.5
        point = "(" + ", ".join(f"{value:.3g}" for value in code) + ")"
        axes.text(middle, row[index] * height + gap - 1, point, ha="center", fontsize=8, color=INK)
        nearest, distance = names[decoded.nearest[index]], decoded.distance[index]
        _caption(axes, middle, (row[index] + 1) * height, nearest, distance)
    return figure


def _gap(cell) -> int:
    """Pixels between pictures of a `cell`, wide enough for the lines of text above and below them."""
    return max(4, cell[1] - 2)


def _caption(axes, x, y, name, distance) -> None:
    """The nearest character below a picture, and how far from it the picture is."""
    text = name if distance == 0 else f"{name} +{distance}"
    axes.text(x, y + 0.8, text, ha="center", fontsize=8, color=GREY, parse_math=False)


def _plane(title: str, labels: tuple[str, str]) -> tuple[Figure, Axes]:
    """An empty map; a latent space of one dimension needs a strip only, and no room for a second label."""
    is_strip = not labels[1]
    figure, axes = new_figure((8, 4.0), title, left=0.2) if is_strip else new_figure((8, 7.2), title)
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.margins(0.07)
    axes.grid(color=PALE)
    axes.set_axisbelow(True)
    if is_strip:
        axes.set_yticks([])
        axes.set_ylim(-0.1, 1)
    return figure, axes


def _beside(axes, places, size, offset=(0, 0)) -> np.ndarray:
    """Where to draw boxes of `size` points, `offset` from their `places`, so that none covers another.

    Fixes the limits of the axes, because the answer holds for these alone.
    """
    axes.update_datalim(places)
    axes.autoscale_view()
    axes.set_autoscale_on(False)
    points = axes.transData.transform(places) * 72 / axes.figure.dpi + offset
    if not places[:, 1].any():  # all on one line: stack them in turn
        level = places[:, 0].argsort().argsort() % LEVELS_ON_A_LINE
        points[:, 1] += (level + 0.7) * 1.15 * size[1]
    spots = spread(points, size) * axes.figure.dpi / 72
    return axes.transData.inverted().transform(spots)
