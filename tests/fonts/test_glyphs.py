"""Boxes and drawings."""

import numpy as np
import pytest

from fonts.glyphs import Box, Drawing


def test_a_box_has_a_size_and_says_it():
    box = Box(-1, -2, 4, 5)
    assert (box.columns, box.rows, str(box)) == (5, 7, "5×7")


def test_the_box_around_two_boxes():
    assert Box(0, 0, 2, 2) | Box(-3, 1, 1, 5) == Box(-3, 0, 2, 5)


@pytest.mark.parametrize(
    ("inner", "is_inside"), [(Box(0, 0, 5, 7), True), (Box(1, 1, 2, 2), True), (Box(-1, 0, 2, 2), False)]
)
def test_a_box_within_another(inner, is_inside):
    assert (inner in Box(0, 0, 5, 7)) is is_inside


@pytest.mark.parametrize("margins", [(0, 0, 0, 0), (1, 2, 3, 4), (4, 0, 0, 5)])
def test_trimming_takes_off_the_margins_and_moves_nothing(margins):
    above, below, before, behind = margins
    ink = np.array([[1, 0, 1], [0, 0, 0], [0, 1, 0]])
    padded = np.pad(ink, ((above, below), (before, behind)))
    trimmed = Drawing(padded, left=7, top=9, remark="kept").trimmed()
    assert np.array_equal(trimmed.pixels, ink)
    assert (trimmed.left, trimmed.top, trimmed.remark) == (7 + before, 9 - above, "kept")
    assert trimmed.box == Box(7 + before, 9 - above - 3, 7 + before + 3, 9 - above)


@pytest.mark.parametrize("shape", [(3, 4), (0, 0), (0, 3), (2, 0)])
def test_a_blank_is_trimmed_to_nothing(shape):
    assert Drawing(np.zeros(shape), 100, -100).trimmed().pixels.size == 0
