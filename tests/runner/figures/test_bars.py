"""The error of each picture is a bar with its whole name, upright and inside the sheet."""

import numpy as np
import pytest

from runner.figures.bars import ERROR, picture_errors
from runner.figures.style import png

NAMES = ["a", "$", "_c"]


def bars(axes):
    (drawn,) = [some for some in axes.collections if len(some.get_facecolor()) > 0]
    return np.array([path.get_extents().bounds for path in drawn.get_paths()]), drawn.get_facecolor()


@pytest.mark.parametrize(
    ("missed", "said", "colors"),
    [
        (np.array([False, True, False]), f"2 of 3 learned; {ERROR}", 2),
        (None, ERROR, 1),
        (np.zeros(3, bool), f"3 of 3 learned; {ERROR}", 1),
    ],
)
@pytest.mark.parametrize("names", [NAMES, ["a long name", "$another one$", "_and_a_third"]])
def test_the_error_of_each_picture_is_a_bar(names, missed, said, colors):
    errors = np.array([0.5, 2.0, 0.0])
    figure = picture_errors(errors, missed, names, "image")
    (axes,) = figure.axes
    boxes, looks = bars(axes)
    lengths = boxes[:, 3] if names is NAMES else boxes[:, 2]
    np.testing.assert_allclose(lengths, errors * lengths[1] / 2)
    assert len({tuple(color) for color in looks}) == colors
    written = [text.get_text() for text in axes.texts]
    assert [text for text in written if text in names] == names
    assert [text.get_text() for text in figure.texts] == ["Error of each image", said]
    png(figure)


def test_upright_bars_stand_on_a_scale():
    (axes,) = picture_errors(np.array([0.5, 2.0, 0.0]), None, NAMES, "image").axes
    boxes, _ = bars(axes)
    ticks = {text.get_text(): text.get_position()[1] for text in axes.texts if text.get_text() not in NAMES}
    assert {"0", "1", "2"} <= set(ticks)
    assert ticks["0"] == pytest.approx(boxes[0, 1])
    assert ticks["2"] == pytest.approx(boxes[1, 1] + boxes[1, 3])


def test_a_scale_is_in_one_notation():
    (axes,) = picture_errors(np.array([1.1e-4, 2e-5, 0.0]), None, NAMES, "image").axes
    written = [text.get_text() for text in axes.texts if text.get_text() not in NAMES]
    assert written == ["0", "5e-05", "1e-04", "1.5e-04"]


def test_lying_bars_have_their_values_beside_them():
    names = ["a long name", "another one", "and a third"]
    (axes,) = picture_errors(np.array([0.5, 2.0, 0.125]), None, names, "image").axes
    written = [text.get_text() for text in axes.texts]
    assert written == ["a long name", "0.5", "another one", "2", "and a third", "0.125"]


def test_errors_of_zero_are_drawn():
    png(picture_errors(np.zeros(3), None, NAMES, "image"))
    png(picture_errors(np.zeros(1), None, ["a very long name"], "image"))


@pytest.mark.parametrize("name", ["a", "sp", "space", "image 123", "IMG_2024_11_26_a_long_file_name"])
@pytest.mark.parametrize("count", [1, 4, 32, 96, 223, 300])
def test_names_are_level_cover_no_name_and_stay_on_a_page(count, name):
    errors = np.random.default_rng(0).random(count)
    figure = picture_errors(errors, None, [name] * count, "image")
    width, height = figure.get_size_inches() * figure.dpi
    assert width <= 1200
    assert height <= 2400
    (axes,) = figure.axes
    png(figure)
    texts = [text for text in axes.texts if text.get_text()[:2] == name[:2]]
    assert len(texts) == count
    assert {text.get_rotation() for text in texts} == {0}
    boxes = np.array([text.get_window_extent().extents for text in texts])
    assert (boxes[:, :2] >= -1).all()
    assert (boxes[:, 2:] <= np.array([width, height]) + 1).all()
    low, high = (
        np.maximum(boxes[:, None, :2], boxes[None, :, :2]),
        np.minimum(boxes[:, None, 2:], boxes[None, :, 2:]),
    )
    shared = (high - low).min(axis=-1)
    np.fill_diagonal(shared, -1)
    assert shared.max() < 1
