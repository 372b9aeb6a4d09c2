"""Colours, text, and parts that are put into frames."""

import numpy as np
import pytest

from runner.figures.film.ink import (
    BLUE,
    CLEAR,
    INK,
    SHADES,
    cut_out,
    image_of,
    mixed,
    of_class,
    palette,
    paste,
    shaded,
    text,
    with_edge,
)
from runner.figures.style import BLUE as BLUE_HEX
from runner.figures.style import CLASS_COLORS


def rgb(number):
    return "#{:02X}{:02X}{:02X}".format(*palette()[number])


def test_levels_lead_from_paper_to_a_colour():
    assert [rgb(number) for number in shaded(np.array([0, 1]), BLUE)] == ["#FFFFFF", BLUE_HEX]
    greys = palette()[shaded(np.linspace(0, 1, SHADES))]
    assert (np.diff(greys[:, 0].astype(int)) < 0).all()
    assert shaded(np.array([-1.0, 2.0])).tolist() == [0, SHADES - 1]
    assert len(palette()) < CLEAR


def test_all_colours_are_nearly_there():
    levels = np.random.default_rng(0).random((40, 3, 3))
    assert np.abs(palette()[mixed(levels)] / 255 - levels).max() <= 0.5 / 4 + 0.01
    assert palette()[mixed(np.array([[0, 0, 0], [1, 1, 1], [1, 0, 0]]))].tolist() == [
        [0, 0, 0],
        [255, 255, 255],
        [255, 0, 0],
    ]


def test_classes_have_the_colours_of_all_pictures_in_turn():
    numbers = of_class(np.arange(12))
    assert [rgb(number) for number in numbers[:10]] == [color.upper() for color in CLASS_COLORS]
    assert numbers[10:].tolist() == numbers[:2].tolist()


@pytest.mark.parametrize(("left", "top"), [(-2, 1), (3, 3), (1, -1), (9, 9), (-9, 0)])
def test_a_part_is_cut_off_at_the_edges_of_a_frame(left, top):
    frame, part = np.zeros((5, 5), np.uint8), np.full((3, 3), 7, np.uint8)
    paste(frame, part, left, top)
    rows, columns = np.indices((5, 5))
    inside = (rows >= top) & (rows < top + 3) & (columns >= left) & (columns < left + 3)
    np.testing.assert_array_equal(frame, 7 * inside)


def test_what_is_clear_leaves_what_is_there_and_paper_does_not():
    frame = np.full((3, 3), 5, np.uint8)
    part = cut_out(np.array([[0, 9], [SHADES, 0]], np.uint8))
    assert part.tolist() == [[CLEAR, 9], [CLEAR, CLEAR]]
    paste(frame, part, 0, 0)
    assert frame.tolist() == [[5, 9, 5], [5, 5, 5], [5, 5, 5]]
    (edged,) = with_edge(np.array([[[CLEAR, CLEAR, CLEAR, 9]]], np.uint8))
    assert edged.tolist() == [
        [CLEAR, CLEAR, CLEAR, 0, 0, 0],
        [CLEAR, CLEAR, CLEAR, 0, 9, 0],
        [CLEAR, CLEAR, CLEAR, 0, 0, 0],
    ]


def test_text_is_ink_of_its_width_and_nothing_else():
    short, long = text("epoch 1", 15), text("epoch 1,000", 15)
    assert short.shape[1] < long.shape[1]
    assert set(np.unique(short)) <= {*range(1, SHADES), CLEAR}
    assert (short != CLEAR).any()
    assert (text("a", 15, BLUE)[text("a", 15, BLUE) != CLEAR] > SHADES * BLUE).all()
    assert INK == 0


def test_an_image_has_the_colours_of_the_palette():
    frame = np.arange(len(palette()), dtype=np.uint8)[None]
    np.testing.assert_array_equal(np.asarray(image_of(frame).convert("RGB"))[0], palette())
