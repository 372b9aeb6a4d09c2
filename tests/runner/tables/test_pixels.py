"""The pieces of tables with a row a pixel."""

from math import prod

import numpy as np
import pytest

from runner.result.decoding import Decoded
from runner.storage.csv_text import csv_text
from runner.tables.pixels import (
    LARGEST_TABLE,
    axis_names,
    decoded_header,
    decoded_rows,
    fitting_step,
    latent_names,
    pixel_header,
    pixel_tails,
)


def test_latent_numbers_are_counted_from_one(default_result, denoising_result):
    assert latent_names(3) == ["z1", "z2", "z3"]
    assert axis_names(default_result) == ["z1", "z2"]
    assert axis_names(denoising_result) == ["z1", "z2", "z3", "z4"]


def test_a_picture_is_its_pixels_row_by_row_as_short_as_they_are_exact():
    rows = [
        tail.split(",") for tail in pixel_tails(np.array([0.1, 1, 0, 1 / 3, 0.5, 0.25], np.float32), (3, 2))
    ]
    assert [row[:2] for row in rows] == [[r, c] for r in "012" for c in "01"]
    assert [row[2] for row in rows] == ["0.1", "1.0", "0.0", "0.33333334", "0.5", "0.25"]
    assert pixel_tails(np.array([1 / 3]), (1, 1)) == ["0,0,0.3333333333333333"]


CODES = np.array([[[0.0, 1.0], [2.0, 3.0]]])
PICTURES = np.array([[[0.0, 0.5, 1.0, 0.25], [1.0, 1.0, 0.0, 0.0]]])


def test_each_place_has_its_code_the_nearest_picture_and_its_pixels():
    decoded = Decoded(CODES, PICTURES, np.array([[1, 0]]), np.array([[0, 3]]))
    header = ["z1", "z2", "nearest", "nearest_distance", "row", "column", "value"]
    assert decoded_header(decoded, (2, 2)) == header
    places = {(0, 1): ("left, up", 1), (0, 0): ("b", 2)}
    lines = csv_text((["", *header], decoded_rows(decoded, ["a", "b"], (2, 2), places))).splitlines()[1:]
    assert len(lines) == 8
    assert lines[0] == '"left, up",1,2.0,3.0,a,3,0,0,1.0'
    assert lines[-1] == "b,2,0.0,1.0,b,0,1,1,0.25"


def test_where_nothing_is_known_nothing_is_near():
    decoded = Decoded(CODES, PICTURES, None, None)
    assert decoded_header(decoded, (1, 4)) == ["z1", "z2", "row", "column", "value"]
    (rows,) = decoded_rows(decoded, [], (1, 4), {(0, 0): (7,)})
    assert rows.head == [7, "0.0", "1.0"]
    assert rows.tails == ["0,0,0.0", "0,1,0.5", "0,2,1.0", "0,3,0.25"]


def test_with_a_step_every_nth_row_and_column_is_listed_under_its_own_number():
    picture = np.arange(20.0)
    assert pixel_tails(picture, (4, 5), 3) == ["0,0,0.0", "0,3,3.0", "3,0,15.0", "3,3,18.0"]
    assert pixel_tails(picture, (4, 5), 99) == ["0,0,0.0"]


def test_all_pixels_are_listed_where_they_fit():
    assert fitting_step(225, (28, 28), head=60) == 1
    assert fitting_step(0, (28, 28)) == 1
    assert fitting_step(225, (128, 128), head=60) == 3


def test_a_picture_in_colour_has_a_row_for_each_channel_of_a_pixel():
    cell, picture = (2, 1, 3), np.arange(6.0)
    assert pixel_header(cell) == ["row", "column", "channel", "value"]
    assert pixel_tails(picture, cell)[2:4] == ["0,0,blue,2.0", "1,0,red,3.0"]
    assert pixel_tails(picture, cell, 2) == ["0,0,red,0.0", "0,0,green,1.0", "0,0,blue,2.0"]


@pytest.mark.parametrize("channels", [(), (3,)])
@pytest.mark.parametrize(("side", "latent"), [(28, 2), (64, 16), (128, 2), (256, 64), (2000, 2)])
def test_no_grid_is_larger_than_a_table_may_be(side, latent, channels):
    random, cell = np.random.default_rng(0), (side, side, *channels)
    codes, picture = random.normal(size=(15, 15, latent)), random.random((1, prod(cell)))
    decoded = Decoded(codes, np.broadcast_to(picture, (225, prod(cell))).reshape(15, 15, -1), None, None)
    # Each picture takes as much as the first.
    (one,) = decoded_rows(decoded, [], cell, {(0, 0): (0, 0)})
    assert 225 * len(csv_text((decoded_header(decoded, cell), [one]))) < 1.05 * LARGEST_TABLE
    assert one.tails[0].startswith("0,0,")
