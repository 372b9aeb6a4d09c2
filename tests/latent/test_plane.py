"""Exploring a latent space: pairs, points between, planes, grids and nearest characters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from latent.plane import Plane, grid, nearest, notable_pairs, points_between

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


def test_two_coordinates_are_drawn_as_they_are_and_one_at_height_zero():
    codes = np.array([[1.0, -2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(Plane.of(codes).project(codes), codes)
    line = np.array([[1.0], [5.0]])
    assert Plane.of(line).project(line).tolist() == [[1, 0], [5, 0]]


@given(arrays(float, (7, 4), elements=coordinates))
def test_projection_and_lift_are_inverse_on_the_plane(codes):
    plane = Plane.of(codes)
    points = plane.project(codes)
    np.testing.assert_allclose(plane.project(plane.lift(points)), points, atol=1e-9)


def test_more_than_two_coordinates_are_drawn_by_their_principal_components():
    random = np.random.default_rng(0)
    codes = random.standard_normal((200, 3)) * [0.1, 5.0, 1.0]
    points = Plane.of(codes).project(codes)
    assert points.var(axis=0) == pytest.approx(
        np.sort(np.linalg.eigvalsh(np.cov(codes.T, bias=True)))[:0:-1]
    )
    assert abs(np.corrcoef(points[:, 0], codes[:, 1])[0, 1]) > 0.999
    np.testing.assert_allclose(points, Plane.of(codes.copy()).project(codes))


def test_grid_covers_the_box_with_its_top_row_first():
    mesh = grid(np.array([[0.0, 0.0], [4.0, 2.0]]), 3)
    assert mesh[:, :, 0].tolist() == [[0, 2, 4]] * 3
    assert mesh[:, 0, 1].tolist() == [2, 1, 0]


def test_grid_of_a_line_has_one_row():
    assert grid(np.array([[0.0, 0.0], [4.0, 0.0]]), 5).tolist() == [
        [[0, 0], [1, 0], [2, 0], [3, 0], [4, 0]]
    ]


def test_nearest_character_and_its_distance_in_pixels():
    characters = np.array([[1.0, 1, 0, 0], [0.0, 0, 1, 1]])
    pictures = np.array([[0.9, 0.8, 0.2, 0.1], [0.4, 0.6, 0.7, 0.9]])
    indices, distances = nearest(pictures, characters)
    assert indices.tolist() == [0, 1]
    assert distances.tolist() == [0, 1]
