"""Tables of what a decoder draws where nobody put a picture: a row a pixel."""

import numpy as np

from runner.data import Cell
from runner.result.decoding import Decoded
from runner.result.result import Result
from runner.storage.csv_text import Table
from runner.tables.pixels import Places, decoded_header, decoded_rows


def interpolations(result: Result) -> Table:
    """The points between the closest, the median and the farthest pair of codes."""
    names, decoded = result.data.judged.names, result.between
    places: Places = {
        (index, at): (pair.kind, names[pair.first], names[pair.second], at + 1)
        for index, pair in enumerate(result.pairs)
        for at in range(decoded.codes.shape[1])
    }
    header = ["pair", "from", "to", "step", *decoded_header(decoded, result.data.cell)]
    return header, decoded_rows(decoded, names, result.data.cell, places)


def generated(result: Result) -> Table:
    """The points that `generate` asks for."""
    return decoded_points(result.generated, result.data.judged.names, result.data.cell)


def decoded_points(decoded: Decoded, names: list[str], cell: Cell) -> Table:
    """Latent points `(points,)` and their pictures of a `cell`."""
    places: Places = {(point,): (point,) for point in range(len(decoded.codes))}
    return ["point", *decoded_header(decoded, cell)], decoded_rows(decoded, names, cell, places)


def grid(result: Result) -> Table:
    """The region of the codes, decoded on a grid; `grid_row` 0 is the top."""
    decoded, names, cell = result.grid, result.data.judged.names, result.data.cell
    # Of classes, which come first, the rows have the names.
    places: Places = {place: place[-2:] for place in np.ndindex(decoded.codes.shape[:-1])}
    header = ["grid_row", "grid_column", *decoded_header(decoded, cell)]
    return header, decoded_rows(decoded, names, cell, places)
