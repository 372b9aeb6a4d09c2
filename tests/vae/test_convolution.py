"""Convolutions as products, against plain loops over pixels, and against each other."""

import numpy as np
import pytest

from vae.convolution import examples_first, examples_last, fold, gathered, scattered, unfold

RANDOM = np.random.default_rng(0)
SIZES = [(6, 6), (7, 7), (5, 8), (1, 4), (3, 1), (2, 2), (1, 1)]


def plain(picture, kernel):
    """A convolution of `(rows, columns, maps)` pixel by pixel; out of the picture there is nothing."""
    rows, columns, _ = picture.shape
    sums = np.zeros((-(-rows // 2), -(-columns // 2), kernel.shape[3]))
    for row, column in np.ndindex(sums.shape[:2]):
        for down, across in np.ndindex(3, 3):
            y, x = 2 * row + down - rows % 2, 2 * column + across - columns % 2
            if 0 <= y < rows and 0 <= x < columns:
                sums[row, column] += picture[y, x] @ kernel[down, across]
    return sums


@pytest.mark.parametrize("size", SIZES)
def test_a_convolution_is_that_of_plain_loops(size):
    pictures, kernel = RANDOM.normal(size=(4, *size, 2)), RANDOM.normal(size=(3, 3, 2, 5))
    maps = examples_last(pictures.reshape(4, -1), (*size, 2), np)
    sums = gathered(unfold(maps, np), kernel, np)
    expected = np.stack([plain(picture, kernel) for picture in pictures])
    np.testing.assert_allclose(sums, expected.transpose(3, 1, 2, 0), atol=1e-12)
    np.testing.assert_array_equal(examples_first(sums, np), sums.transpose(3, 1, 2, 0).reshape(4, -1))


@pytest.mark.parametrize("size", SIZES)
def test_the_mirror_image_is_the_adjoint(size):
    """⟨convolution of x, y⟩ = ⟨x, mirror image of y⟩ for any x and y, with the same kernel."""
    kernel = RANDOM.normal(size=(3, 3, 2, 5))
    maps = RANDOM.normal(size=(2, *size, 4))
    sums = gathered(unfold(maps, np), kernel, np)
    others = RANDOM.normal(size=sums.shape)
    mirrored = fold(scattered(others, kernel, np), *size, np)
    assert mirrored.shape == maps.shape
    assert (sums * others).sum() == pytest.approx((maps * mirrored).sum())


def test_no_picture_is_no_mistake():
    assert unfold(np.empty((2, 6, 5, 0)), np).shape == (3, 3, 2, 3, 3, 0)
    assert fold(np.empty((3, 3, 2, 3, 3, 0)), 6, 5, np).shape == (2, 6, 5, 0)
