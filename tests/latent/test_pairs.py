"""Pairs of codes and the way between them, by hand and for any two ends."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from latent.pairs import notable_pairs, points_between

coordinates = st.floats(-50, 50, allow_nan=False, width=32)


def test_pairs_are_the_closest_the_median_and_the_farthest():
    codes = np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 5.0], [0.0, 14.0]])
    # Distances: 01:1  02:5  03:14  12:4  13:13  23:9, in order 1 4 5 9 13 14.
    pairs = [(pair.kind, pair.first, pair.second) for pair in notable_pairs(codes)]
    assert pairs == [("closest", 0, 1), ("median", 2, 3), ("farthest", 0, 3)]


def test_one_code_has_no_pairs_and_two_have_the_same_three_times():
    assert notable_pairs(np.zeros((1, 2))) == []
    assert {(pair.first, pair.second) for pair in notable_pairs(np.zeros((2, 4)))} == {(0, 1)}


@given(arrays(float, (2, 3), elements=coordinates))
def test_points_between_divide_the_way_into_equal_parts(ends):
    points = points_between(ends[0], ends[1])
    assert len(points) == 5
    steps = np.diff(np.vstack([ends[0], points, ends[1]]), axis=0)
    np.testing.assert_allclose(steps, np.broadcast_to((ends[1] - ends[0]) / 6, (6, 3)), atol=1e-9)


def test_points_between_codes_with_an_equal_coordinate():
    points = points_between(np.array([1.0, 0.0]), np.array([1.0, 6.0]))
    assert points.tolist() == [[1, 1], [1, 2], [1, 3], [1, 4], [1, 5]]
