"""Tables of a result, read back as another program would read them."""

import csv
import io

import pandas

from runner.storage.csv_text import csv_text


def cells(table) -> list[dict[str, str]]:
    """The rows of a table by column, as texts."""
    return list(csv.DictReader(io.StringIO(csv_text(table))))


def read(table) -> pandas.DataFrame:
    """The table by column, every number exactly as it was written."""
    rows = cells(table)
    return pandas.DataFrame({key: [number_or_text(row[key]) for row in rows] for key in rows[0]})


def number_or_text(cell):
    try:
        return float(cell)
    except ValueError:
        return cell
