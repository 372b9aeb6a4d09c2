"""Glyphs in a common cell."""

import numpy as np
import pytest

from fonts import FontError
from fonts.cells import around, common_cell, placed
from fonts.glyphs import Box, Drawing


def test_the_cell_holds_every_box():
    assert common_cell([Box(0, 0, 5, 7), None, Box(-1, -2, 3, 3)]) == Box(-1, -2, 5, 7)


def test_a_box_without_pixels_does_not_matter():
    assert common_cell([Box(0, 0, 2, 2), Box(90, 0, 90, 7), Box(0, -90, 7, -90)]) == Box(0, 0, 2, 2)


@pytest.mark.parametrize("boxes", [[], [None], [Box(0, 0, 0, 0)]])
def test_without_any_pixel_there_is_nothing_to_learn(boxes):
    assert around(boxes) is None
    with pytest.raises(FontError, match="nothing to learn"):
        common_cell(boxes)


@pytest.mark.parametrize(("box", "size"), [(Box(0, 0, 257, 1), "257×1"), (Box(0, -200, 1, 100), "1×300")])
def test_an_enormous_cell_is_refused(box, size):
    with pytest.raises(FontError, match=f"a cell of {size} pixels is too large: at most 256×256"):
        common_cell([box])


def test_drawings_lie_where_their_corners_say():
    cell = Box(-1, -2, 3, 3)
    drawings = [Drawing(np.ones((1, 1)), left, top) for left, top in [(-1, 3), (2, 3), (-1, -1), (0, 1)]]
    pixels = placed(drawings, cell)
    assert pixels.shape == (4, 20)
    assert pixels.dtype == float
    corners = [np.argwhere(picture.reshape(5, 4)).tolist() for picture in pixels]
    assert corners == [[[0, 0]], [[0, 3]], [[4, 0]], [[2, 1]]]


def test_grey_stays_grey():
    drawing = Drawing(np.array([[0.25, 1.0]]), 0, 1)
    assert placed([drawing], Box(0, 0, 2, 1)).tolist() == [[0.25, 1.0]]


def test_a_blank_may_lie_anywhere():
    assert not placed([Drawing(np.zeros((0, 0)), 99, -99)], Box(0, 0, 2, 2)).any()


def test_more_pixels_than_a_memory_holds_are_refused_before_they_are_made():
    blank = Drawing(np.zeros((0, 0)), 0, 0)
    with pytest.raises(FontError, match=r"20,000 glyphs of 256×256 pixels are too many"):
        placed([blank] * 20_000, Box(0, 0, 256, 256))
