"""Pictures in other sizes, side by side."""

import numpy as np
import pytest

from runner.figures.film.tiles import enlarged, sheet, tiles

PICTURES = np.arange(24.0).reshape(2, 4, 3)


def test_pixels_become_squares():
    large = enlarged(PICTURES, 2)
    assert large.shape == (2, 8, 6)
    for down in (0, 1):
        for across in (0, 1):
            np.testing.assert_array_equal(large[:, down::2, across::2], PICTURES)


@pytest.mark.parametrize(
    ("largest", "shape"), [(4, (4, 3)), (7, (4, 3)), (8, (8, 6)), (25, (24, 18)), (3, (2, 2)), (1, (1, 1))]
)
def test_sides_are_as_long_as_they_may_be(largest, shape):
    assert tiles(PICTURES, largest).shape[1:] == shape


def test_of_large_pictures_several_pixels_are_one_mean():
    small = tiles(PICTURES[:1], 2)
    np.testing.assert_array_equal(small[0], [[2, 3.5], [8, 9.5]])


@pytest.mark.parametrize("count", [1, 2, 7, 32, 40])
@pytest.mark.parametrize("cell", [(7, 5), (28, 28), (5, 40), (200, 300)])
def test_a_sheet_has_room_for_all_and_is_no_larger_than_it_may_be(count, cell):
    pictures = np.ones((count, *cell))
    laid = sheet(pictures, (200, 420), 6)
    assert laid.shape[0] <= 200
    assert laid.shape[1] <= 420
    (one,) = tiles(pictures[:1], max(1, int(sheet(pictures[:1], (200, 420), 6).shape[0])))
    assert laid.sum() > 0
    assert laid.sum() % count == 0
    assert one.any()


def test_channels_stay_together():
    colored = np.stack([PICTURES, 2 * PICTURES, 3 * PICTURES], axis=-1)
    for largest in (2, 9):
        np.testing.assert_array_equal(tiles(colored, largest)[..., 1], 2 * tiles(PICTURES, largest))
    laid = sheet(colored, (20, 40), 2)
    np.testing.assert_array_equal(laid[..., 2], 3 * sheet(PICTURES, (20, 40), 2))


def test_pictures_stand_in_rows_in_their_order():
    laid = sheet(np.stack([np.full((2, 2), value) for value in range(1, 5)]), (20, 80), 4)
    assert laid[0][laid[0] > 0].tolist() == sorted(laid[0][laid[0] > 0].tolist())
    assert set(laid.ravel()) == {0, 1, 2, 3, 4}
