"""Many pictures as one image: gaps that can be seen, coordinates, and no more pixels than paper has."""

import numpy as np
import pytest

from runner.figures.grids import finest_step, mosaic, picture_grid, shrunk
from runner.figures.style import png

NAN = np.nan


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


def test_a_grid_is_labelled_with_the_coordinates_it_stands_for(default_result):
    result = default_result
    places = result.plane.project(result.grid.codes)
    figure = picture_grid(result.grid.pictures, places, (7, 5), ("z1", "z2"), ("A grid", "and a line"))
    axes = figure.axes[0]
    assert [text.get_text() for text in figure.texts] == ["A grid", "and a line"]
    labels = [float(label.get_text()) for label in axes.get_xticklabels()]
    assert labels == pytest.approx(places[0, ::2, 0], abs=0.051)
    heights = [float(label.get_text()) for label in axes.get_yticklabels()]
    assert heights == sorted(heights, reverse=True)
    assert heights == pytest.approx(places[::2, 0, 1], abs=0.051)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("z1", "z2")


def test_a_grid_of_one_row_has_no_heights():
    places = np.stack([np.arange(3.0), np.zeros(3)], axis=-1)[None]
    figure = picture_grid(np.ones((1, 3, 4)), places, (2, 2), ("z1", ""), ("A line", ""))
    axes = figure.axes[0]
    assert list(axes.get_yticks()) == []
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0.00", "2.00"]
    assert png(figure)


@pytest.mark.parametrize("cell", [(7, 5), (128, 96), (300, 300), (2, 60), (60, 2)])
def test_a_grid_fits_on_a_page_and_its_gaps_can_be_seen(cell):
    pictures = np.zeros((15, 15, cell[0] * cell[1]))
    places = np.zeros((15, 15, 2))
    figure = picture_grid(pictures, places, cell, ("z1", "z2"), ("", ""))
    width, height = figure.get_size_inches() * figure.dpi
    assert width <= 1000
    assert height <= 2400
    (axes,) = figure.axes
    image = np.ma.filled(axes.images[0].get_array(), NAN)
    across = axes.get_window_extent().width / image.shape[1]
    gaps = np.isnan(image).all(axis=0)
    widths = np.diff(np.flatnonzero(np.diff(np.r_[False, gaps, False])))[::2]
    assert len(widths) == 16
    assert across * widths.min() >= 1
    assert image.size <= 4e6
    png(figure)


def test_pixels_of_large_pictures_are_means_of_several():
    pictures = np.arange(40.0).reshape(2, 4, 5)
    small = shrunk(pictures, 2)
    assert small.shape == (2, 2, 3)
    assert small[0, 0].tolist() == [3, 5, 6.5]  # of 0 1 5 6, of 2 3 7 8, of 4 9
    assert shrunk(pictures, 1) is pictures
    np.testing.assert_allclose(shrunk(pictures, 100)[:, 0, 0], pictures.mean(axis=(1, 2)))


def test_small_pictures_are_drawn_pixel_by_pixel():
    assert finest_step(28, 0.8) == 1
    assert finest_step(1000, 0.8) == 8
    assert finest_step(1000, 1e-9) == 1000
