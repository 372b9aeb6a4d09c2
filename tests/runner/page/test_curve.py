"""The numbers of the learning curve."""

import base64
import zlib

import numpy as np
import pytest

from runner.page.curve import MOST_POINTS, curve_facts
from runner.result.learning import Curve, Learning


def curve(values, first=0, name=""):
    values = np.array(values, float)
    return Curve(name, np.arange(first, first + len(values)), values)


def learned(*curves, logarithmic=True, others=(), limits=None):
    return Learning("title", "unit", logarithmic, list(curves), list(others), limits or {})


def values_of(line):
    return np.frombuffer(zlib.decompress(base64.b64decode(line["values"]["data"]))).tolist()


def test_the_error_is_logarithmic_and_has_no_place_for_zero():
    facts = curve_facts(learned(curve([10, 1, 0]), others=[curve([20, 2])], limits={"PCA": 5.0}))
    assert facts["isLogarithmic"]
    assert facts["ranges"] == [-0.5, 2.5, pytest.approx(1 / 1.6), pytest.approx(20 * 1.6)]
    assert [line["kind"] for line in facts["lines"]] == ["others", "kept"]
    assert [values_of(line) for line in facts["lines"]] == [[20, 2], [10, 1, 0]]
    assert facts["limits"] == [5.0]


def test_losses_are_linear_and_the_last_one_counts():
    facts = curve_facts(learned(curve([3, -2], 1), curve([4, 1], 1), logarithmic=False))
    assert facts["ranges"] == [0.5, 2.5, pytest.approx(-2.48), pytest.approx(4.48)]
    assert [line["kind"] for line in facts["lines"]] == ["training", "kept"]


def test_few_epochs_are_dots_and_many_are_not():
    assert [curve_facts(learned(curve(np.ones(epochs))))["hasDots"] for epochs in (60, 61)] == [True, False]


def test_a_perfect_start_and_an_empty_history_still_make_a_plot():
    for values in (np.zeros(2), []):
        assert curve_facts(learned(curve(values)))["ranges"][2] > 0
        assert curve_facts(learned(curve(values), curve(values), logarithmic=False))["ranges"][2] < 0.1


def test_long_curves_are_thinned_but_keep_their_ends_and_peaks():
    long = np.arange(1.0, 100_001.0)
    long[5_000] = 1e7
    (line,) = curve_facts(learned(curve(long)))["lines"]
    values = values_of(line)
    assert len(values) <= MOST_POINTS
    assert (values[0], values[-1], max(values)) == (1.0, 100_000.0, 1e7)
