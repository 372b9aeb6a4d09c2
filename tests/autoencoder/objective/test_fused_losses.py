"""Every twin of a loss against its plain function and autograd, far from zero and in either precision."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autoencoder.objective.losses import LOSSES

RESTARTS, PIXELS, EXAMPLES, BETA = 2, 40, 3, 0.7
RANDOM = np.random.default_rng(4)
SUMS = 3 * RANDOM.standard_normal((RESTARTS, PIXELS, EXAMPLES))
GREY = RANDOM.uniform(size=(PIXELS, EXAMPLES))
TARGETS = {"binary": np.round(GREY), "grey": GREY}
TWINS = [
    (name, targets)
    for name, loss in LOSSES.items()
    for targets in TARGETS
    if loss.twin(targets == "binary")
]


def formula(name, sums, targets, mean_over=EXAMPLES):
    """The loss `(restarts,)`, as autograd can differentiate it."""
    return anp.sum(LOSSES[name].plain(2 * BETA * sums, targets), axis=(1, 2)) / mean_over


def made(name, targets, precision="float64", shape=SUMS.shape, mean_over=EXAMPLES):
    twin = LOSSES[name].twin(set(np.unique(targets)) <= {0, 1})
    loss = twin(np.empty(shape, precision), BETA, mean_over)
    loss.load(targets.astype(precision))
    return loss


@pytest.mark.parametrize("mean_over", [EXAMPLES, 10])
@pytest.mark.parametrize(("name", "kind"), TWINS)
def test_losses_errors_and_gradient_are_those_of_the_plain_function(name, kind, mean_over):
    targets = TARGETS[kind]
    loss = made(name, targets, mean_over=mean_over)
    losses, errors = loss.evaluate(SUMS.copy())
    np.testing.assert_allclose(losses, formula(name, SUMS, targets, mean_over), rtol=1e-12)
    np.testing.assert_allclose(errors, formula("squared_error", SUMS, targets, 1))
    expected = autograd.grad(lambda sums: anp.sum(formula(name, sums, targets, mean_over)))(SUMS)
    np.testing.assert_allclose(loss.delta, expected, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize(("name", "kind"), TWINS)
def test_the_three_questions_have_the_same_answers_in_any_order(name, kind):
    loss, other = made(name, TARGETS[kind]), made(name, TARGETS[kind])
    losses, errors = other.evaluate(SUMS.copy())
    for _ in range(2):
        assert (loss.evaluate(SUMS.copy())[1] == errors).all()
        assert (loss.losses(SUMS.copy()) == losses).all()
        assert (loss.measure(SUMS.copy())[1] == errors).all()
    loss.evaluate(SUMS.copy())
    np.testing.assert_array_equal(loss.delta, other.delta)


@pytest.mark.parametrize("kind", TARGETS)
@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("scale", [10, 1000])
def test_the_cross_entropy_is_exact_when_products_overflow(precision, scale, kind):
    sums = (scale * SUMS).astype(precision)
    targets = TARGETS[kind]
    with np.errstate(over="ignore"):
        found = made("cross_entropy", targets, precision).losses(sums.copy())
    np.testing.assert_allclose(found, formula("cross_entropy", sums.astype(float), targets), rtol=1e-5)


@pytest.mark.parametrize("kind", TARGETS)
def test_a_single_network_needs_no_axis_for_restarts(kind):
    loss = made("cross_entropy", TARGETS[kind], shape=SUMS.shape[1:])
    expected = formula("cross_entropy", SUMS, TARGETS[kind])[0]
    assert loss.losses(SUMS[0].copy()) == pytest.approx(expected)


@pytest.mark.parametrize("kind", TARGETS)
@pytest.mark.parametrize("pixels", [1, 7, 8, 9, 12, 35, 37])
def test_any_number_of_pixels_makes_groups(pixels, kind):
    sums, targets = SUMS[:, :pixels], TARGETS[kind][:pixels]
    loss = made("cross_entropy", targets, shape=sums.shape)
    expected = formula("cross_entropy", sums, targets)
    np.testing.assert_allclose(loss.losses(sums.copy()), expected, rtol=1e-12)
