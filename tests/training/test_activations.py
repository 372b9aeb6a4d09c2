"""Every form of an activation is the plain function: its derivative, Keras's, the quick one."""

import os
import re

import numpy as np
import pytest
from autograd import elementwise_grad
from scipy import stats

from training.activations import ACTIVATIONS, logistic

VALUES = np.linspace(-6, 6, 41)
BETA = 0.5  # where the logistic function is Keras's sigmoid

CLOSED_FORMS = {
    "linear": lambda x: x,
    "logistic": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": lambda x: (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1),
    "relu": lambda x: x * (x > 0),
    "silu": lambda x: x / (1 + np.exp(-x)),
    "elu": lambda x: np.where(x > 0, x, np.exp(x) - 1),
    "gelu": lambda x: x * stats.norm.cdf(x),
    "softplus": lambda x: np.log(1 + np.exp(x)),
    "sine": np.sin,
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_plain_function_is_its_closed_form(name):
    found = ACTIVATIONS[name].plain(VALUES, BETA)
    np.testing.assert_allclose(found, CLOSED_FORMS[name](VALUES), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_autograd_knows_the_derivative(name):
    plain = ACTIVATIONS[name].plain
    at = VALUES[np.abs(VALUES) > 1e-3]  # relu has no derivative at 0
    slope = (plain(at + 1e-6, BETA) - plain(at - 1e-6, BETA)) / 2e-6
    found = elementwise_grad(lambda x: plain(x, BETA))(at)
    np.testing.assert_allclose(found, slope, rtol=1e-7, atol=1e-9)


def test_at_zero_a_slope_is_that_of_the_twin_or_of_both_sides():
    for name, wanted in (("relu", 0.0), ("elu", 1.0)):
        slope = elementwise_grad(lambda x, plain=ACTIVATIONS[name].plain: plain(x, BETA))
        assert slope(np.zeros(3)).tolist() == [wanted] * 3
        assert np.isnan(ACTIVATIONS[name].plain(np.array([np.nan]), BETA)).all()  # divergence stays seen


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_quick_form_keeps_single_precision(name):
    activation, singles = ACTIVATIONS[name], VALUES.astype(np.float32)
    found = activation.quick(singles, BETA)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, activation.plain(VALUES, BETA), rtol=1e-5, atol=2e-7)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_keras_computes_the_same(name):
    pytest.importorskip("tensorflow", reason="TensorFlow is not installed")
    from vae.tensorflow_setup import load_tensorflow

    load_tensorflow()
    from vae.networks import activated

    theirs = activated(ACTIVATIONS[name].keras, VALUES.astype(np.float32))
    np.testing.assert_allclose(theirs, ACTIVATIONS[name].plain(VALUES, BETA), rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nothing_overflows_far_from_zero(name):
    far = np.array([-1e300, -1e5, -800, 0.0, 800, 1e5, 1e300])
    assert np.isfinite(ACTIVATIONS[name].plain(far, 1.0)).all()
    assert np.isfinite(ACTIVATIONS[name].quick(np.array([-1e4, 0, 1e4], np.float32), BETA)).all()


def test_logistic_is_the_documented_formula():
    for beta in (0.5, 1.0, 2.0):
        expected = 1 / (1 + np.exp(-2 * beta * VALUES))
        np.testing.assert_allclose(logistic(VALUES, beta), expected, rtol=0, atol=1e-15)
    far = np.array([-1e300, -1e5, 0.0, 1e5, 1e300])
    assert logistic(far, 1.0).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_javascript_is_one_expression_and_so_is_its_slope(name):
    for expression, names in (
        (ACTIVATIONS[name].javascript, {"x", "beta", "erf"}),
        (ACTIVATIONS[name].slope, {"x", "y", "beta", "erf"}),
    ):
        assert set(re.findall(r"(?<![\w.])[a-z]\w*", expression)) <= names
        assert os.linesep not in expression
