"""Principal components against an explicit projection and the singular value decomposition."""

import numpy as np
import pytest

from fonts import load_fonts
from latent import components as room
from latent.components import (
    MOST_COVARIANCES,
    grey_levels,
    pca_codes,
    pca_restored_error,
    pca_squared_error,
    principal_axes,
)

RANDOM = np.random.default_rng(0)


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


def scaled(count):
    """Pictures of 20 pixels, of which each varies less than the one before."""
    return RANDOM.random((count, 20)) * np.linspace(1, 0.05, 20)


@pytest.mark.parametrize("images", [400, 9])
def test_pca_equals_the_singular_value_decomposition(images):
    train, test = scaled(images), scaled(30)
    axes = np.linalg.svd(train - train.mean(axis=0))[2][:3]
    for codes, pixels in zip(pca_codes(train, test, 3), (train, test), strict=True):
        np.testing.assert_allclose(np.abs(codes), np.abs((pixels - train.mean(axis=0)) @ axes.T), atol=2e-4)


@pytest.mark.parametrize("components", [1, 3, 8])
@pytest.mark.parametrize("images", [400, 9], ids=["many", "fewer than pixels"])
def test_other_pictures_are_restored_from_the_components_of_the_first(images, components):
    train, test = scaled(images), scaled(30)
    center = train.mean(axis=0)
    axes = np.linalg.svd(train - center)[2][:components]
    restored = center + (test - center) @ axes.T @ axes
    expected = 0.5 * np.square(test - restored).sum()
    assert pca_restored_error(train, test, components) == pytest.approx(expected, rel=1e-5)


def test_the_pictures_themselves_are_restored_as_well_as_a_linear_bottleneck_can():
    train = scaled(200)
    assert pca_restored_error(train, train, 4) == pytest.approx(pca_squared_error(train, 4), rel=1e-5)


def test_bytes_and_grey_levels_are_the_same_pictures():
    train, test = (RANDOM.integers(256, size=(count, 12), dtype=np.uint8) for count in (60, 40))
    levels = pca_restored_error(train / 255, test / 255, 3)
    assert pca_restored_error(train, test, 3) == pytest.approx(levels, rel=1e-5)
    np.testing.assert_allclose(grey_levels(test), test / 255, rtol=1e-6)
    assert {grey_levels(pixels).dtype for pixels in (test, test / 255)} == {np.dtype(np.float32)}


@pytest.mark.parametrize("count", [500, 40])
@pytest.mark.parametrize("components", [1, 2, 16])
def test_of_large_pictures_the_first_axes_are_found_alone(count, components):
    size = MOST_COVARIANCES + 1
    pixels = RANDOM.random((count, 30)) @ RANDOM.random((30, size)) / 15 + RANDOM.random((count, size)) / 5
    singular = np.linalg.svd(pixels - pixels.mean(axis=0), compute_uv=False)
    expected = 0.5 * np.square(singular[components:]).sum()
    assert pca_restored_error(pixels, pixels, components) == pytest.approx(expected, rel=1e-4)
    axes = principal_axes(pixels, components)[1]
    assert axes.shape == (size, components)
    np.testing.assert_allclose(axes.T @ axes, np.eye(components), atol=1e-4)


def test_there_are_no_more_axes_than_pictures():
    pixels = RANDOM.random((3, MOST_COVARIANCES + 1))
    assert pca_codes(pixels, pixels, 5)[0].shape == (3, 3)
    assert pca_restored_error(pixels, pixels, 5) == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize("pixels", [20, MOST_COVARIANCES + 1])
def test_pictures_are_looked_at_some_at_a_time_to_the_same_end(pixels, monkeypatch):
    train = RANDOM.integers(256, size=(60, pixels), dtype=np.uint8)
    whole = pca_restored_error(train, train, 4)
    monkeypatch.setattr(room, "BLOCK_VALUES", 7 * pixels)
    assert pca_restored_error(train, train, 4) == pytest.approx(whole, rel=1e-5)


def test_a_decomposition_that_takes_long_is_not_made_outright(monkeypatch):
    train = scaled(200)
    outright = pca_squared_error(train, 4)
    monkeypatch.setattr(room, "MOST_EXACT", 0)
    assert pca_squared_error(train, 4) == pytest.approx(outright, rel=1e-5)
