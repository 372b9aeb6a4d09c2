"""Each twin in place equals the plain function and autograd's derivative of it."""

import numpy as np
import pytest
from autograd import elementwise_grad

from training.activations import ACTIVATIONS
from training.in_place import constant

VALUES = np.linspace(-6, 6, 41)
TWINS = [name for name, activation in ACTIVATIONS.items() if activation.in_place]


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("beta", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("name", TWINS)
def test_twins_equal_the_function_and_its_derivative(name, beta, precision):
    activation, at = ACTIVATIONS[name], VALUES.astype(precision)
    values, delta = np.empty_like(at), np.ones_like(at)
    twin = activation.in_place(np.empty_like(at), beta)
    twin.apply(at.copy(), values)
    twin.chain(delta, values)

    tolerance = 1e-14 if precision == "float64" else 2e-5
    derivative = elementwise_grad(lambda x: activation.plain(x, beta))
    expected = activation.plain(VALUES, beta)
    np.testing.assert_allclose(values, expected, rtol=tolerance, atol=tolerance)
    inside = VALUES != 0 if name == "relu" else slice(None)  # relu has no derivative at 0
    expected = derivative(VALUES)[inside]
    np.testing.assert_allclose(delta[inside], expected, rtol=100 * tolerance, atol=tolerance)


@pytest.mark.parametrize("name", TWINS)
def test_the_outputs_may_take_the_place_of_the_values(name):
    values = VALUES.copy()
    ACTIVATIONS[name].in_place(np.empty_like(values), 1.0).apply(values, values)
    np.testing.assert_allclose(values, ACTIVATIONS[name].plain(VALUES, 1.0), rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_a_constant_keeps_the_precision_of_what_it_multiplies(precision):
    third = constant(1 / 3, precision)
    assert third.shape == ()
    assert third == precision(1 / 3)
    assert (np.ones(2, precision) * third).dtype == precision
