"""Tables as text and back: RFC 4180, but with bare line feeds; floats in their shortest exact form."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np

from images.pixels.colors import CHANNELS

CellValue = str | int | float | None
Columns = dict[str, np.ndarray]
# These are text whatever is in them: a file may be called 001.
TEXT_COLUMNS = frozenset(
    ("name", "character", "code_point", "class_name", "kind", "pair", "from", "to", "nearest", "channel")
)


class Alike(NamedTuple):
    """Rows that begin with the same cells, and how each goes on: its other cells, as a table has them.

    A table with a row a pixel takes a fifth of the time that it takes row by row.
    """

    head: Sequence[CellValue]
    tails: list[str]

    def text(self) -> str:
        """The lines of the rows; there must be some, with a head."""
        line = io.StringIO()
        csv.writer(line, lineterminator=",").writerow(self.head)
        head = line.getvalue()
        return head + f"\n{head}".join(self.tails) + "\n"


Table = tuple[list[str], Iterable[Iterable[CellValue] | Alike]]


def csv_text(table: Table) -> str:
    """The header and the rows of a table; what is None becomes an empty cell."""
    header, rows = table
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        if isinstance(row, Alike):
            text.write(row.text())
        else:
            writer.writerow(row)
    return text.getvalue()


def columns_of(text: str, names: Sequence[str] = ()) -> Columns:
    """The columns of a table by name, arrays `(rows,)`: int64 or float64, or text; all, or those named.

    An empty cell is NaN among numbers and empty text among texts.
    """
    header, *rows = csv.reader(io.StringIO(text))
    cells = zip(*rows, strict=True) if rows else ((),) * len(header)
    by_name = dict(zip(header, cells, strict=True))
    return {name: _column(name, by_name[name]) for name in names or header}


def _column(name: str, cells: Sequence[str]) -> np.ndarray:
    texts = np.array(cells, dtype=str)
    if name in TEXT_COLUMNS:
        return texts
    try:
        return texts.astype(np.int64)
    except ValueError:  # an empty cell, or a number that is not whole
        return np.where(texts == "", "nan", texts).astype(np.float64)


def number_texts(numbers: np.ndarray) -> list[str]:
    """Numbers `(n,)` as texts, each as short as its own precision allows."""
    if numbers.dtype == np.float64:
        return list(map(repr, numbers.tolist()))
    return numbers.astype(str).tolist()


@cache
def places_of_pixels(cell: tuple[int, ...], step: int = 1) -> list[str]:
    """Row and column of each pixel of a picture of `cell`, and in colour the channel, as cells of a row.

    With a `step` they are those of every n-th row and column.
    """
    rows, columns = (range(0, size, step) for size in cell[:2])
    channels = CHANNELS[: cell[2]] if len(cell) > 2 else ()
    return [",".join(map(str, place)) for place in product(rows, columns, *[channels] * bool(channels))]
