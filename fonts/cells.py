"""Glyphs of different boxes in one common cell, on one baseline."""

from collections.abc import Iterable, Sequence

import numpy as np

from fonts.errors import FontError
from fonts.glyphs import Box, Drawing

LARGEST_CELL = 256
MOST_PIXELS = 2**27  # a gigabyte


def around(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around all that have pixels; None if none has."""
    cell: Box | None = None
    for box in boxes:
        if box and box.rows and box.columns:
            cell = cell | box if cell else box
    return cell


def common_cell(boxes: Iterable[Box | None]) -> Box:
    """The box around all. Raises FontError if there is none, or one too large to be learned."""
    cell = around(boxes)
    if cell is None:
        raise FontError("has no ink and states no cell, so that there is nothing to learn")
    if max(cell.rows, cell.columns) > LARGEST_CELL:
        raise FontError(f"a cell of {cell} pixels is too large: at most {LARGEST_CELL}×{LARGEST_CELL}")
    return cell


def placed(drawings: Sequence[Drawing], cell: Box) -> np.ndarray:
    """The pixels of trimmed drawings in a cell that holds them, `(glyphs, rows * columns)`, 0…1.

    Raises FontError if they are too many.
    """
    if len(drawings) * cell.rows * cell.columns > MOST_PIXELS:
        raise FontError(f"{len(drawings):,} glyphs of {cell} pixels are too many; choose some of them")
    pixels = np.zeros((len(drawings), cell.rows, cell.columns))
    for picture, drawing in zip(pixels, drawings, strict=True):
        row, column = cell.top - drawing.top, drawing.left - cell.left
        rows, columns = drawing.pixels.shape
        picture[row : row + rows, column : column + columns] = drawing.pixels
    return pixels.reshape(len(drawings), -1)
