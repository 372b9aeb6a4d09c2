"""Pieces of tables with a row a pixel."""

from collections.abc import Iterable, Iterator

import numpy as np

from runner.result.decoding import Decoded
from runner.result.result import Result
from runner.storage.csv_text import number_texts, places_of_pixels

PIXEL = ["row", "column", "value"]
# A table with more characters than this is too large to be sent, attached or opened.
LARGEST_TABLE = 50_000_000
# Characters that a number takes with its comma, and the place and the value of a pixel.
NUMBER, PIXEL_WIDTH = 20, 30


def axis_names(result: Result) -> list[str]:
    """`z1`, `z2`, … for each latent number."""
    return latent_names(result.model.latent_size)


def latent_names(size: int) -> list[str]:
    """`z1`, `z2`, … for so many latent numbers."""
    return [f"z{i + 1}" for i in range(size)]


def fitting_step(pictures: int, pixels: int, columns: int, head: int = 0) -> int:
    """1, or where all pixels of so many pictures make too large a table, which n-th rows and columns fit.

    The pictures have so many `pixels` and are so many `columns` wide; before each pixel stand about `head`
    characters.
    """
    step, most = 1, LARGEST_TABLE // (pictures * (head + PIXEL_WIDTH) or 1)
    while step < pixels and -(-columns // step) * -(-pixels // columns // step) > most:
        step += 1
    return step


def pixel_rows(picture: np.ndarray, columns: int, step: int = 1) -> Iterator[tuple]:
    """Row, column and value of the pixels of a picture `(pixels,)` that is so many `columns` wide.

    With a `step` they are those of every n-th row and column.
    """
    rows, across = places_of_pixels(len(picture), columns)
    if step > 1:
        listed = np.arange(len(picture)).reshape(-1, columns)[::step, ::step].ravel()
        rows, across = ([texts[pixel] for pixel in listed] for texts in (rows, across))
        picture = picture[listed]
    return zip(rows, across, number_texts(picture), strict=True)


def decoded_header(decoded: Decoded) -> list[str]:
    """The columns of `decoded_rows`."""
    near = [] if decoded.nearest is None else ["nearest", "nearest_distance"]
    return [*latent_names(decoded.codes.shape[-1]), *near, *PIXEL]


def decoded_rows(
    decoded: Decoded, names: list[str], columns: int, places: Iterable[tuple[int, ...]]
) -> Iterator[tuple]:
    """For each place a row a pixel: the place, the code, the nearest known picture, and the pixel.

    `names` are those of the known pictures, `columns` the width of a picture. Of pictures that are too
    large for a table every n-th row and column is listed.
    """
    count, pixels = decoded.codes[..., 0].size, decoded.pictures.shape[-1]
    step = fitting_step(count, pixels, columns, head=NUMBER * (decoded.codes.shape[-1] + 1))
    for place in places:
        here = decoded.take(place)
        head = [*map(str, place), *number_texts(here.codes)]
        if here.nearest is not None and here.distance is not None:
            head += [names[here.nearest], str(here.distance)]
        for pixel in pixel_rows(here.pictures, columns, step):
            yield (*head, *pixel)
