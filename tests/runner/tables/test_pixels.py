"""The pieces of tables with a row a pixel."""

import numpy as np

from runner.result.decoding import Decoded
from runner.tables.pixels import axis_names, decoded_header, decoded_rows, latent_names, pixel_rows


def test_latent_numbers_are_counted_from_one(default_result, denoising_result):
    assert latent_names(3) == ["z1", "z2", "z3"]
    assert axis_names(default_result) == ["z1", "z2"]
    assert axis_names(denoising_result) == ["z1", "z2", "z3", "z4"]


def test_a_picture_is_its_pixels_row_by_row_as_short_as_they_are_exact():
    rows = list(pixel_rows(np.array([0.1, 1, 0, 1 / 3, 0.5, 0.25], np.float32), 2))
    assert [row[:2] for row in rows] == [(r, c) for r in "012" for c in "01"]
    assert [row[2] for row in rows] == ["0.1", "1.0", "0.0", "0.33333334", "0.5", "0.25"]
    ((*_, double),) = pixel_rows(np.array([1 / 3]), 1)
    assert double == "0.3333333333333333"


CODES = np.array([[[0.0, 1.0], [2.0, 3.0]]])
PICTURES = np.array([[[0.0, 0.5, 1.0, 0.25], [1.0, 1.0, 0.0, 0.0]]])


def test_each_place_has_its_code_the_nearest_picture_and_its_pixels():
    decoded = Decoded(CODES, PICTURES, np.array([[1, 0]]), np.array([[0, 3]]))
    assert decoded_header(decoded) == ["z1", "z2", "nearest", "nearest_distance", "row", "column", "value"]
    rows = list(decoded_rows(decoded, ["a", "b"], 2, [(0, 1), (0, 0)]))
    assert len(rows) == 8
    assert rows[0] == ("0", "1", "2.0", "3.0", "a", "3", "0", "0", "1.0")
    assert rows[-1] == ("0", "0", "0.0", "1.0", "b", "0", "1", "1", "0.25")


def test_where_nothing_is_known_nothing_is_near():
    decoded = Decoded(CODES, PICTURES, None, None)
    assert decoded_header(decoded) == ["z1", "z2", "row", "column", "value"]
    assert next(decoded_rows(decoded, [], 4, [(0, 0)])) == ("0", "0", "0.0", "1.0", "0", "0", "0.0")
