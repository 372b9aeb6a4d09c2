"""Latent points and what is drawn there, of any shape, all in one call."""

import numpy as np
import pytest

from runner.result.decoding import Decoded, decode

POINTS = np.random.default_rng(0).normal(size=(3, 5, 2))


def test_each_point_has_its_picture_and_the_nearest_known_one(default_result):
    model, known = default_result.model, default_result.pixels
    decoded = decode(model, POINTS, known)
    assert decoded.pictures.shape == (3, 5, 35)
    assert decoded.nearest.shape == decoded.distance.shape == (3, 5)
    for place in np.ndindex(3, 5):
        picture = model.decode(POINTS[place][None])[0]
        np.testing.assert_allclose(decoded.pictures[place], picture, rtol=1e-9)
        distances = ((picture > 0.5) != (known > 0.5)).sum(axis=1)
        assert decoded.distance[place] == distances.min()
        assert decoded.nearest[place] == distances.argmin()


def test_a_learned_character_is_nearest_to_its_own_code(default_result):
    decoded = default_result.decode(default_result.codes.means)
    learned = ~default_result.wrong.any(axis=1)
    assert learned.any()
    assert (decoded.nearest == np.arange(8))[learned].all()
    assert (decoded.distance[learned] == 0).all()


def test_without_known_pictures_nothing_is_near(grey_result):
    decoded = decode(grey_result.model, POINTS, None)
    assert (decoded.nearest, decoded.distance) == (None, None)
    assert decoded.pictures.shape == (3, 5, 30)
    taken = decoded.take((1, 2))
    assert (taken.nearest, taken.distance) == (None, None)


def test_no_points_are_no_pictures(default_result):
    decoded = decode(default_result.model, np.empty((0, 2)), default_result.pixels)
    assert decoded.pictures.shape == (0, 35)
    assert decoded.nearest.shape == (0,)


@pytest.mark.parametrize("place", [(1,), (2, 3)])
def test_one_place_has_all_that_is_there(default_result, place):
    decoded = decode(default_result.model, POINTS, default_result.pixels)
    taken = decoded.take(place)
    for name in ("codes", "pictures", "nearest", "distance"):
        np.testing.assert_array_equal(getattr(taken, name), getattr(decoded, name)[place])


def test_a_negative_exchanges_light_and_dark_and_nothing_else():
    decoded = Decoded(np.zeros((2, 1)), np.array([[0.0, 0.25], [1, 1]]), np.array([3, 4]), np.array([0, 1]))
    negative = decoded.negative()
    assert negative.pictures.tolist() == [[1, 0.75], [0, 0]]
    assert negative.codes is decoded.codes
    assert (negative.nearest.tolist(), negative.distance.tolist()) == ([3, 4], [0, 1])
    assert decoded.pictures[0, 1] == 0.25
