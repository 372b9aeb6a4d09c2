"""Maps of dots: by class with a colour and a name for each, by error, and on a line in rows."""

import numpy as np
import pytest
from matplotlib.collections import PathCollection

from runner.figures.maps.dots import ERROR, MOST_NAMES, MOST_ROWS, class_map, error_map
from runner.figures.style import CLASS_COLORS, png
from runner.figures.texts import MOST_ENTRIES

PLANE, LINE = ("z1", "z2"), ("z1", "")


def legend(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def dots(axes):
    return [drawn for drawn in axes.collections if isinstance(drawn, PathCollection)]


def test_there_is_one_colour_and_one_name_for_each_class_that_occurs():
    places, labels = np.array([[0.0, 0], [1, 1], [2, 2]]), np.array([0, 2, 2])
    figure = class_map(places, labels, ["one", "two", "digit 3"], PLANE, "A map")
    (axes,) = figure.axes
    assert legend(axes) == ["one", "digit 3"]
    assert [text.get_text() for text in axes.texts] == ["one", "3"]
    assert [len(some.get_offsets()) for some in dots(axes)] == [1, 2]
    assert len({tuple(some.get_facecolor()[0]) for some in dots(axes)}) == 2
    assert figure.texts[0].get_text() == "A map"


def test_the_name_of_a_class_stands_at_its_median_where_many_lie():
    random = np.random.default_rng(0)
    labels = np.repeat([0, 1], 300)
    places = random.normal(size=(600, 2)) + labels[:, None] * 8
    (axes,) = class_map(places, labels, ["left", "right"], PLANE, "").axes
    for label, text in enumerate(axes.texts):
        np.testing.assert_allclose(
            text.get_position(), np.median(places[labels == label], axis=0), atol=1e-9
        )


def test_the_names_of_classes_that_lie_together_go_apart():
    random = np.random.default_rng(0)
    places, labels = random.normal(size=(80, 2)), np.arange(80) % 8
    names = [f"a long name {label}" for label in range(8)]
    (axes,) = class_map(places, labels, names, PLANE, "").axes
    png(axes.figure)
    found = np.array([text.get_window_extent().extents for text in axes.texts])
    assert len(found) == 8
    for row, box in enumerate(found):
        others = np.delete(found, row, axis=0)
        low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
        assert ((high - low).min(axis=1) < 0).all()


@pytest.mark.parametrize("plane", [PLANE, LINE])
def test_any_number_of_classes_with_any_names_is_drawn(plane):
    count = 77
    names = [f"${label}_" for label in range(count)]
    labels = np.arange(count).repeat(5)
    places = np.random.default_rng(0).normal(size=(len(labels), 2))
    figure = class_map(places, labels, names, plane, "A map")
    (axes,) = figure.axes
    png(figure)
    written = {text.get_text() for text in axes.texts}
    assert written <= set(names)
    if plane == PLANE:
        assert legend(axes) == [*names[:MOST_ENTRIES], f"and {count - MOST_ENTRIES} more"]
        assert len(dots(axes)) == count
        looks = {(tuple(d.get_facecolor()[0]), d.get_paths()[0].vertices.tobytes()) for d in dots(axes)}
        assert len(looks) == 6 * len(CLASS_COLORS)
        assert 0.5 * MOST_NAMES < len(written) <= MOST_NAMES
    else:
        assert written == set(names[:MOST_ROWS])
        assert figure.texts[1].get_text() == f"and {count - MOST_ROWS} more classes"
    height = figure.get_size_inches()[1] * figure.dpi
    assert height <= 2400


def test_classes_on_a_line_have_a_row_each():
    values, labels = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 0, 2, 2])
    places = np.column_stack([values, np.zeros(4)])
    figure = class_map(places, labels, ["_misc", "none", "$$"], LINE, "A map")
    (axes,) = figure.axes
    png(figure)
    assert [text.get_text() for text in axes.texts] == ["_misc", "$$"]
    first, second = (some.get_offsets() for some in dots(axes))
    assert first[:, 0].tolist() == [0, 1]
    assert ((first[:, 1] > 0) & (first[:, 1] < 1)).all()
    assert ((second[:, 1] > -1) & (second[:, 1] < 0)).all()


def test_many_on_a_line_are_histograms_that_count_each():
    random = np.random.default_rng(0)
    values, labels = random.normal(size=900), np.arange(900) % 3
    places = np.column_stack([values, np.zeros(900)])
    (axes,) = class_map(places, labels, ["a", "b", "c"], LINE, "").axes
    for row, bars in enumerate(axes.collections):
        corners = np.array([path.vertices[:4] for path in bars.get_paths()])
        heights = corners[:, 2, 1] - corners[:, 0, 1]
        counts = np.histogram(values[labels == row], np.append(corners[:, 0, 0], values.max()))[0]
        np.testing.assert_allclose(heights, heights.max() * counts / counts.max(), atol=1e-9)
        assert (corners[:, 0, 1] == -row).all()


def test_codes_that_are_all_the_same_are_drawn():
    for plane in (PLANE, LINE):
        png(class_map(np.zeros((400, 2)), np.arange(400) % 2, ["a", "b"], plane, ""))
        png(error_map(np.zeros((400, 2)), np.zeros(400), plane, ""))


def test_without_classes_errors_give_the_colour():
    places, errors = np.array([[0.0, 0], [1, 1], [5, 3]]), np.array([0.5, 2.0, 1.0])
    figure = error_map(places, errors, PLANE, "A map")
    axes, bar = figure.axes
    assert axes.get_legend() is None
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), places)
    np.testing.assert_array_equal(axes.collections[0].get_array(), errors)
    assert bar.get_ylabel() == ERROR
    assert (axes.get_xlabel(), axes.get_ylabel()) == PLANE
    png(figure)


def test_without_classes_on_a_line_errors_give_the_height():
    values, errors = np.array([0.0, 1, 5]), np.array([0.5, 2.0, 1.0])
    (axes,) = error_map(np.column_stack([values, np.zeros(3)]), errors, LINE, "").axes
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), np.column_stack([values, errors]))
    assert axes.get_ylabel() == ERROR
