"""Tables as text: RFC 4180, but with bare line feeds; floats in their shortest exact form."""

import csv
import io
from collections.abc import Iterable

Table = tuple[list[str], Iterable[Iterable]]


def csv_text(table: Table) -> str:
    """The header and the rows of a table; what is None becomes an empty cell."""
    header, rows = table
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
