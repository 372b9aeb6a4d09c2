"""Boxes on a map cover nothing, stay inside, and stand as near to their places as they can."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from runner.figures.maps.placing import (
    DOT,
    FARTHEST,
    GAP,
    Placed,
    apart,
    at,
    beside,
    fullest,
    placed,
    stacked,
)

AREA = np.array([300.0, 240.0])
EXACT = 0.51  # the raster has squares of a point


def cover(centres, sizes) -> np.ndarray:
    """By how many points boxes reach into each other, `(n, n)`; 0 or less for those that do not."""
    reach = (sizes[:, None] + sizes[None]) / 2 - np.abs(centres[:, None] - centres[None])
    np.fill_diagonal(reach.min(axis=-1), 0)
    deep = reach.min(axis=-1)
    np.fill_diagonal(deep, -np.inf)
    return deep


def lines_through(found: Placed, places, sizes) -> int:
    """How many lines pass through the box of another place."""
    count = 0
    for row in np.flatnonzero(found.has_room):
        steps = np.linspace(0, 1, 200)[:, None]
        points = places[row] + steps * (found.ends[row] - places[row])
        for other in np.flatnonzero(found.has_room):
            inside = np.abs(points - found.centres[other]) < sizes[other] / 2 - 1.5
            count += other != row and inside.all(axis=1).any()
    return count


def check(found: Placed, places, sizes, dots):
    rows = found.has_room
    centres, boxes = found.centres[rows], sizes[rows]
    assert cover(centres, boxes).max(initial=-np.inf) <= EXACT - GAP
    assert (centres - boxes / 2 >= 0).all()
    assert (centres + boxes / 2 <= AREA).all()
    covered = np.abs(dots[None] - centres[:, None]) < (boxes / 2 + DOT - 1)[:, None]
    own = (dots[None] == places[rows][:, None]).all(axis=-1)
    assert not (covered.all(axis=-1) & ~own).any()
    assert lines_through(found, places, sizes) == 0
    edges = np.clip(places[rows], centres - boxes / 2, centres + boxes / 2)
    np.testing.assert_allclose(found.ends[rows], edges)


coordinates = st.tuples(st.floats(5, 295), st.floats(5, 235))
some_places = st.lists(coordinates, min_size=1, max_size=40, unique=True).map(np.array)
box = st.tuples(st.floats(4, 40), st.floats(4, 30)).map(np.array)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(some_places, box, st.sampled_from([at, beside]))
def test_boxes_cover_no_box_no_line_and_no_dot_and_are_not_cut_off(places, size, offsets):
    sizes = np.broadcast_to(size, places.shape)
    found = placed(places, sizes, places, AREA, offsets)
    check(found, places, sizes, places)
    again = placed(places.copy(), sizes, places, AREA, offsets)
    np.testing.assert_array_equal(again.centres, found.centres)


def test_boxes_of_many_sizes_among_further_dots():
    random = np.random.default_rng(0)
    places, more = random.uniform(20, 220, (30, 2)), random.uniform(0, 240, (20, 2))
    sizes = random.uniform(5, 30, (30, 2))
    check(placed(places, sizes, np.concatenate([places, more]), AREA, beside), places, sizes, more)


def test_where_there_is_room_a_picture_stands_at_its_place_and_a_name_beside_it():
    places = np.array([[50.0, 50.0], [150.0, 120.0]])
    sizes = np.full((2, 2), 20.0)
    np.testing.assert_array_equal(placed(places, sizes, places, AREA, at).centres, places)
    names = placed(places, sizes, places, AREA, beside)
    ways = np.linalg.norm(names.ends - places, axis=1)
    assert names.has_room.all()
    assert (ways > DOT).all()
    assert (ways < DOT + 3).all()


def test_a_crowd_goes_apart_and_nobody_goes_far():
    places = np.random.default_rng(1).normal((150, 120), 40, (30, 2))
    sizes = np.full((30, 2), 12.0)
    found = placed(places, sizes, places, AREA, beside)
    assert found.has_room.all()
    ways = np.linalg.norm(found.ends - places, axis=1)
    assert np.median(ways) < 6
    assert ways.max() < DOT + FARTHEST


def test_of_more_than_there_is_room_for_some_find_none():
    places = np.random.default_rng(2).uniform(0, 240, (100, 2))
    sizes = np.full((100, 2), 40.0)
    found = placed(places, sizes, places, AREA, at)
    assert 5 < found.has_room.sum() < 100
    check(found, places, sizes, places)
    assert np.isnan(found.ends[~found.has_room]).all()


def test_the_fullest_try_is_the_one_with_most_boxes():
    none, one, two = (Placed(np.array(c, float), np.zeros((2, 2))) for c in (
        [[np.nan] * 2] * 2, [[1, 1], [np.nan] * 2], [[1, 1], [2, 2]],
    ))  # fmt: skip
    assert fullest([none, two, one]) is two


# On a line


@settings(max_examples=40, derandomize=True, deadline=None)
@given(arrays(float, st.integers(1, 60), elements=st.floats(0, 300)), box)
def test_boxes_on_a_line_are_stacked_above_their_places(across, size):
    places, sizes = np.column_stack([across, np.full(len(across), 10.0)]), np.tile(size, (len(across), 1))
    found = stacked(places, sizes, AREA)
    rows = found.has_room
    centres = found.centres[rows]
    assert rows.any()
    assert cover(centres, sizes[rows]).max(initial=-np.inf) <= 1e-6 - GAP
    assert (centres[:, 1] - size[1] / 2 >= 10 + DOT).all()
    assert (centres - size / 2 >= -1e-9).all()
    assert (centres + size / 2 <= AREA + 1e-9).all()
    expected = np.clip(across[rows], size[0] / 2, AREA[0] - size[0] / 2)
    np.testing.assert_allclose(centres[:, 0], expected)


def test_what_has_room_on_a_line_is_not_lifted():
    places = np.array([[100.0, 0.0], [20.0, 0.0], [60.0, 0.0], [62.0, 0.0]])
    heights = stacked(places, np.full((4, 2), 20.0), AREA).centres[:, 1]
    assert heights[0] == heights[1] == heights[2] < heights[3]


# Those that are apart


def test_places_that_are_apart_keep_their_order():
    places = np.array([[0.0, 0.0], [5.0, 5.0], [30.0, 0.0], [5.0, 30.0], [12.0, 0.0]])
    assert apart(places, np.array([10.0, 10.0])).tolist() == [0, 2, 3, 4]
    assert apart(places[::-1], np.array([40.0, 40.0])).tolist() == [0]


def test_boxes_of_places_that_are_apart_cover_none():
    places = np.random.default_rng(3).uniform(0, 200, (500, 2))
    size = np.array([20.0, 12.0])
    rows = apart(places, size)
    assert cover(places[rows], np.tile(size, (len(rows), 1))).max() <= 1e-9
    # None of the others would have had room.
    reach = size - np.abs(places[:, None] - places[rows][None])
    assert (reach.min(axis=-1).max(axis=1) >= 0).all()


@pytest.mark.parametrize("offsets", [at, beside])
def test_offsets_are_finite_and_all_around(offsets):
    found = offsets(np.array([12.0, 8.0]))
    assert np.isfinite(found).all()
    turns = np.arctan2(*found[1:].T[::-1])
    assert np.histogram(turns, 4, (-np.pi, np.pi))[0].min() > 100
