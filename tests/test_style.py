"""The pieces that pictures are made of."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from runner.style import DOTS_PER_INCH, in_rows, mosaic, new_figure, new_sheet, png, show_pixels, spread

NAN = np.nan


def overlaps(places: np.ndarray, size: tuple[float, float]) -> float:
    """By how much of its size the worst covered box is covered, along the axis of less overlap."""
    shares = 1 - np.abs(places[:, None] - places[None]) / np.asarray(size)
    worst = shares.min(axis=-1)
    np.fill_diagonal(worst, 0)
    return worst.max(initial=0)


# Mosaics


def test_a_mosaic_has_a_gap_around_each_picture():
    pictures = np.array([[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]], dtype=float)
    expected = [
        [NAN, NAN, NAN, NAN, NAN, NAN, NAN],
        [NAN, 1, 2, NAN, 3, 4, NAN],
        [NAN, NAN, NAN, NAN, NAN, NAN, NAN],
        [NAN, 5, 6, NAN, 7, 8, NAN],
        [NAN, NAN, NAN, NAN, NAN, NAN, NAN],
    ]
    np.testing.assert_array_equal(mosaic(pictures), expected)


def test_a_mosaic_without_gaps_is_the_pictures_side_by_side():
    pictures = np.arange(8.0).reshape(1, 2, 2, 2)
    np.testing.assert_array_equal(mosaic(pictures, gap=0), [[0, 1, 4, 5], [2, 3, 6, 7]])


def test_a_wider_gap_is_as_wide_on_every_side():
    image = mosaic(np.ones((1, 1, 1, 1)), gap=2)
    assert image.shape == (5, 5)
    assert np.argwhere(~np.isnan(image)).tolist() == [[2, 2]]


@pytest.mark.parametrize(("items", "rows"), [(0, 0), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_items_are_laid_out_row_by_row(items, rows):
    count, row, column = in_rows(items, 3)
    assert count == rows
    assert list(zip(row, column, strict=True)) == [divmod(item, 3) for item in range(items)]


# Boxes that must not cover each other

coordinates = st.floats(-10, 10, allow_nan=False)
places = st.integers(1, 12).flatmap(lambda boxes: arrays(float, (boxes, 2), elements=coordinates))
sizes = st.tuples(st.floats(0.1, 2), st.floats(0.1, 2))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(places, sizes)
def test_spread_boxes_do_not_cover_each_other(boxes, size):
    before = boxes.copy()
    moved = spread(boxes, size)
    assert overlaps(moved, size) < 0.01
    assert np.array_equal(boxes, before)
    assert np.array_equal(moved, spread(boxes, size))


def test_boxes_with_room_are_left_where_they_are():
    grid = np.stack(np.meshgrid([0.0, 1, 2], [0.0, 2, 4]), axis=-1).reshape(-1, 2)
    assert np.array_equal(spread(grid, (1, 2)), grid)


def test_a_far_box_stays_while_others_part():
    moved = spread(np.array([[0, 0], [0.2, 0], [5, 5]]), (1, 1))
    assert moved[2].tolist() == [5, 5]
    assert moved[1, 0] - moved[0, 0] == pytest.approx(1)
    assert moved[:2, 1].tolist() == [0, 0]  # along the other axis nothing was in the way
    assert moved[:2, 0].mean() == pytest.approx(0.1)


@pytest.mark.parametrize("count", [0, 1])
def test_few_boxes_need_no_room(count):
    assert spread(np.ones((count, 2)), (1, 1)).tolist() == [[1, 1]] * count


def test_boxes_at_one_place_part():
    assert overlaps(spread(np.zeros((8, 2)), (1, 1.4)), (1, 1.4)) < 0.01


# Figures


def test_a_png_begins_with_its_signature_and_has_the_size_asked_for():
    figure, _ = new_figure(4, 3, "title", "subtitle")
    content = png(figure)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert Image.open(io.BytesIO(content)).size == (4 * DOTS_PER_INCH, 3 * DOTS_PER_INCH)


def test_the_same_figure_is_the_same_bytes():
    def content():
        return png(show_pixels(np.eye(3), 0.2, "title")[0])

    assert content() == content()


def test_a_sheet_has_axes_of_exactly_the_inches_asked_for():
    figure, axes = new_sheet(8, 2, "title", margin=0.5)
    box = axes.get_position()
    width, height = figure.get_size_inches()
    assert (box.width * width, box.height * height) == pytest.approx((8, 2))
    assert (box.x0 * width, box.y0 * height) == pytest.approx((0.5, 0.5))
    assert box.x1 < 1
    assert box.y1 < 1


def test_pixels_run_from_paper_to_ink_and_gaps_are_neither():
    figure, axes = show_pixels(np.array([[0, 1, NAN]]), 1, "title")
    image = axes.images[0]
    paper, ink, gap = image.to_rgba(image.get_array())[0, :, :3]
    assert paper.min() == 1
    assert ink.max() < 0.2
    assert 0.8 < gap.min() < 1
    assert png(figure)
