"""Pieces of tables with a row a pixel."""

from collections.abc import Iterable, Iterator

import numpy as np

from runner.result.decoding import Decoded
from runner.result.result import Result
from runner.storage.csv_text import number_texts, places_of_pixels

PIXEL = ["row", "column", "value"]


def axis_names(result: Result) -> list[str]:
    """`z1`, `z2`, … for each latent number."""
    return latent_names(result.model.latent_size)


def latent_names(size: int) -> list[str]:
    """`z1`, `z2`, … for so many latent numbers."""
    return [f"z{i + 1}" for i in range(size)]


def pixel_rows(picture: np.ndarray, columns: int) -> Iterator[tuple]:
    """Row, column and value of each pixel of a picture `(pixels,)` that is so many `columns` wide."""
    return zip(*places_of_pixels(len(picture), columns), number_texts(picture), strict=True)


def decoded_header(decoded: Decoded) -> list[str]:
    """The columns of `decoded_rows`."""
    near = [] if decoded.nearest is None else ["nearest", "nearest_distance"]
    return [*latent_names(decoded.codes.shape[-1]), *near, *PIXEL]


def decoded_rows(
    decoded: Decoded, names: list[str], columns: int, places: Iterable[tuple[int, ...]]
) -> Iterator[tuple]:
    """For each place a row a pixel: the place, the code, the nearest known picture, and the pixel.

    `names` are those of the known pictures, `columns` the width of a picture.
    """
    for place in places:
        here = decoded.take(place)
        head = [*map(str, place), *number_texts(here.codes)]
        if here.nearest is not None and here.distance is not None:
            head += [names[here.nearest], str(here.distance)]
        for pixel in pixel_rows(here.pictures, columns):
            yield (*head, *pixel)
