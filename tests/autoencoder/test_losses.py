"""Both losses against their formulas and autograd's derivative, far from zero and in either precision."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autoencoder.losses import LOSSES

RESTARTS, PIXELS, EXAMPLES, BETA = 2, 40, 3, 0.7
RANDOM = np.random.default_rng(4)
LOGITS = 3 * RANDOM.standard_normal((RESTARTS, PIXELS, EXAMPLES))
TARGETS = (RANDOM.uniform(size=(PIXELS, EXAMPLES)) > 0.5).astype(float)


def formula(name, logits, targets=TARGETS):
    """The loss `(restarts,)`, as autograd can differentiate it."""
    if name == "squared_error":
        each = 0.5 * (1 / (1 + anp.exp(-2 * BETA * logits)) - targets) ** 2
    else:
        each = anp.logaddexp(0, 2 * BETA * logits) - targets * 2 * BETA * logits
    return anp.sum(each, axis=(1, 2)) / EXAMPLES


def made(name, precision="float64"):
    loss = LOSSES[name](np.empty(LOGITS.shape, precision), BETA)
    loss.load(TARGETS)
    return loss


@pytest.mark.parametrize("name", LOSSES)
def test_value_and_gradient_are_those_of_the_formula(name):
    loss = made(name)
    np.testing.assert_allclose(loss.value(LOGITS.copy()), formula(name, LOGITS), rtol=1e-12)
    loss.to_gradient()
    expected = autograd.grad(lambda logits: anp.sum(formula(name, logits)))(LOGITS)
    np.testing.assert_allclose(loss.delta, expected, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("name", LOSSES)
def test_the_squared_errors_are_sums_whatever_the_loss_is(name):
    loss = made(name)
    loss.value(LOGITS.copy())
    np.testing.assert_allclose(loss.squared_errors(), EXAMPLES * formula("squared_error", LOGITS))


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("scale", [10, 1000])
def test_the_cross_entropy_is_exact_when_products_overflow(precision, scale):
    logits = (scale * LOGITS).astype(precision)
    with np.errstate(over="ignore"):
        found = made("cross_entropy", precision).value(logits.copy())
    np.testing.assert_allclose(found, formula("cross_entropy", logits.astype(float)), rtol=1e-5)


def test_a_single_network_needs_no_axis_for_restarts():
    loss = LOSSES["cross_entropy"](np.empty(LOGITS.shape[1:]), BETA)
    loss.load(TARGETS)
    assert loss.value(LOGITS[0].copy()) == pytest.approx(formula("cross_entropy", LOGITS)[0])


@pytest.mark.parametrize("pixels", [1, 7, 8, 9, 12, 35, 37])
def test_any_number_of_pixels_makes_groups(pixels):
    logits, targets = LOGITS[:, :pixels], TARGETS[:pixels]
    loss = LOSSES["cross_entropy"](np.empty(logits.shape), BETA)
    loss.load(targets)
    expected = formula("cross_entropy", logits, targets)
    np.testing.assert_allclose(loss.value(logits.copy()), expected, rtol=1e-12)
