"""What goes into a network and what comes out of it, picture by picture and pixel by pixel."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from runner.data import Cell
from runner.figures.sheets import Sheet
from runner.figures.style import BLUE, GREY, INK, ORANGE, PALE, in_rows, new_sheet, rectangles
from runner.figures.texts import caption, write

ACROSS = 10
# Inches of a pixel of `pixel_values` and of a row of its pictures, and how many rows there are on a page.
VALUE, ROW, MOST_ROWS = 0.07, 0.72, 28


def reconstructions(inputs, outputs, wrong, names, cell, part: str = "") -> Figure:
    """Each input beside its reconstruction; pixels that are `wrong` `(pictures, pixels)` are outlined.

    `wrong` is None where no pixel can be; `part` says which part of all pictures these are.
    """
    marked = np.zeros(inputs.shape, bool) if wrong is None else wrong
    count = int(marked.sum())
    said = f"{count} wrong pixel{'s' * (count != 1)}" if wrong is not None else ""
    said += ", outlined: they differ from the input by more than ½" if count else ""
    sheet = Sheet(len(names), (1, 2), cell)
    boxes = np.stack([inputs, outputs], axis=1)[:, None]
    title = f"Inputs (left) and reconstructions (right){part}"
    figure, axes = sheet.show(boxes, title, said)
    sheet.write_above(axes, names, np.where(marked.any(axis=1), ORANGE, INK).tolist())
    if count:
        index, pixel = np.nonzero(marked)
        y, x = sheet.corner(index, 0, 1)
        row, column = sheet.places(pixel)
        marks = axes.scatter(x + column, y + row, s=(400 * sheet.scale) ** 2 / 36, marker="s")
        marks.set(facecolor="none", edgecolor=ORANGE, linewidth=1.6)
    return figure


def denoising(boxes, names, cell, subtitle, part: str = "") -> Figure:
    """What a denoiser is given (left) and what it makes of it, `boxes` `(pictures, down, 2, pixels)`."""
    sheet = Sheet(len(names), boxes.shape[1:3], cell)
    figure, axes = sheet.show(boxes, f"Noise in (left), restored (right){part}", subtitle)
    sheet.write_above(axes, names)
    return figure


def pages(count: int, shape: tuple[int, int], cell: Cell) -> list[slice]:
    """Which of `count` pictures are on each page of the two above, with `shape` pictures in a box."""
    return Sheet(count, shape, cell).pages(count)


def reconstruction_rows(inputs, outputs, cell) -> Figure:
    """Pictures above what the network makes of them."""
    sheet = Sheet(ACROSS, (2, 1), cell, lines=(0, 0))
    boxes = np.stack([inputs, outputs], axis=1)[:, :, None]
    return sheet.show(boxes, "Inputs and, below each, its reconstruction")[0]


def pixel_values(targets, outputs, wrong, names, part: str = "") -> Figure:
    """Expected and actual value of every pixel, the ½ line between them, and the hits of each character.

    `part` says which part of all pictures these are.
    """
    characters, pixels = targets.shape
    down, row, column = in_rows(characters, values_across(pixels))
    left, bottom = column * (pixels + 6), -row * 1.9
    x = left[:, None] + np.arange(pixels)
    across = int(column.max()) + 1
    title = f"Expected and actual value of each pixel, and how many hit{part}"
    said = "expected: grey bars · actual: dots · a miss lies on the wrong side of the ½ line"
    figure, axes = new_sheet(across * (pixels + 6) * VALUE, down * ROW, title, said)
    set_pixels = np.stack(np.broadcast_arrays(x - 0.5, bottom[:, None]), axis=-1)[targets > 0.5]
    axes.add_collection(rectangles(set_pixels, 1, PALE, edgecolors=PALE))
    for height, width in ((0.5, 0.7), (0, 0.3)):
        starts = np.column_stack([left - 0.5, bottom + height])
        lines = np.stack([starts, starts + np.array([pixels, 0])], axis=1)
        axes.add_collection(LineCollection(list(lines), colors=GREY, linewidths=width))
    values = bottom[:, None] + outputs
    for mask, color in ((~wrong, BLUE), (wrong, ORANGE)):
        axes.scatter(x[mask], values[mask], s=5, color=color, linewidths=0)
    hits = pixels - wrong.sum(axis=1)
    for index, name in enumerate(names):
        text = f"{caption(name, pixels // 2)}   {hits[index]}/{pixels}"
        color = INK if hits[index] == pixels else ORANGE
        write(axes, left[index], bottom[index] + 1.12, text, fontsize=8, color=color)
    axes.set_xlim(-2, across * (pixels + 6))
    axes.set_ylim(bottom.min() - 0.25, 1.65)
    return figure


def values_across(pixels: int) -> int:
    """How many pictures of so many pixels stand beside each other in `pixel_values`."""
    return max(1, min(4, 160 // pixels))
