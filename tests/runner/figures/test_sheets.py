"""Sheets: every picture in its place, texts at theirs, and none larger than a page."""

import numpy as np
import pytest

from runner.figures.sheets import Sheet
from runner.figures.style import png

RANDOM = np.random.default_rng(0)
CELLS = [(7, 5), (28, 28), (12, 8), (128, 96), (5, 60), (60, 5), (400, 400)]


@pytest.mark.parametrize("cell", CELLS[:3])
def test_every_picture_is_where_its_corner_is(cell):
    sheet = Sheet(4, (2, 3), cell)
    boxes = RANDOM.random((6, 2, 3, cell[0] * cell[1]))
    _, axes = sheet.show(boxes, "A title", "and a line")
    image = axes.images[0].get_array()
    for place in np.ndindex(boxes.shape[:3]):
        top, left = sheet.corner(*place)
        shown = image[top : top + cell[0], left : left + cell[1]]
        np.testing.assert_array_equal(shown, boxes[place].reshape(cell))
    assert np.isfinite(np.ma.filled(image, np.nan)).sum() == boxes.size


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("count", [1, 4, 32, 96, 223, 300])
def test_pages_hold_all_boxes_and_none_is_larger_than_a_page(cell, count):
    sheet = Sheet(count, (1, 2), cell)
    pages = sheet.pages(count)
    assert [row for page in pages for row in range(count)[page]] == list(range(count))
    figure, axes = sheet.show(np.zeros((len(range(count)[pages[0]]), 1, 2, cell[0] * cell[1])), "")
    width, height = figure.get_size_inches() * figure.dpi
    assert width <= 1200
    assert height <= 2400
    assert axes.images[0].get_array().size <= 8e6


def boxes_of(texts) -> np.ndarray:
    return np.array([text.get_window_extent().extents for text in texts])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("name", ["a", "image 12", "a_long_name_of_a_file.png"])
def test_texts_cover_no_picture_and_no_other_text(cell, name):
    sheet = Sheet(10, (1, 1), cell, lines=(1, 1), letters=4)
    figure, axes = sheet.show(np.zeros((12, 1, 1, cell[0] * cell[1])), "")
    sheet.write_above(axes, [name] * 12)
    for box in range(12):
        sheet.write_below(axes, box, name, "#888888")
    png(figure)
    found = boxes_of(axes.texts)
    low, high = (combine(found[:, None, part], found[None, :, part]) for combine, part in (
        (np.maximum, slice(0, 2)), (np.minimum, slice(2, 4)),
    ))  # fmt: skip
    shared = (high - low).min(axis=-1)
    np.fill_diagonal(shared, -1)
    assert shared.max() < 1
    for box in range(12):
        top, left = sheet.corner(box)
        rows, columns = (min(side, 88) for side in cell)
        (x0, y0), (x1, y1) = axes.transData.transform([(left, top + rows / 2), (left + columns / 2, top)])
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        assert not ((found[:, :2] < middle) & (middle < found[:, 2:])).all(axis=1).any()


def test_a_text_is_cut_to_what_there_is_room_for_and_has_its_colour():
    sheet = Sheet(10, (1, 1), (7, 5))
    _, axes = sheet.show(np.zeros((2, 1, 1, 35)), "")
    sheet.write_above(axes, ["a", "x" * 60], ["red", "blue"])
    first, second = axes.texts
    assert (first.get_text(), first.get_color(), second.get_color()) == ("a", "red", "blue")
    assert "…" in second.get_text()


def test_a_title_begins_above_the_first_picture():
    sheet = Sheet(3, (1, 1), (7, 5), lines=(1, 0), letters=20)
    _, axes = sheet.show(np.zeros((6, 1, 1, 35)), "")
    sheet.write_left(axes, 3, "closest: a to b")
    (title,) = axes.texts
    top, left = sheet.corner(3)
    assert title.get_position()[0] == left - 0.5
    assert title.get_position()[1] < top
    assert title.get_ha() == "left"


def test_pixels_have_their_place_in_the_picture_that_is_drawn():
    rows, columns = Sheet(1, (1, 1), (7, 5)).places(np.array([0, 6, 34]))
    assert (rows.tolist(), columns.tolist()) == ([0, 1, 6], [0, 1, 4])
    rows, columns = Sheet(1, (1, 1), (400, 400)).places(np.array([0, 400 * 399 + 399]))
    assert rows[1] == columns[1] < 140
