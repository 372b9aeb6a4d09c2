"""Maps of a latent space: where the codes lie."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from runner.figures.style import (
    BLUE,
    CLASS_COLORS,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PIXEL_COLORS,
    new_figure,
    rectangles,
    spread,
    text_width,
)

LEVELS_ON_A_LINE = 6
GLYPH_HEIGHT = 22.0  # points
# Areas of dots in square points; of few dots each should be seen.
SMALL_DOT, LARGE_DOT, MOST_LARGE_DOTS = 4, 24, 1000


def labelled_map(places, names, missed, wanted, labels, noun) -> Figure:
    """Where the code of each of few pictures lies, with the points `wanted` that were asked for.

    `missed` `(pictures,)` says which were drawn with wrong pixels; None where none can be wrong.
    """
    figure, axes = _plane(f"Latent space: one point a{'n' * (noun[0] in 'aeiou')} {noun}", labels)
    not_learned = np.zeros(len(places), bool) if missed is None else missed
    axes.scatter(
        places[:, 0], places[:, 1], s=14, c=np.where(not_learned, ORANGE, BLUE), linewidths=0, zorder=3
    )
    legend = []
    if missed is not None:
        legend.append(Line2D([], [], marker="o", linestyle="", color=BLUE, label="learned"))
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
    for name, is_missed, spot in zip(names, not_learned, spots, strict=True):
        color = ORANGE if is_missed else INK
        axes.text(
            spot[0], spot[1], name, fontsize=10, color=color, ha="center", va="center", parse_math=False
        )
    return figure


def glyph_map(places, pixels, cell, labels, noun) -> Figure:
    """Each of few pictures drawn at its code, or beside it where the codes lie too close."""
    figure, axes = _plane(f"Latent space: each {noun} at its code", labels)
    size = (GLYPH_HEIGHT * cell[1] / cell[0], GLYPH_HEIGHT)
    spots = _beside(axes, places, (size[0] + 6, size[1] + 6))
    axes.scatter(places[:, 0], places[:, 1], s=8, color=BLUE, linewidths=0)
    axes.add_collection(LineCollection(list(zip(places, spots, strict=True)), colors=BLUE, linewidths=0.7))
    inverse, dots = axes.transData.inverted(), figure.dpi / 72
    point = inverse.transform((dots, dots)) - inverse.transform((0, 0))
    side, margin = point * GLYPH_HEIGHT / cell[0], 2 * point
    corners = spots - side * (cell[1] / 2, cell[0] / 2)
    paper = rectangles(
        corners - margin,
        side * (cell[1], cell[0]) + 2 * margin,
        "white",
        edgecolors=GREY,
        linewidths=0.5,
        zorder=3,
    )
    axes.add_collection(paper)
    _draw_glyphs(axes, corners, pixels.reshape(-1, *cell), side)
    return figure


def _draw_glyphs(axes: Axes, corners, pictures, side) -> None:
    """Draw `pictures` `(pictures, rows, columns)` from their lower left `corners` on, pixel by pixel."""
    rows, columns = pictures.shape[1:]
    if np.isin(pictures, (0, 1)).all():
        index, row, column = np.nonzero(pictures > 0.5)
        ink = corners[index] + side * np.stack([column, rows - 1 - row], axis=1)
        axes.add_collection(rectangles(ink, side, INK, edgecolors=INK, linewidths=0.2, zorder=4))
        return
    limits = axes.get_xlim(), axes.get_ylim()
    for (left, bottom), picture in zip(corners, pictures, strict=True):
        extent = (left, left + side[0] * columns, bottom, bottom + side[1] * rows)
        axes.imshow(picture, PIXEL_COLORS, vmin=0, vmax=1, extent=extent, aspect="auto", zorder=4)
    axes.set(xlim=limits[0], ylim=limits[1])


def class_map(places, labels, class_names, plane: tuple[str, str], title: str) -> Figure:
    """The code of each picture, coloured by class; a class's name stands at its median."""
    figure, axes = _dots(plane, title, right=0.6 + text_width(class_names))
    size = SMALL_DOT if len(places) > MOST_LARGE_DOTS else LARGE_DOT
    for label, name in enumerate(class_names):
        members = places[labels == label]
        if not len(members):
            continue
        color = CLASS_COLORS[label % len(CLASS_COLORS)]
        looks = {"color": color, "alpha": 0.6, "linewidths": 0, "label": name}
        axes.scatter(members[:, 0], members[:, 1], s=size, **looks)
        x, y = np.median(members, axis=0)
        box = {"facecolor": "white", "edgecolor": color, "pad": 1.5, "alpha": 0.85}
        axes.text(x, y, name.removeprefix("digit "), fontsize=9, color=INK, ha="center", bbox=box)
    axes.legend(
        frameon=False, fontsize=9, markerscale=8 / size**0.5, loc="upper left", bbox_to_anchor=(1, 1)
    )
    return figure


def error_map(places, errors, plane: tuple[str, str], title: str) -> Figure:
    """The code of each of many pictures without classes, coloured by its error."""
    figure, axes = _dots(plane, title, right=1.2)
    dots = axes.scatter(
        places[:, 0], places[:, 1], s=4, c=errors, cmap="viridis_r", alpha=0.7, linewidths=0
    )
    bar = figure.colorbar(dots, ax=axes, label="½ Σ (output − target)²")
    bar.outline.set_visible(False)
    return figure


def _dots(plane: tuple[str, str], title: str, right: float) -> tuple[Figure, Axes]:
    figure, axes = new_figure((9, 7.6), title, right=right)
    axes.set_xlabel(plane[0])
    axes.set_ylabel(plane[1])
    axes.grid(color=PALE)
    axes.set_axisbelow(True)
    return figure, axes


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
