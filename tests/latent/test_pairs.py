"""Pairs of codes and the way between them, by hand and for any two ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import pdist

from latent.pairs import MOST_LISTED, MOST_TREE_DIMENSIONS, notable_pairs, points_between

coordinates = st.floats(-50, 50, allow_nan=False, width=32)


def test_pairs_are_the_closest_the_median_and_the_farthest():
    codes = np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 5.0], [0.0, 14.0]])
    # Distances: 01:1  02:5  03:14  12:4  13:13  23:9, in order 1 4 5 9 13 14.
    pairs = [(pair.kind, pair.first, pair.second) for pair in notable_pairs(codes)]
    assert pairs == [("closest", 0, 1), ("median", 2, 3), ("farthest", 0, 3)]


def test_one_code_has_no_pairs_and_two_have_the_same_three_times():
    assert notable_pairs(np.zeros((1, 2))) == []
    assert {(pair.first, pair.second) for pair in notable_pairs(np.zeros((2, 4)))} == {(0, 1)}


def length(codes, pair):
    return np.linalg.norm(codes[pair.first] - codes[pair.second])


@pytest.mark.parametrize("latent", [1, 2, 3, MOST_TREE_DIMENSIONS])
def test_of_many_codes_the_closest_and_the_farthest_are_those_of_all_pairs(latent):
    codes = np.random.default_rng(latent).standard_normal((3 * MOST_LISTED, latent))
    closest, median, farthest = notable_pairs(codes)
    distances = pdist(codes)
    assert [pair.kind for pair in (closest, median, farthest)] == ["closest", "median", "farthest"]
    assert length(codes, closest) == pytest.approx(distances.min())
    assert length(codes, farthest) == pytest.approx(distances.max(), rel=0.05)
    assert length(codes, median) == pytest.approx(np.median(distances), rel=0.1)
    assert all(pair.first < pair.second for pair in (closest, median, farthest))


def test_of_many_codes_in_many_dimensions_the_closest_pair_is_that_of_a_sample():
    codes = np.random.default_rng(0).standard_normal((2 * MOST_LISTED, MOST_TREE_DIMENSIONS + 1))
    closest = notable_pairs(codes)[0]
    shortest, *_, longest = np.sort(pdist(codes))
    assert shortest <= length(codes, closest) < (shortest + longest) / 3


@pytest.mark.parametrize("copies", [2, 5, MOST_LISTED + 1])
def test_many_codes_at_one_place_are_pairs_of_two(copies):
    codes = np.concatenate([np.zeros((copies, 2)), np.random.default_rng(0).normal(size=(MOST_LISTED, 2))])
    for pair in notable_pairs(codes):
        assert pair.first != pair.second
    assert length(codes, notable_pairs(codes)[0]) == 0


def test_codes_that_are_all_the_same_have_pairs_as_well():
    assert {pair.kind for pair in notable_pairs(np.zeros((MOST_LISTED + 1, 2)))} == {
        "closest",
        "median",
        "farthest",
    }


@given(arrays(float, (2, 3), elements=coordinates))
def test_points_between_divide_the_way_into_equal_parts(ends):
    points = points_between(ends[0], ends[1])
    assert len(points) == 5
    steps = np.diff(np.vstack([ends[0], points, ends[1]]), axis=0)
    np.testing.assert_allclose(steps, np.broadcast_to((ends[1] - ends[0]) / 6, (6, 3)), atol=1e-9)


def test_points_between_codes_with_an_equal_coordinate():
    points = points_between(np.array([1.0, 0.0]), np.array([1.0, 6.0]))
    assert points.tolist() == [[1, 1], [1, 2], [1, 3], [1, 4], [1, 5]]
