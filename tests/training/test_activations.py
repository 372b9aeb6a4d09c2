"""Each in-place form equals the plain function and autograd's derivative of it."""

import numpy as np
import pytest
from autograd import elementwise_grad

from training.activations import ACTIVATIONS, logistic

VALUES = np.linspace(-6, 6, 41)


@pytest.mark.parametrize("beta", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_in_place_forms_equal_the_function_and_its_derivative(name, beta):
    activation = ACTIVATIONS[name]
    values, delta = np.empty_like(VALUES), np.ones_like(VALUES)
    in_place = activation.in_place(np.empty_like(VALUES), beta)
    in_place.apply(VALUES.copy(), values)
    in_place.chain(delta, values)

    derivative = elementwise_grad(lambda x: activation.function(x, beta))
    np.testing.assert_allclose(values, activation.function(VALUES, beta), rtol=1e-14, atol=1e-14)
    inside = VALUES != 0 if name == "relu" else slice(None)  # relu has no derivative at 0
    np.testing.assert_allclose(delta[inside], derivative(VALUES)[inside], rtol=1e-12, atol=1e-14)


def test_logistic_is_the_documented_formula():
    for beta in (0.5, 1.0, 2.0):
        expected = 1 / (1 + np.exp(-2 * beta * VALUES))
        np.testing.assert_allclose(logistic(VALUES, beta), expected, rtol=0, atol=1e-15)


def test_nothing_overflows_far_from_zero():
    far = np.array([-1e300, -1e5, 0.0, 1e5, 1e300])
    assert logistic(far, 1.0).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
