"""The frame of a map: a place in latent numbers is one in points, and the limits hold all boxes."""

import numpy as np
import pytest

from runner.figures.maps.frames import LARGE_MAP, MANY_BOXES, MAP, MARGINS, Map
from runner.figures.maps.placing import at, beside
from runner.figures.style import DOTS_PER_INCH, png
from runner.figures.texts import write

PLANE, LINE = ("z1", "z2"), ("z1", "")
PLACES = np.random.default_rng(0).normal(size=(20, 2)) * [1000, 0.01]


@pytest.mark.parametrize("places", [PLACES, PLACES[:1], np.zeros((3, 2))])
def test_every_place_lies_inside_with_a_margin_and_in_points_as_on_paper(places):
    drawn = Map.of("A map", PLANE, places)
    points = drawn.in_points(places)
    np.testing.assert_allclose(drawn.from_points(points), places, atol=1e-9)
    assert (points > 0.9 * MARGINS[0] * drawn.area).all()
    assert (points < (1 - 0.9 * MARGINS[0]) * drawn.area).all()
    png(drawn.figure)
    corner = drawn.axes.get_window_extent().min
    shown = (drawn.axes.transData.transform(places) - corner) * 72 / DOTS_PER_INCH
    np.testing.assert_allclose(points, shown, atol=0.01)


def test_a_map_with_much_on_it_is_larger():
    for boxes, size in ((MANY_BOXES, MAP), (MANY_BOXES + 1, LARGE_MAP)):
        assert Map.of("", PLANE, PLACES, boxes).figure.get_size_inches() == pytest.approx(size)
    wide = Map.of("", PLANE, PLACES, right=2.2)
    assert wide.figure.get_size_inches()[0] == pytest.approx(MAP[0] + 2)
    np.testing.assert_allclose(wide.area, Map.of("", PLANE, PLACES).area)


def test_texts_are_measured_as_they_are_drawn():
    drawn = Map.of("", PLANE, PLACES)
    texts = [write(drawn.axes, 0, 0, text, fontsize=10) for text in ("i", "a long name")]
    short, long = drawn.measured(texts)
    assert 4 * short[0] < long[0] < 100
    assert drawn.measured([]).shape == (0, 2)


def test_limits_grow_until_all_boxes_have_room():
    places = np.random.default_rng(1).uniform(size=(40, 2))
    drawn = Map.of("", PLANE, places, len(places))
    before = drawn.axes.get_xlim()
    rows, centres = drawn.arrange(places, np.full((40, 2), 90.0), places, at)
    after = drawn.axes.get_xlim()
    assert after[0] < before[0] and before[1] < after[1]
    assert len(rows) > 10
    assert (centres > 45).all() and (centres < drawn.area - 45).all()


def test_a_line_leads_to_what_was_moved_and_to_nothing_else():
    places = np.array([[0.0, 0.0], [0.001, 0.0], [1.0, 1.0]])
    for offsets, shortest, expected in ((at, 0.0, 2), (beside, 6.5, 0)):
        drawn = Map.of("", PLANE, places, 3)
        rows, centres = drawn.arrange(places, np.full((3, 2), 12.0), places, offsets, shortest)
        assert rows.tolist() == [0, 1, 2]
        lines = drawn.axes.collections[-1].get_segments()
        assert len(lines) == expected
        for (start, end), row in zip(lines, rows, strict=False):
            np.testing.assert_allclose(start, places[row])
            edge = np.abs(drawn.in_points(end[None]) - centres[row]).max()
            assert edge == pytest.approx(6, abs=1e-6)


def test_on_a_strip_boxes_stand_above_their_places():
    places = np.column_stack([np.linspace(0, 1, 30) ** 2, np.zeros(30)])
    drawn = Map.of("", LINE, places, 30)
    assert not drawn.axes.spines["left"].get_visible()
    rows, centres = drawn.arrange(places, np.full((30, 2), 15.0), places, beside)
    assert rows.tolist() == list(range(30))
    points = drawn.in_points(places)
    np.testing.assert_allclose(centres[:, 0], points[:, 0])
    assert (centres[:, 1] - 7.5 > points[:, 1]).all()
    assert (centres[:, 1] + 7.5 < drawn.area[1]).all()


@pytest.mark.parametrize(("count", "lowest", "highest"), [(1, 90, 91), (40, 400, 620), (400, 600, 620)])
def test_a_strip_is_as_high_as_its_boxes_need_and_no_higher_than_a_page(count, lowest, highest):
    places = np.zeros((count, 2))
    drawn = Map.of("A title", LINE, places, 30)
    drawn.say("and a line")
    rows, centres = drawn.arrange(places, np.full((count, 2), 10.0), places, beside)
    assert lowest - 0.1 < drawn.area[1] < highest + 0.1
    assert (len(rows) == count) == (count < 100)
    assert (centres[:, 1] + 5 <= drawn.area[1]).all()
    png(drawn.figure)
    title, said = (text.get_window_extent() for text in drawn.figure.texts)
    assert drawn.axes.get_window_extent().y1 < said.y0 < said.y1 <= title.y0 + 1
    assert title.y1 <= drawn.figure.bbox.y1
    inches = drawn.axes.get_position().y0 * drawn.figure.get_size_inches()[1]
    assert inches == pytest.approx(0.55)


def test_a_line_below_the_title_is_said_later():
    drawn = Map.of("A map", PLANE, PLACES)
    drawn.say("3 of 4")
    assert [text.get_text() for text in drawn.figure.texts] == ["A map", "3 of 4"]
