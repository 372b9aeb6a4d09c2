"""Sheets of small pictures: boxes of some that belong together, in rows, with texts above and below."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from runner.data import Cell
from runner.figures.grids import SEEN, finest_step, shrunk
from runner.figures.style import INK, in_rows, show_pixels, unrolled
from runner.figures.texts import caption, write

# Inches: of a pixel and of a picture at most, of a line of text, of the space between boxes, of a sheet.
PIXEL, PICTURE, LINE, SPACE = 0.09, 0.8, 0.2, 0.16
WIDTH, HEIGHT = 10.1, 21.0
# Letters in an inch of text, and boxes in a row.
LETTERS, MOST_BESIDE = 13, 10
# Points from a picture to its text.
BESIDE = 3.0


class Sheet:
    """Boxes of `shape` (down, across) pictures of a `cell`, at most `count` in a row.

    Above and below a box there is room for so many `lines` of text; it is at least `letters` letters wide.
    """

    def __init__(self, count: int, shape, cell: Cell, lines=(1, 0), letters: int = 0):
        self._whole, self._step = cell, finest_step(max(cell[:2]), PICTURE)
        self._cell = tuple(-(-side // self._step) for side in cell[:2])
        self.scale = min(PIXEL, PICTURE / max(self._cell))
        # From here on, everything is measured in pixels of the pictures; a gap between two can be seen.
        self._gap, self._space = self._pixels(SEEN), self._pixels(SPACE)
        self._head, self._foot = (self._pixels(LINE * number) * (number > 0) for number in lines)
        inner = shape[1] * (self._cell[1] + self._gap) - self._gap
        self._width = max(inner, self._pixels(letters / LETTERS))
        self._indent = self._space + (self._width - inner) // 2
        self._height = self._head + shape[0] * (self._cell[0] + self._gap) - self._gap + self._foot
        fitting = int((WIDTH / self.scale - self._space) // (self._width + self._space))
        self._across = max(1, min(MOST_BESIDE, count, fitting))
        self._down = max(1, int((HEIGHT / self.scale - self._space) // (self._height + self._space)))

    def pages(self, count: int) -> list[slice]:
        """Which of `count` boxes are on each page."""
        each = self._across * self._down
        return [slice(start, start + each) for start in range(0, count, each)]

    def show(self, boxes: np.ndarray, title: str, subtitle: str = "") -> tuple[Figure, Axes]:
        """A page of `boxes` `(boxes, down, across, pixels)`."""
        down = in_rows(len(boxes), self._across)[0]
        sides = ((self._height, down), (self._width, self._across))
        size = [number * (side + self._space) + self._space for side, number in sides]
        image = np.full([*self._whole[2:], *size], np.nan)
        rows, columns = self._cell
        for place in np.ndindex(boxes.shape[:3]):
            top, left = self.corner(*place)
            picture = unrolled(boxes[place], self._whole)
            image[..., top : top + rows, left : left + columns] = shrunk(picture, self._step)
        return show_pixels(image, self.scale, title, subtitle)

    def corner(self, box, down=0, across=0):
        """Row and column of the upper left pixel of a picture."""
        row, column = np.divmod(box, self._across)
        top = self._space + row * (self._height + self._space) + self._head
        left = self._indent + column * (self._width + self._space)
        return top + down * (self._cell[0] + self._gap), left + across * (self._cell[1] + self._gap)

    def places(self, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row and column in a picture of some of its `pixels`, as it is drawn."""
        rows, columns = np.divmod(pixels, self._whole[1])
        return rows // self._step, columns // self._step

    def write_above(self, axes: Axes, names: Sequence[str], colors: Sequence[str] | None = None) -> None:
        """Write a name in the middle above each box, or as much of it as there is room for."""
        for box, name in enumerate(names):
            color = INK if colors is None else colors[box]
            self._write(axes, *self._middle(box), self._fitting(name), color=color, ha="center")

    def write_left(self, axes: Axes, box: int, title: str) -> None:
        """Write a title above a box, from its left side on."""
        top, left = self.corner(box)
        self._write(axes, left, top, title, color=INK, ha="left")

    def write_below(self, axes: Axes, box: int, text: str, color: str) -> None:
        """Write a text in the middle below a box, or as much of it as there is room for."""
        x, top = self._middle(box)
        y = top + self._height - self._head - self._foot
        self._write(axes, x, y, self._fitting(text), below=True, color=color, ha="center")

    def _middle(self, box: int) -> tuple[float, float]:
        """The middle of a box, from the left, and the top of its pictures."""
        top, left = self.corner(box)
        return left - self._indent + self._space + self._width / 2, top

    def _fitting(self, text: str) -> str:
        return caption(text, max(3, int((self._width + self._space) * self.scale * LETTERS)))

    def _write(self, axes: Axes, x: float, y: float, text: str, below=False, **looks) -> None:
        # Pixels are as large as they are; a text keeps its distance in points.
        beside = BESIDE / 72 / self.scale
        y += beside if below else -beside
        drawn = write(axes, x - 0.5, y - 0.5, text, fontsize=8)
        drawn.set(va="top" if below else "bottom", **looks)

    def _pixels(self, inches: float) -> int:
        return max(1, round(inches / self.scale))
