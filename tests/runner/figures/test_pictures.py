"""Inputs and outputs, picture by picture and pixel by pixel, drawn from arrays alone."""

import numpy as np
import pytest

from runner.figures.pictures import (
    MOST_ROWS,
    denoising,
    pages,
    pixel_values,
    reconstruction_rows,
    reconstructions,
    values_across,
)
from runner.figures.style import BLUE, INK, ORANGE, png

RANDOM = np.random.default_rng(0)
CELL = (3, 2)
NAMES = ["a", "$", "_c"]


def test_rows_of_reconstructions_stand_below_their_images():
    inputs, outputs = np.zeros((12, 4)), np.ones((12, 4))
    (axes,) = reconstruction_rows(inputs, outputs, (2, 2)).axes
    image = np.ma.filled(axes.images[0].get_array(), np.nan)
    column = image[:, np.isfinite(image).any(axis=0).argmax()]
    rows = column[np.isfinite(column)]
    assert rows.tolist() == [0, 0, 1, 1, 0, 0, 1, 1]
    assert np.isfinite(image).sum() == 2 * 12 * 4


def pictures_in(axes):
    """What an image of axes shows, without the gaps, as the multiset of its values."""
    image = np.ma.filled(axes.images[0].get_array(), np.nan)
    return sorted(image[~np.isnan(image)].tolist())


def test_each_input_stands_beside_its_reconstruction_under_its_name():
    inputs, outputs = RANDOM.random((3, 6)), RANDOM.random((3, 6))
    wrong = np.zeros((3, 6), bool)
    wrong[1, [0, 5]] = True
    figure = reconstructions(inputs, outputs, wrong, NAMES, CELL)
    (axes,) = figure.axes
    assert pictures_in(axes) == sorted([*inputs.ravel().tolist(), *outputs.ravel().tolist()])
    assert [text.get_text() for text in axes.texts] == NAMES
    assert [text.get_color() for text in axes.texts] == [INK, ORANGE, INK]
    image = axes.images[0].get_array()
    (marks,) = axes.collections
    values = [image[row, column] for column, row in marks.get_offsets().astype(int)]
    assert values == [outputs[1, 0], outputs[1, 5]]
    assert figure.texts[1].get_text().startswith("2 wrong pixels, outlined")
    png(figure)


@pytest.mark.parametrize(("wrong", "said"), [(np.zeros((3, 6), bool), "0 wrong pixels"), (None, "")])
def test_where_nothing_is_wrong_nothing_is_outlined(wrong, said):
    figure = reconstructions(np.zeros((3, 6)), np.ones((3, 6)), wrong, NAMES, CELL)
    assert not figure.axes[0].collections
    assert figure.texts[1].get_text() == said
    png(figure)


@pytest.mark.parametrize("down", [1, 2])
def test_each_box_of_a_denoiser_has_its_inputs_and_its_outputs(down):
    boxes = RANDOM.random((3, down, 2, 6))
    figure = denoising(boxes, NAMES, CELL, "new noise")
    (axes,) = figure.axes
    assert pictures_in(axes) == sorted(boxes.ravel().tolist())
    assert [text.get_text() for text in axes.texts] == NAMES
    assert figure.texts[1].get_text() == "new noise"
    png(figure)


def test_every_pixel_has_its_value_and_hits_are_counted():
    targets = np.array([[0.0, 1, 1, 0, 0, 1], [1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0]])
    outputs = np.abs(targets - 0.2)
    outputs[1, 3] = 0.25
    wrong = np.abs(outputs - targets) > 0.5
    figure = pixel_values(targets, outputs, wrong, NAMES, ": a sample of 3")
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.texts] == ["a   6/6", "$   5/6", "_c   6/6"]
    assert [text.get_color() for text in axes.texts] == [INK, ORANGE, INK]
    assert figure.texts[0].get_text().endswith("how many hit: a sample of 3")
    bars, _, _, hits, misses = axes.collections
    assert len(bars.get_paths()) == targets.sum()
    assert (len(hits.get_offsets()), len(misses.get_offsets())) == (17, 1)
    heights = np.r_[hits.get_offsets()[:, 1], misses.get_offsets()[:, 1]] % 1
    assert len(heights) == outputs.size
    from matplotlib import colors

    assert tuple(hits.get_facecolor()[0]) == colors.to_rgba(BLUE)
    png(figure)


@pytest.mark.parametrize("pixels", [1, 35, 96, 160])
def test_as_many_as_a_page_has_rows_for_fit_on_it(pixels):
    count = MOST_ROWS * values_across(pixels)
    values, names = (
        RANDOM.integers(0, 2, (count, pixels)).astype(float),
        ["a_long_name_of_a_file.png"] * count,
    )
    figure = pixel_values(values, values, np.zeros(values.shape, bool), names)
    width, height = figure.get_size_inches() * figure.dpi
    assert width <= 1500
    assert height <= 2400
    png(figure)
    boxes = np.array([text.get_window_extent().extents for text in figure.axes[0].texts])
    assert boxes[:, 2].max() <= width or pixels == 1


def test_a_part_of_all_pictures_is_named():
    for drawn in (
        reconstructions(np.zeros((3, 6)), np.ones((3, 6)), None, NAMES, CELL, ": 4 to 6 of 9"),
        denoising(np.zeros((3, 1, 2, 6)), NAMES, CELL, "", ": 4 to 6 of 9"),
    ):
        assert drawn.texts[0].get_text().endswith(": 4 to 6 of 9")
    assert len(pages(3, (1, 2), CELL)) == 1
    assert len(pages(300, (2, 2), (28, 28))) > 4
