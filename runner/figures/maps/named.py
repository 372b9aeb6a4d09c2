"""Maps of a latent space on which each of few pictures is named or drawn, and of many a fair sample."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from runner.data import Cell
from runner.figures.maps.frames import MANY_BOXES, Map
from runner.figures.maps.placing import GAP, apart, at, beside
from runner.figures.style import BLUE, GREEN, GREY, INK, ORANGE, paint, rectangles, unrolled
from runner.figures.texts import Entry, add_legend, caption, dot, write

# Points: the height of the pictures on a map of so many, how wide they may be beside that, and their paper.
HEIGHTS, LOWEST, MOST_WIDE, PAPER = {MANY_BOXES: 22.0, 100: 18.0}, 14.0, 1.6, 2.0
# Points from a place to its name that need no line, which might be taken for a part of the name.
SHORTEST = 6.5
LEGEND = {"loc": "lower right", "bbox_to_anchor": (1, 1), "ncols": 3, "borderpad": 0}
TIGHT = {"columnspacing": 1, "handlelength": 1, "handletextpad": 0.4}


def labelled_map(places, names, missed, wanted, labels, noun) -> Figure:
    """Where the code of each of few pictures lies, with the points `wanted` that were asked for.

    `missed` `(pictures,)` says which were drawn with wrong pixels; None where none can be wrong.
    """
    dots = np.concatenate([places, wanted])
    drawn = Map.of(f"Latent space: one point {_a(noun)}", labels, dots, len(names))
    axes = drawn.axes
    not_learned = np.zeros(len(places), bool) if missed is None else missed
    axes.scatter(
        places[:, 0], places[:, 1], s=14, c=np.where(not_learned, ORANGE, BLUE), linewidths=0, zorder=3
    )
    if len(wanted):
        axes.scatter(wanted[:, 0], wanted[:, 1], s=90, marker="+", color=GREEN, linewidths=2, zorder=3)
    colors = np.where(not_learned, ORANGE, INK)
    texts = [
        write(axes, 0, 0, caption(name), fontsize=10, color=color, ha="center", va="center")
        for name, color in zip(names, colors, strict=True)
    ]
    rows, centres = drawn.arrange(places, drawn.measured(texts), dots, beside, SHORTEST)
    for row, spot in zip(rows, drawn.from_points(centres), strict=True):
        texts[row].set_position(spot)
    for row in np.setdiff1d(np.arange(len(texts)), rows):
        texts[row].remove()
    drawn.say(_said("named", len(rows), len(names), noun))
    add_legend(axes, _legend(missed, len(wanted) > 0), **LEGEND, **TIGHT)
    return drawn.figure


def _legend(missed: np.ndarray | None, has_wanted: bool) -> list[Entry]:
    entries: list[Entry] = []
    if missed is not None:
        entries.append((dot(BLUE), "learned"))
        if missed.any():
            entries.append((dot(ORANGE), "with wrong pixels"))
    if has_wanted:
        entries.append((dot(GREEN, "+"), "generated"))
    return entries


def glyph_map(places, pictures, cell, labels, noun) -> Figure:
    """Each of few pictures `(pictures, pixels)` at its code, or where there is no room a line away."""
    drawn = Map.of(f"Latent space: each {noun} at its code", labels, places, len(places))
    size = _size(cell, len(places))
    sizes = np.broadcast_to(size + 2 * PAPER, places.shape)
    drawn.axes.scatter(places[:, 0], places[:, 1], s=8, color=BLUE, linewidths=0)
    rows, centres = drawn.arrange(places, sizes, places, at)
    _draw(drawn, centres, pictures[rows], cell, size)
    drawn.say(_said("drawn", len(rows), len(places), noun))
    return drawn.figure


def sample_map(places, rows, pictures, cell, labels, noun) -> Figure:
    """The codes of many as dots, and of the `pictures`, those of some `rows`, what there is room for."""
    drawn = Map.of(f"Latent space: some {noun}s at their codes", labels, places, len(rows))
    drawn.axes.scatter(places[:, 0], places[:, 1], s=3, color=GREY, alpha=0.4, linewidths=0)
    size = _size(cell, MANY_BOXES)
    spots, sizes = drawn.in_points(places[rows]), np.broadcast_to(size + 2 * PAPER, (len(rows), 2))
    if drawn.is_strip:
        found, centres = drawn.arrange(places[rows], sizes, places, at)
    else:
        found = apart(spots, size + 2 * (PAPER + GAP))
        centres = spots[found]
    _draw(drawn, centres, pictures[found], cell, size)
    drawn.say(f"{len(found):,} of {len(places):,} are drawn, a fair sample")
    return drawn.figure


def _size(cell: Cell, count: int) -> np.ndarray:
    """Width and height in points of one of so many pictures of a `cell`."""
    height = next((height for most, height in HEIGHTS.items() if count <= most), LOWEST)
    return np.array([cell[1], cell[0]]) * min(height / cell[0], MOST_WIDE * height / cell[1])


def _draw(drawn: Map, centres: np.ndarray, pictures: np.ndarray, cell: Cell, size: np.ndarray) -> None:
    """Draw `pictures` `(pictures, pixels)` of a `size` around their `centres`, all in points."""
    axes = drawn.axes
    low, high = drawn.from_points(np.stack([centres - size / 2, centres + size / 2]))
    paper = drawn.from_points(np.stack([centres - size / 2 - PAPER, centres + size / 2 + PAPER]))
    looks = {"edgecolors": GREY, "linewidths": 0.5, "zorder": 3}
    axes.add_collection(rectangles(paper[0], paper[1] - paper[0], "white", **looks))
    if len(cell) == 2 and np.isin(pictures, (0, 1)).all():
        _draw_ink(axes, low, high, unrolled(pictures, cell))
        return
    limits = axes.get_xlim(), axes.get_ylim()
    for (left, bottom), (right, top), picture in zip(low, high, pictures, strict=True):
        extent = (left, right, bottom, top)
        paint(axes, unrolled(picture, cell), extent=extent, zorder=4)
    axes.set(xlim=limits[0], ylim=limits[1])


def _draw_ink(axes: Axes, low, high, pictures) -> None:
    """The set pixels of `pictures` as squares, which are as sharp as letters at any size."""
    index, row, column = np.nonzero(pictures > 0.5)
    rows, columns = pictures.shape[1:]
    side = (high - low)[index] / (columns, rows)
    corners = low[index] + side * np.stack([column, rows - 1 - row], axis=1)
    axes.add_collection(rectangles(corners, side, INK, edgecolors=INK, linewidths=0.2, zorder=4))


def _said(done: str, found: int, count: int, noun: str) -> str:
    """What is said of a map that has no room for all."""
    return "" if found == count else f"{found:,} of {count:,} {noun}s are {done}: there is no room for more"


def _a(noun: str) -> str:
    return f"a{'n' * (noun[0] in 'aeiou')} {noun}"
