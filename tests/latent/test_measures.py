"""The reported measures, by hand and against a PCA written out."""

import numpy as np
import pytest

from fonts import load_fonts
from latent.measures import pca_squared_error, squared_error, wrong_pixels


def test_squared_error_is_half_the_sum_over_pixels():
    outputs, targets = np.array([[0.5, 0.0], [1.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    assert squared_error(outputs, targets).tolist() == [0.125, 0.5]


def test_a_pixel_is_wrong_when_it_is_off_by_more_than_one_half():
    outputs, targets = np.array([0.5, 0.51, 0.49, 0.5]), np.array([0.0, 0.0, 1.0, 1.0])
    assert wrong_pixels(outputs, targets).tolist() == [False, True, True, False]


@pytest.mark.parametrize("components", [1, 2, 10, 31])
def test_pca_error_equals_that_of_an_explicit_projection(components):
    pixels = load_fonts(["font1"]).pixels
    centered = pixels - pixels.mean(axis=0)
    _, vectors = np.linalg.eigh(centered.T @ centered)
    axes = vectors[:, ::-1][:, :components]
    restored = centered @ axes @ axes.T
    expected = 0.5 * np.square(restored - centered).sum()
    assert pca_squared_error(pixels, components) == pytest.approx(expected, abs=1e-9)


def test_pca_with_enough_components_loses_nothing():
    assert pca_squared_error(load_fonts(["font2"]).pixels, 35) == pytest.approx(0, abs=1e-20)
