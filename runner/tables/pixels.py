"""Pieces of tables with a row a pixel."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from runner.data import Cell, channels_of
from runner.result.decoding import Decoded
from runner.result.result import Result
from runner.storage.csv_text import Alike, CellValue, number_texts, places_of_pixels

# Places in an array of decoded pictures, and the cells that a table has for each.
Places = Mapping[tuple[int, ...], Sequence[CellValue]]
# A table with more characters than this is too large to be sent, attached or opened.
LARGEST_TABLE = 50_000_000
# Characters that a number takes with its comma, the place and the value of a pixel, and its channel.
NUMBER, PIXEL_WIDTH, CHANNEL_WIDTH = 20, 30, 6


def axis_names(result: Result) -> list[str]:
    """`z1`, `z2`, … for each latent number."""
    return latent_names(result.model.latent_size)


def latent_names(size: int) -> list[str]:
    """`z1`, `z2`, … for so many latent numbers."""
    return [f"z{i + 1}" for i in range(size)]


def fitting_step(pictures: int, cell: Cell, head: int = 0) -> int:
    """1, or where all pixels of so many pictures make too large a table, which n-th rows and columns fit.

    Before each pixel stand about `head` characters.
    """
    rows, columns = cell[:2]
    channels = channels_of(cell)
    width = head + PIXEL_WIDTH + CHANNEL_WIDTH * (channels > 1)
    step, most = 1, LARGEST_TABLE // (pictures * channels * width or 1)
    while step < max(rows, columns) and -(-columns // step) * -(-rows // step) > most:
        step += 1
    return step


def pixel_header(cell: Cell) -> list[str]:
    """The columns of `pixel_tails`."""
    return ["row", "column", *["channel"] * (len(cell) > 2), "value"]


def pixel_tails(picture: np.ndarray, cell: Cell, step: int = 1) -> list[str]:
    """Row, column and value of the pixels of a picture `(pixels,)`, in colour those of each channel.

    With a `step` they are those of every n-th row and column.
    """
    values = number_texts(picture.reshape(cell)[::step, ::step].ravel())
    places = places_of_pixels(cell, step)
    return [f"{place},{value}" for place, value in zip(places, values, strict=True)]


def decoded_header(decoded: Decoded, cell: Cell) -> list[str]:
    """The columns of `decoded_rows`."""
    near = [] if decoded.nearest is None else ["nearest", "nearest_distance"]
    given = [] if decoded.class_names is None else ["class_name"]
    return [*latent_names(decoded.codes.shape[-1]), *given, *near, *pixel_header(cell)]


def decoded_rows(decoded: Decoded, names: list[str], cell: Cell, places: Places) -> Iterator[Alike]:
    """For each place a row a pixel: what is said of the place, code, class, nearest picture, pixel.

    `names` are those of the known pictures, `cell` is that of a picture. Of pictures that are too large
    for a table every n-th row and column is listed.
    """
    count = decoded.codes[..., 0].size
    step = fitting_step(count, cell, head=NUMBER * (decoded.codes.shape[-1] + 1))
    for place, said in places.items():
        here = decoded.take(place)
        head = [*said, *number_texts(here.codes)]
        if here.class_names is not None:
            head.append(str(here.class_names))
        if here.nearest is not None and here.distance is not None:
            head += [names[here.nearest], str(here.distance)]
        yield Alike(head, pixel_tails(here.pictures, cell, step))
