"""The curve of a film: where its epochs and values are, and what is shown of it."""

from dataclasses import replace

import numpy as np
import pytest

from runner.figures.film.curve import BELOW, LEFT, CurvePanel
from runner.figures.film.ink import BLUE, GREEN, shaded
from runner.result.learning import Curve, Learning

EPOCHS = np.arange(101)
FALLING = Curve("", EPOCHS, 100 / (1.0 + EPOCHS))
LEARNED = Learning("Error by epoch", "½ Σ", True, [FALLING], [], {"PCA": 10.0})


def is_blue(panel):
    return (panel > shaded(np.zeros(()), BLUE)) & (panel <= shaded(np.ones(()), BLUE))


def test_the_curve_is_a_line_where_both_axes_are_logarithmic():
    panel = CurvePanel(LEARNED, 200, 400)
    rows, columns = np.nonzero(is_blue(panel.whole()))
    fit = np.polyfit(columns, rows, 1)
    assert fit[0] > 0
    assert np.abs(np.polyval(fit, columns) - rows).max() < 3
    assert columns.min() >= LEFT - 2
    assert rows.max() < 200 - BELOW


def test_a_spot_lies_on_the_curve():
    panel = CurvePanel(LEARNED, 200, 400)
    drawn = is_blue(panel.whole())
    for epoch in (0, 1, 9, 50, 99):
        column, row = panel.spot(epoch)
        assert drawn[row - 2 : row + 3, column - 1 : column + 2].any()


def test_a_limit_is_a_line_and_has_its_name():
    panel = CurvePanel(LEARNED, 200, 400)
    green = panel.empty() == shaded(np.ones(()), GREEN)
    (row,) = np.flatnonzero(green.sum(axis=1) > 150)
    assert row == panel.spot(9)[1]  # where the curve is 10
    assert not is_blue(panel.empty()).any()


def test_between_epochs_that_were_measured_the_last_one_counts():
    curve = Curve("", np.array([0, 5, 9]), np.array([9.0, np.nan, 3.0]))
    panel = CurvePanel(replace(LEARNED, curves=[curve], is_logarithmic=False, limits={}), 200, 400)
    rows = [panel.spot(epoch)[1] for epoch in (0, 4, 7, 9, 10)]
    assert rows[0] == rows[1] == rows[2] < rows[3] == rows[4]
    assert panel.column(9) > panel.column(5) > panel.column(0) == LEFT


@pytest.mark.parametrize("is_logarithmic", [True, False])
@pytest.mark.parametrize(
    "values", [[], [np.nan], [0.0], [0.0, 0.0], [5.0], [5.0, 5.0], [1e-300, 1e300], [-3.0, 2.0]]
)
def test_unusual_values_have_a_panel(values, is_logarithmic):
    curve = Curve("", np.arange(len(values)), np.array(values, float))
    panel = CurvePanel(replace(LEARNED, curves=[curve, curve], is_logarithmic=is_logarithmic), 120, 300)
    assert panel.whole().shape == (120, 300)
    panel.spot(0)
