"""What goes into a network and what comes out of it, picture by picture and pixel by pixel."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from runner.figures.decoded import with_blanks
from runner.figures.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    in_rows,
    mosaic,
    new_figure,
    new_sheet,
    rectangles,
    show_pixels,
    text_width,
)

ACROSS = 10
# Inches: of a pixel at most, of a picture at most, of the name above it, of a sheet.
PIXEL, PICTURE, NAME, SHEET = 0.09, 0.8, 0.27, 10.1
MOST_BESIDE = 8


def reconstructions(inputs, outputs, wrong, names, cell) -> Figure:
    """Each input beside its reconstruction; pixels that are `wrong` `(pictures, pixels)` are outlined.

    `wrong` is None where no pixel can be.
    """
    marked = np.zeros(inputs.shape, bool) if wrong is None else wrong
    count = int(marked.sum())
    said = f"{count} wrong pixel{'s' * (count != 1)}"
    said += ", outlined: they differ from the input by more than ½" if count else ""
    sheet = _Sheet(len(names), (1, 2), cell)
    boxes = np.stack([inputs, outputs], axis=1)[:, None]
    title = "Inputs (left) and reconstructions (right)"
    figure, axes = sheet.show(boxes, title, said if wrong is not None else "")
    sheet.name(axes, names, np.where(marked.any(axis=1), ORANGE, INK))
    if count:
        index, row, column = np.nonzero(marked.reshape(-1, *cell))
        y, x = sheet.corner(index, 0, 1)
        axes.scatter(
            x + column,
            y + row,
            s=(400 * sheet.scale) ** 2 / 36,
            marker="s",
            facecolors="none",
            edgecolors=ORANGE,
            linewidths=1.6,
        )
    return figure


def denoising(boxes, names, cell, subtitle) -> Figure:
    """What a denoiser is given (left) and what it makes of it, `boxes` `(pictures, down, 2, pixels)`."""
    sheet = _Sheet(len(names), boxes.shape[1:3], cell)
    figure, axes = sheet.show(boxes, "Noise in (left), restored (right)", subtitle)
    sheet.name(axes, names, [INK] * len(names))
    return figure


class _Sheet:
    """Boxes of small pictures, `shape` (down, across) in each, with a name above each box."""

    def __init__(self, boxes: int, shape: tuple[int, int], cell: tuple[int, int]):
        self._cell, self._shape = cell, shape
        self.scale = min(PIXEL, PICTURE / max(cell))
        # Everything is measured in pixels of the pictures.
        self._head = max(3, round(NAME / self.scale))
        self._height = self._head + shape[0] * (cell[0] + 1)
        self._width = shape[1] * (cell[1] + 1) + 2
        self._across = max(1, min(MOST_BESIDE, int(SHEET / (self._width * self.scale))))
        self._down, self._rows, self._columns = in_rows(boxes, self._across)

    def corner(self, box, down: int, across: int):
        """Row and column of the upper left pixel of a picture."""
        top = self._rows[box] * self._height + self._head + down * (self._cell[0] + 1)
        return top, self._columns[box] * self._width + 2 + across * (self._cell[1] + 1)

    def show(self, boxes: np.ndarray, title: str, subtitle: str):
        """Figure and axes with `boxes` `(boxes, down, across, pixels)`."""
        image = np.full((self._down * self._height, self._across * self._width), np.nan)
        rows, columns = self._cell
        for box, down, across in np.ndindex(boxes.shape[:3]):
            top, left = self.corner(box, down, across)
            image[top : top + rows, left : left + columns] = boxes[box, down, across].reshape(self._cell)
        return show_pixels(image, self.scale, title, subtitle)

    def name(self, axes: Axes, names: list[str], colors) -> None:
        """Write a name above each box."""
        for index, (name, color) in enumerate(zip(names, colors, strict=True)):
            top, left = self.corner(index, 0, 0)
            middle = left + (self._width - 4) / 2
            looks = {"ha": "center", "va": "bottom", "fontsize": 8, "color": color}
            axes.text(middle, top - 0.9, name, parse_math=False, fontdict=looks)


def picture_errors(errors, missed, names, noun) -> Figure:
    """The error of each picture as a bar; `missed` ones have wrong pixels, None where none can be wrong."""
    learned = "" if missed is None else f"{int((~missed).sum())} of {len(names)} learned"
    missed = np.zeros(len(names), bool) if missed is None else missed
    size = (max(6, 0.27 * len(names) + 1.2), 3.6)
    figure, axes = new_figure(size, f"Error of each {noun}", learned, bottom=0.2 + text_width(names))
    corners = np.column_stack([np.arange(len(names)) - 0.4, np.zeros(len(names))])
    sizes = np.column_stack([np.full(len(names), 0.8), errors])
    axes.add_collection(rectangles(corners, sizes, np.where(missed, ORANGE, BLUE)))
    axes.yaxis.set_major_formatter("{x:g}")
    # Texts, not tick labels: a tick is five artists.
    axes.set_xticks([])
    looks = {"fontsize": 9, "color": INK, "rotation": 90, "ha": "center", "va": "top"}
    below = axes.get_xaxis_transform()
    for place, name in enumerate(names):
        axes.text(place, -0.02, name, transform=below, parse_math=False, fontdict=looks)
    axes.set_xlim(-0.7, len(names) - 0.3)
    axes.set_ylim(0, 1.05 * errors.max() or 1)
    axes.set_ylabel("½ Σ (output − target)²")
    return figure


def pixel_values(targets, outputs, wrong, names) -> Figure:
    """Expected and actual value of every pixel, the ½ line between them, and the hits of each character."""
    characters, pixels = targets.shape
    across = max(1, min(4, 160 // pixels))
    down, row, column = in_rows(characters, across)
    left, bottom = column * (pixels + 6), -row * 1.9
    x = left[:, None] + np.arange(pixels)
    figure, axes = new_sheet(
        across * (pixels + 6) * 0.07,
        down * 0.72,
        "Expected and actual value of each pixel, and how many of them hit",
        "expected: grey bars · actual: dots · a miss lies on the wrong side of the ½ line",
    )
    set_pixels = np.stack(np.broadcast_arrays(x - 0.5, bottom[:, None]), axis=-1)[targets > 0.5]
    axes.add_collection(rectangles(set_pixels, 1, PALE, edgecolors=PALE))
    middles = [((a - 0.5, b + 0.5), (a + pixels - 0.5, b + 0.5)) for a, b in zip(left, bottom, strict=True)]
    axes.add_collection(LineCollection(middles, colors=GREY, linewidths=0.7))
    floors = [((a - 0.5, b), (a + pixels - 0.5, b)) for a, b in zip(left, bottom, strict=True)]
    axes.add_collection(LineCollection(floors, colors=GREY, linewidths=0.3))
    values = bottom[:, None] + outputs
    for mask, color in ((~wrong, BLUE), (wrong, ORANGE)):
        axes.scatter(x[mask], values[mask], s=5, color=color, linewidths=0)
    for index, name in enumerate(names):
        hits = pixels - int(wrong[index].sum())
        axes.text(
            left[index],
            bottom[index] + 1.12,
            f"{name}   {hits}/{pixels}",
            fontsize=8,
            color=INK if hits == pixels else ORANGE,
            parse_math=False,
        )
    axes.set_xlim(-2, across * (pixels + 6))
    axes.set_ylim(bottom.min() - 0.25, 1.65)
    return figure


def reconstruction_rows(inputs, outputs, shape: tuple[int, int]) -> Figure:
    """Pictures above what the network makes of them."""
    pairs = np.stack([with_blanks(inputs, ACROSS), with_blanks(outputs, ACROSS)])
    rows = pairs.reshape(2, -1, ACROSS, *shape).swapaxes(0, 1).reshape(-1, ACROSS, *shape)
    image = mosaic(rows, gap=2)
    title = "Inputs (odd rows) and their reconstructions (even rows)"
    return show_pixels(image, 7.5 / image.shape[1], title)[0]
