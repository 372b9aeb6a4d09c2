"""Where codes are on the map of a film."""

import numpy as np

from runner.figures.film.ink import CLEAR
from runner.figures.film.stage import LARGEST_GROWTH, MARGIN, Stage

LAST = np.array([[-1.0, -2.0], [1.0, 2.0], [0.0, 0.0]])


def test_the_last_places_fill_it_with_a_margin():
    stage = Stage.of([0.1 * LAST, LAST], 100)
    np.testing.assert_allclose(stage.high, LAST[1] * (1 + MARGIN))
    np.testing.assert_array_equal(stage.spots(LAST)[2], [50, 50])
    left, right = stage.spots(LAST)[:2]
    assert 0 < left[0] < 5
    assert 95 < right[0] < 100
    assert 0 < right[1] < 5  # what is large is above
    assert 95 < left[1] < 100


def test_there_is_room_for_earlier_places_but_not_for_all_that_is_far():
    np.testing.assert_allclose(Stage.of([1.2 * LAST, LAST], 100).high, 1.2 * LAST[1] * (1 + MARGIN))
    stage = Stage.of([1e9 * LAST, LAST], 100)
    np.testing.assert_allclose(stage.high, LARGEST_GROWTH * LAST[1] * (1 + MARGIN))
    spots = stage.spots(1e9 * LAST)
    assert (spots[:2] < 0).any(axis=1).tolist() == [True, True]


def test_a_single_place_is_in_the_middle():
    stage = Stage.of([np.zeros((1, 2))], 100)
    assert stage.spots(np.zeros((1, 2))).tolist() == [[50, 50]]


def test_dots_and_tiles_are_where_their_places_are_and_those_outside_are_not_seen():
    stage = Stage(np.zeros(2), np.ones(2), 100)
    panel = np.full((100, 100), CLEAR, np.uint8)
    places = np.array([[0.2, 0.9], [0.7, 0.4], [3.0, 0.5], [-9.0, 1e6]])
    stage.put_dots(panel, places, np.array([1, 2, 3, 4], np.uint8), 3)
    assert np.argwhere(panel == 1).mean(axis=0).tolist() == [10, 20]
    assert np.argwhere(panel == 2).mean(axis=0).tolist() == [60, 70]
    assert not np.isin(panel, (3, 4)).any()
    tiles = np.stack([np.full((5, 3), number, np.uint8) for number in (5, 6, 7, 8)])
    stage.put_tiles(panel, places, tiles)
    assert np.argwhere(panel == 5).mean(axis=0).tolist() == [10, 20]
    assert not np.isin(panel, (7, 8)).any()
