"""`spread.js` in a browser: boxes that do not cover each other."""

import numpy as np
import pytest
from browsing import computing

from runner.page.html_page import own_script


@pytest.fixture(scope="module")
def compute(browser):
    return computing(browser, own_script("map/extent.js", "map/spread.js"))


def covered(spots, size):
    apart = np.abs(spots[:, None] - spots[None])
    overlaps = (apart < np.array(size) - 0.01).all(axis=2)
    return int(np.triu(overlaps, 1).sum())


def test_boxes_that_cover_each_other_are_moved_apart_and_others_stay(compute):
    random = np.random.default_rng(0)
    spots = np.concatenate([random.uniform(0, 60, (30, 2)), [[500, 500], [500, 500], [900, 10]]])
    moved = np.array(compute("return spread(...args)", spots.tolist(), [10, 14]))
    assert covered(spots, (10, 14)) > 30
    assert covered(moved, (10, 14)) == 0
    assert np.abs(moved[-1] - spots[-1]).max() < 2
    assert np.abs(moved[:30] - spots[:30]).max() < 80


def test_boxes_on_a_line_are_raised_in_turn(compute):
    spots = [[10 * x, 100] for x in (3, 1, 2)]
    raised = compute("return stacked(...args)", spots, [10, 20])
    assert raised == [[30, 100 - 69], [10, 100 - 23], [20, 100 - 46]]


def test_the_extent_has_a_margin_even_around_a_single_value(compute):
    assert compute("return bounds([3, 3])") == [2, 4]
    assert compute("return bounds([0, 100])") == [-8, 108]
    assert compute("return extentOf([[0, 5], [100, 6]], false)") == [-8, 108, 4.92, 6.08]
    assert compute("return extentOf([[0, 0], [100, 0]], true)")[2:] == [-0.2, 1]
