"""Where codes are expected: the box around them, or the quantiles of a prior by SciPy's normal."""

import numpy as np
import pytest
from scipy.stats import norm

from latent.codes import Codes
from latent.plane import Plane
from latent.region import NormalPrior, RangeOfCodes

RANDOM = np.random.default_rng(0)


def test_the_grid_covers_the_box_with_its_top_row_first():
    region = RangeOfCodes.of(np.array([[0.0, 0.0], [4.0, 2.0]]))
    mesh = region.grid(3)
    assert mesh[:, :, 0].tolist() == [[0, 2, 4]] * 3
    assert mesh[:, 0, 1].tolist() == [2, 1, 0]
    np.testing.assert_array_equal(region.coordinates(mesh), mesh)


def test_the_grid_of_a_line_has_one_row():
    assert RangeOfCodes.of(np.array([[0.0, 0.0], [4.0, 0.0]])).grid(5).tolist() == [
        [[0, 0], [1, 0], [2, 0], [3, 0], [4, 0]]
    ]
    region = RangeOfCodes.of(np.array([[1.0], [3.0], [2.0]]))
    assert region.grid(3).tolist() == [[[1], [2], [3]]]
    assert region.coordinates(region.grid(3)).tolist() == [[[1, 0], [2, 0], [3, 0]]]


def test_of_many_dimensions_the_box_lies_in_the_plane_in_which_the_codes_are_drawn():
    codes = RANDOM.normal(size=(40, 4)) * [5, 1, 3, 0.2] + 7
    region, plane = RangeOfCodes.of(codes), Plane.of(codes)
    mesh, places = region.grid(6), plane.project(codes)
    assert mesh.shape == (6, 6, 4)
    corners = region.coordinates(mesh)[[0, -1], [0, -1]]
    np.testing.assert_allclose(corners[0], [places[:, 0].min(), places[:, 1].max()], atol=1e-9)
    np.testing.assert_allclose(corners[1], [places[:, 0].max(), places[:, 1].min()], atol=1e-9)
    np.testing.assert_allclose(plane.lift(plane.project(mesh)), mesh, atol=1e-9)
    np.testing.assert_allclose(region.coordinates(codes), places)
    assert region.labels == plane.labels


@pytest.mark.parametrize("side", [15, 50])
def test_the_prior_is_covered_at_equally_spaced_quantiles_the_top_row_first(side):
    codes, quantiles = NormalPrior(2).grid(side), np.linspace(0.05, 0.95, side)
    assert codes.shape == (side, side, 2)
    for row, height in zip(codes, norm.ppf(quantiles)[::-1], strict=True):
        np.testing.assert_allclose(row[:, 0], norm.ppf(quantiles), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(row[:, 1], height, rtol=1e-12, atol=1e-15)


def test_a_prior_of_one_dimension_is_a_line_and_of_many_the_first_two_vary():
    quantiles = norm.ppf(np.linspace(0.05, 0.95, 7))
    line = NormalPrior(1).grid(7)
    assert line.shape == (1, 7, 1)
    np.testing.assert_allclose(line[0, :, 0], quantiles, atol=1e-15)
    many = NormalPrior(4).grid(7)
    np.testing.assert_array_equal(many[:, :, :2], NormalPrior(2).grid(7))
    assert not many[:, :, 2:].any()


@pytest.mark.parametrize(("latent", "labels"), [(1, ("z1", "")), (2, ("z1", "z2")), (5, ("z1", "z2"))])
def test_a_prior_is_seen_along_its_first_two_dimensions(latent, labels):
    region, codes = NormalPrior(latent), RANDOM.normal(size=(3, 8, latent))
    assert region.labels == labels
    places = region.coordinates(codes)
    assert places.shape == (3, 8, 2)
    np.testing.assert_array_equal(places[..., 0], codes[..., 0])
    np.testing.assert_array_equal(places[..., 1], codes[..., 1] if latent > 1 else 0)


def test_the_two_dimensions_that_tell_the_most_vary():
    means = RANDOM.normal(size=(50, 5)) * [0.01, 3, 0.01, 1, 2]
    region = NormalPrior.of(Codes(means, np.zeros(means.shape)))
    assert region == NormalPrior(5, (1, 4))
    assert region.labels == ("z2", "z5")
    codes, plain = region.grid(7), NormalPrior(2).grid(7)
    np.testing.assert_array_equal(codes[..., [1, 4]], plain)
    assert not codes[..., [0, 2, 3]].any()
    np.testing.assert_array_equal(region.coordinates(codes), plain)


@pytest.mark.parametrize(("latent", "varied", "labels"), [(1, (0,), ("z1", "")), (2, (0, 1), ("z1", "z2"))])
def test_of_at_most_two_dimensions_all_vary(latent, varied, labels):
    means = RANDOM.normal(size=(9, latent)) * [1, 5][:latent]
    region = NormalPrior.of(Codes(means, np.zeros(means.shape)))
    assert (region.varied, region.labels, region.elsewhere) == (varied, labels, "")
    np.testing.assert_array_equal(region.grid(5), NormalPrior(latent).grid(5))


@pytest.mark.parametrize(
    ("latent", "prior", "box"),
    [
        (2, "", ""),
        (
            3,
            "the other number is at 0, the mean of the prior",
            "the other direction is at the mean of the codes",
        ),
        (
            16,
            "the other 14 numbers are at 0, the mean of the prior",
            "the other 14 directions are at the mean of the codes",
        ),
    ],
)
def test_it_is_said_where_all_else_stands(latent, prior, box):
    assert NormalPrior(latent).elsewhere == prior
    codes = RANDOM.normal(size=(30, latent))
    region = RangeOfCodes.of(codes)
    assert region.elsewhere == box
    if box:
        axes = region.plane.axes
        beside = region.grid(4) - codes.mean(axis=0)
        np.testing.assert_allclose(beside @ axes.T @ axes, beside, atol=1e-9)


def test_each_says_in_words_where_its_pictures_are_from():
    assert RangeOfCodes.of(np.eye(2)).words == "across the latent space"
    assert NormalPrior(2).words == "at the quantiles 0.05…0.95 of the prior"
