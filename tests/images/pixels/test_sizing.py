"""One size for pictures of many: nothing is cut off, nothing is stretched."""

import numpy as np
import pytest
from drawing import some

from images.pixels.sizing import common_size, fit, padded, resized, sizes_in_words


@pytest.mark.parametrize(
    ("sizes", "side", "size"),
    [
        ([(28, 28)] * 9 + [(2, 2)], None, (28, 28)),
        ([(28, 28)] * 9 + [(4000, 3000)], None, (28, 28)),
        ([(8, 6), (5, 9)], None, (5, 6)),
        ([(128, 96)], None, (128, 96)),
        ([(192, 256)], None, (48, 64)),
        ([(1, 500)], None, (1, 64)),
        ([(30, 40)], 20, (15, 20)),
        ([(30, 40)], 80, (60, 80)),
        ([(400, 300)], 128, (128, 96)),
    ],
)
def test_the_size_is_that_of_the_median_or_the_one_asked_for(sizes, side, size):
    assert common_size(sizes, side) == size


def test_means_of_what_a_new_pixel_covers():
    large = np.kron([[10, 20], [30, 40]], np.ones((64, 64))).astype(np.uint8)
    assert fit(large, (2, 2)).tolist() == [[10, 20], [30, 40]]
    assert fit(large.astype(np.float32) / 2, (2, 2)).tolist() == [[5, 10], [15, 20]]
    assert fit(np.array([[0, 255]], np.uint8).repeat(4, 0).repeat(2, 1), (2, 2)).tolist() == [[0, 255]] * 2


def test_enlarging_repeats_pixels():
    small = np.array([[0, 255], [255, 0]], np.uint8)
    assert fit(small, (4, 4)).tolist() == small.repeat(2, 0).repeat(2, 1).tolist()
    assert set(np.unique(fit(small, (7, 7)))) == {0, 255}


@pytest.mark.parametrize(
    ("shape", "size", "inner"),
    [((20, 10), (8, 8), (8, 4)), ((10, 20), (8, 8), (4, 8)), ((151, 200), (75, 100), (75, 100))],
)
def test_the_aspect_stays_but_for_a_row_or_a_column(shape, size, inner):
    assert fit(np.full(shape, 7, np.uint8), size).shape == inner


def test_what_is_left_has_the_grey_of_the_edges_and_the_picture_is_in_the_middle():
    wide = np.full((2, 4), 9, np.uint8)
    wide[:, 1:3] = 200
    whole = np.full((4, 4), 9, np.uint8)
    images = padded([wide, whole], (4, 4))
    assert images.dtype == np.uint8
    assert images[0].tolist() == [[9] * 4, [9, 200, 200, 9], [9, 200, 200, 9], [9] * 4]
    np.testing.assert_array_equal(images[1], whole)


def test_pictures_that_fit_are_as_they_were():
    np.testing.assert_array_equal(padded(list(some(5)), (4, 3)), some(5))
    np.testing.assert_array_equal(resized(some(5), (4, 3)), some(5))
    assert resized(some(5, 8, 6), (4, 3)).shape == (5, 4, 3)


def test_what_became_of_sizes_is_told():
    assert sizes_in_words([(4, 3)] * 2, (4, 3)) == []
    assert sizes_in_words([(480, 640)] * 2, (48, 64)) == ["brought from 640×480 to 64×48 pixels"]
    assert sizes_in_words([(28, 20), (2, 2)], (28, 20)) == [
        "of different sizes, 2×2 to 20×28: each fitted into 20×28 pixels with its aspect"
    ]
