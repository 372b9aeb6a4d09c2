"""What may be given to a network: any number of pictures or codes, and a sentence for everything else."""

import numpy as np
import pytest

from runner.config.errors import UserError
from runner.library.given import given_codes, given_pictures

CELL = (3, 2)


@pytest.mark.parametrize("front", [(), (1,), (5,), (2, 4), (0,)])
def test_pictures_may_be_rows_of_pixels_or_have_rows_and_columns(front):
    levels = np.random.default_rng(0).random((*front, *CELL))
    flat = levels.reshape(*front, 6)
    np.testing.assert_array_equal(given_pictures(levels, CELL), flat)
    np.testing.assert_array_equal(given_pictures(flat, CELL), flat)
    np.testing.assert_array_equal(given_pictures(flat.tolist(), CELL) if front != (0,) else flat, flat)


def test_pictures_of_colours_have_a_last_axis():
    assert given_pictures(np.zeros((4, 3, 2, 3)), (3, 2, 3)).shape == (4, 18)


@pytest.mark.parametrize(
    ("given", "dtype"),
    [
        (np.array([[0, 255, 7, 1, 1, 0]], np.uint8), np.uint8),
        (np.array([[True, False] * 3]), np.float64),
        (np.array([[0, 1] * 3]), np.float64),
        (np.ones((1, 6), np.float32), np.float32),
        (np.ones((1, 6), np.float16), np.float64),
        (np.zeros((1, 6), np.uint8), np.uint8),
    ],
)
def test_bytes_stay_bytes_and_all_else_is_a_level(given, dtype):
    taken = given_pictures(given, CELL)
    assert taken.dtype == dtype
    np.testing.assert_array_equal(taken, given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            np.zeros((2, 3)),
            "got the shape (2, 3); this network takes (rows, columns) = (3, 2), or 6 pixels",
        ),
        (np.zeros(()), "got the shape ()"),
        (np.zeros((4, 3, 2, 1)), "got the shape (4, 3, 2, 1)"),
        ([[0, 1], [0]], "are not one array; all must have the same size"),
        ([["a"] * 6], "are of type <U1; give numbers"),
        (np.full((1, 6), 255), "numbers from 255 to 255 are no levels 0…1; for 0…255 give bytes"),
        (np.full((1, 6), -0.5), "numbers from -0.5 to -0.5"),
        (np.full((1, 6), np.nan), "numbers from nan to nan"),
        (np.ones((1, 6), np.uint8), "bytes are levels 0…255, and these are all 0 or 1"),
    ],
)
def test_what_is_no_picture_is_refused_with_what_would_be(given, said):
    with pytest.raises(UserError) as raised:
        given_pictures(given, CELL)
    assert str(raised.value).startswith("pictures: ")
    assert said in str(raised.value)


def test_codes_have_the_latent_numbers_last():
    assert given_codes([0, 0.2], 2).tolist() == [0, 0.2]
    assert given_codes(np.zeros((2, 5, 3), np.float32), 3).shape == (2, 5, 3)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([0, 1, 2], "got the shape (3,); the last axis has the 2 latent numbers"),
        (0.5, "got the shape ()"),
        ([[0, np.inf]], "some are no finite numbers"),
        ([[0, 1], [2]], "are not one array"),
        (["0,0.2"], "are of type <U5; give numbers"),
    ],
)
def test_what_are_no_codes_is_refused(given, said):
    with pytest.raises(UserError) as raised:
        given_codes(given, 2)
    assert str(raised.value).startswith("codes: ")
    assert said in str(raised.value)
