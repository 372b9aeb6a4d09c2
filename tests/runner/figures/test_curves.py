"""Learning curves: the judged one in colour, others in grey, limits as dashed lines."""

from dataclasses import replace

import numpy as np
import pytest

from runner.figures.curves import MOST_VERTICES, learning_curves
from runner.figures.style import BLUE, GREY, png
from runner.result.learning import Curve, Learning, learning
from runner.result.limits import PUBLISHED

ERRORS = Curve("", np.arange(5), np.array([90.0, 40, 10, 4, 1]))
LEARNED = Learning("A title", "a unit", True, [ERRORS], [], {})


def legend(axes):
    found = axes.get_legend()
    return [text.get_text() for text in found.get_texts()] if found else None


def test_the_only_curve_of_errors_needs_no_legend():
    figure = learning_curves(LEARNED)
    (axes,) = figure.axes
    (line,) = axes.lines
    np.testing.assert_array_equal(line.get_xydata(), np.column_stack([ERRORS.epochs, ERRORS.values]))
    assert (line.get_color(), axes.get_yscale(), legend(axes)) == (BLUE, "log", None)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("epoch", "a unit")
    assert figure.texts[0].get_text() == "A title"
    png(figure)


def test_networks_that_were_not_kept_are_grey_behind_it():
    others = [Curve("", np.arange(5), ERRORS.values * factor) for factor in (2, 3)]
    figure = learning_curves(replace(LEARNED, others=others))
    (axes,) = figure.axes
    (behind,) = axes.collections
    for segment, curve in zip(behind.get_segments(), others, strict=True):
        np.testing.assert_array_equal(segment, np.column_stack([curve.epochs, curve.values]))
    assert legend(axes) == ["kept", "other restarts"]
    png(figure)


def test_limits_are_dashed_lines_with_their_names():
    figure = learning_curves(replace(LEARNED, limits={"PCA of size 2": 7.5, PUBLISHED: 17.68}))
    (axes,) = figure.axes
    _, pca, published = axes.lines
    assert [line.get_ydata()[0] for line in (pca, published)] == [7.5, 17.68]
    assert {line.get_linestyle() for line in (pca, published)} == {"--"}
    assert pca.get_color() != published.get_color()
    assert [text.get_text() for text in axes.texts] == ["PCA of size 2:\n7.5", "published:\n17.68"]
    png(figure)


@pytest.mark.parametrize("limit", [0.001, 7.5, 1e6])
def test_the_name_of_a_limit_stands_beside_its_line_however_far_that_is(limit):
    figure = learning_curves(replace(LEARNED, limits={"best on new noise": limit}))
    (axes,) = figure.axes
    png(figure)
    name = axes.texts[0].get_window_extent()
    line = axes.transData.transform((0, limit))[1]
    assert (name.y0 + name.y1) / 2 == pytest.approx(line, abs=3)
    assert figure.bbox.y0 <= name.y0 and name.y1 <= figure.bbox.y1
    assert name.x1 <= figure.bbox.x1


def test_a_training_and_a_judged_curve_are_named_and_the_best_loss_is_written_beside_it():
    training = Curve("training", np.arange(1, 4), np.array([200.0, 150, 140]))
    judged = Curve("test", np.arange(1, 4), np.array([190.0, 145.25, 146]))
    figure = learning_curves(Learning("Loss", "nats", False, [training, judged], [], {}))
    (axes,) = figure.axes
    grey, blue = axes.lines
    assert (grey.get_color(), blue.get_color(), legend(axes)) == (GREY, BLUE, ["training", "test"])
    np.testing.assert_array_equal(blue.get_xydata(), np.column_stack([judged.epochs, judged.values]))
    assert axes.get_yscale() == "linear"
    (note,) = axes.texts
    assert (note.get_text(), note.xy) == ("145.25", (2, 145.25))
    png(figure)


def test_a_very_long_curve_is_thinned():
    values = np.random.default_rng(0).uniform(1, 2, 3 * MOST_VERTICES)
    long = Curve("", np.arange(1, len(values) + 1), values)
    (line,) = learning_curves(replace(LEARNED, curves=[long])).axes[0].lines
    drawn = line.get_xydata()
    assert len(drawn) <= MOST_VERTICES
    assert (drawn[0, 0], drawn[-1, 0]) == (1, len(values))
    assert (drawn[:, 1].min(), drawn[:, 1].max()) == (values.min(), values.max())


@pytest.mark.parametrize("is_logarithmic", [True, False])
def test_a_training_that_came_to_no_epoch_has_an_empty_curve(is_logarithmic):
    nothing = Curve("x", np.arange(0), np.empty(0))
    empty = Learning("t", "u", is_logarithmic, [nothing, nothing], [], {})
    assert len(learning_curves(empty).axes[0].lines[-1].get_xydata()) == 0


def test_every_result_has_its_curves(any_result):
    learned = learning(any_result)
    figure = learning_curves(learned)
    (axes,) = figure.axes
    judged = axes.lines[len(learned.curves) - 1]
    np.testing.assert_array_equal(judged.get_ydata(), learned.curves[-1].values)
    png(figure)
