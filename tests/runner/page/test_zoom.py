"""`zoom.js` in a browser: parts of a map, in numbers."""

import numpy as np
import pytest
from browsing import computing

from runner.page.html_page import own_script


@pytest.fixture(scope="module")
def compute(browser):
    return computing(browser, own_script("map/extent.js", "map/zoom.js"))


WHOLE = [-2.0, 6.0, 1.0, 5.0]


def share(ranges, place):
    left, right, bottom, top = ranges
    return [(place[0] - left) / (right - left), (place[1] - bottom) / (top - bottom)]


@pytest.mark.parametrize("factor", [1.3, 7, 1e9, 0.8, 1e-9])
def test_zooming_leaves_the_place_where_it_is_and_has_limits(compute, factor):
    place = [1.5, 4.0]
    ranges = compute("return zoomed(...args)", WHOLE, WHOLE, place, factor, False)
    np.testing.assert_allclose(share(ranges, place), share(WHOLE, place), atol=1e-9)
    times = 8 / (ranges[1] - ranges[0])
    assert times == pytest.approx(np.clip(factor, 1 / 4, 2000))
    np.testing.assert_allclose(4 / (ranges[3] - ranges[2]), times)


def test_on_a_line_only_its_own_direction_changes(compute):
    assert compute("return zoomed(...args)", WHOLE, WHOLE, [2, 0], 2, True) == [0, 4, 1, 5]
    assert compute("return panned(...args)", WHOLE, WHOLE, [1, 1], True) == [-1, 7, 1, 5]


def test_panning_keeps_the_middle_on_the_map(compute):
    part = [0.0, 2.0, 2.0, 3.0]
    assert compute("return panned(...args)", part, WHOLE, [1, -0.5], False) == [1, 3, 1.5, 2.5]
    assert compute("return panned(...args)", part, WHOLE, [100, -100], False) == [5, 7, 0.5, 1.5]


def test_places_and_ranges(compute):
    assert compute("return between([3, 1], [2, 5])") == [2, 3, 1, 5]
    assert compute("return missing([0, 2, 0, 2], [3, 1])") == [1, 0]
    assert compute("return missing([0, 2, 0, 2], [1, -1])") == [0, -1]
    found = compute("return [[0, 0], [1, 2], [3, 1]].map((place) => holds([0, 2, 0, 2], place))")
    assert found == [True, True, False]
