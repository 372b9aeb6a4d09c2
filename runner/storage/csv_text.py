"""Tables as text: RFC 4180, but with bare line feeds; floats in their shortest exact form."""

import csv
import io
from collections.abc import Iterable
from functools import cache

import numpy as np

Table = tuple[list[str], Iterable[Iterable]]


def csv_text(table: Table) -> str:
    """The header and the rows of a table; what is None becomes an empty cell."""
    header, rows = table
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def number_texts(numbers: np.ndarray) -> list[str]:
    """Numbers `(n,)` as texts, each as short as its own precision allows."""
    if numbers.dtype == np.float64:
        return list(map(repr, numbers.tolist()))
    return numbers.astype(str).tolist()


@cache
def places_of_pixels(pixels: int, columns: int) -> tuple[list[str], list[str]]:
    """The row and the column of each pixel of a picture, as texts."""
    rows, across = np.divmod(np.arange(pixels), columns)
    return rows.astype(str).tolist(), across.astype(str).tolist()
