"""Tables as text and back: RFC 4180, but with bare line feeds; floats in their shortest exact form."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from images.pixels.colors import CHANNELS

Table = tuple[list[str], Iterable[Iterable]]
Columns = dict[str, np.ndarray]
# These are text whatever is in them: a file may be called 001.
TEXT_COLUMNS = frozenset(
    ("name", "character", "code_point", "class_name", "kind", "pair", "from", "to", "nearest", "channel")
)


def csv_text(table: Table) -> str:
    """The header and the rows of a table; what is None becomes an empty cell."""
    header, rows = table
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def columns_of(text: str) -> Columns:
    """The columns of a table by name, arrays `(rows,)`: int64 or float64, or text.

    An empty cell is NaN among numbers and empty text among texts.
    """
    header, *rows = csv.reader(io.StringIO(text))
    cells = zip(*rows, strict=True) if rows else ((),) * len(header)
    return {name: _column(name, of_name) for name, of_name in zip(header, cells, strict=True)}


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
def places_of_pixels(cell: tuple[int, ...]) -> list[np.ndarray]:
    """Row and column of each pixel of a picture as texts, and in colour the channel; of `cell` each."""
    rows, columns, *channels = np.indices(cell)
    texts = [rows.astype(str), columns.astype(str), *(np.array(CHANNELS)[each] for each in channels)]
    return [text.astype(object) for text in texts]
