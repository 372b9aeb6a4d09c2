"""The fused pass against autograd's plain tape, finite differences and hand-computed values."""

from itertools import product

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from plain import plain_losses

from autoencoder.network import Network
from autoencoder.objective import Objective, Problem, training_loss
from training.activations import ACTIVATIONS

LOSSES = ("squared_error", "cross_entropy")
RESTARTS, EXAMPLES = 3, 5


def make(activation="tanh", loss="squared_error", bias=True, precision="float64", beta=0.8):
    random = np.random.default_rng(1)
    inputs = random.uniform(size=(EXAMPLES, 6))
    targets = (random.uniform(size=(EXAMPLES, 6)) > 0.5).astype(float)
    network = Network.mirrored([6, 4, 3, 2], (activation, "linear", activation), bias=bias, beta=beta)
    objective = Objective(network, inputs, targets, loss=loss, restarts=RESTARTS, dtype=np.dtype(precision))
    parameters = 0.5 * random.standard_normal((RESTARTS, network.parameter_count))
    return network, objective, parameters.astype(precision), inputs, targets


@pytest.mark.parametrize(
    ("activation", "loss", "bias", "precision"),
    list(product(ACTIVATIONS, LOSSES, (False, True), ("float64", "float32"))),
)
def test_loss_and_gradient_equal_autograds_plain_tape(activation, loss, bias, precision):
    network, objective, parameters, inputs, targets = make(activation, loss, bias, precision)

    def total(vector):
        return anp.sum(plain_losses(network, vector, inputs, targets, loss))

    tolerance = 1e-12 if precision == "float64" else 2e-5
    doubles = parameters.astype(float)
    expected = plain_losses(network, doubles, inputs, targets, loss)
    np.testing.assert_allclose(objective.value(parameters), expected, rtol=tolerance)
    np.testing.assert_allclose(
        objective.gradient_here(), autograd.grad(total)(doubles), rtol=tolerance * 50, atol=tolerance
    )


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
def test_gradient_equals_finite_differences(activation, loss):
    _, objective, parameters, _, _ = make(activation, loss)
    objective.value(parameters)
    gradient = objective.gradient_here().copy()
    for index in range(0, parameters.shape[1], 7):
        step = np.zeros_like(parameters)
        step[:, index] = 1e-6
        slope = (objective.value(parameters + step) - objective.value(parameters - step)) / 2e-6
        np.testing.assert_allclose(gradient[:, index], slope, rtol=1e-6, atol=1e-8)


def test_autograd_differentiates_what_is_built_on_the_primitive():
    network, objective, parameters, inputs, targets = make(loss="cross_entropy")

    def built_on_ours(vector):
        twice = training_loss(vector, objective) + training_loss(2 * vector, objective) ** 2
        return anp.sum(anp.sin(twice))

    def built_on_the_tape(vector):
        def plain(at):
            return plain_losses(network, at, inputs, targets, "cross_entropy")

        return anp.sum(anp.sin(plain(vector) + plain(2 * vector) ** 2))

    ours = autograd.grad(built_on_ours)(parameters)
    np.testing.assert_allclose(ours, autograd.grad(built_on_the_tape)(parameters), rtol=1e-9)


def test_squared_error_of_one_logistic_unit_by_hand():
    network = Network.mirrored([1, 1], ("linear", "linear", "logistic"))
    objective = Objective(network, np.array([[1.0]]), np.array([[1.0]]), loss="squared_error")
    # The code is 2, the logit 2 · 0.25, and the slope 2 beta = 2 of the documented logistic function.
    pixel = 1 / (1 + np.exp(-2 * 0.5))
    assert objective.value(np.array([[2.0, 0.25]]))[0] == pytest.approx(0.5 * (pixel - 1) ** 2)
    by_weight = (pixel - 1) * 2 * pixel * (1 - pixel)
    np.testing.assert_allclose(objective.gradient_here(), [[by_weight * 0.25, by_weight * 2]])


def test_accumulated_error_is_summed_over_examples_whatever_loss_is_trained():
    for loss in LOSSES:
        network, objective, parameters, inputs, targets = make(loss=loss)
        objective.value(parameters)
        expected = EXAMPLES * plain_losses(network, parameters, inputs, targets, "squared_error")
        np.testing.assert_allclose(objective.squared_errors(), expected)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_saturated_units_stay_finite_and_warn_of_nothing(loss, precision):
    _, objective, parameters, _, _ = make(loss=loss, precision=precision)
    with np.errstate(over="ignore"):  # as `value` asks for
        assert np.isfinite(objective.value(parameters * 1e4)).all()
    assert np.isfinite(objective.gradient_here()).all()


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_cross_entropy_of_logits_far_on_the_wrong_side_is_exact(precision):
    network = Network.mirrored([2, 1], ("linear", "linear", "logistic"))
    objective = Objective(
        network, np.ones((1, 2)), np.array([[1.0, 0.0]]), loss="cross_entropy", dtype=np.dtype(precision)
    )
    # Codes of 1, logits of -1e6 and 40, doubled by the slope of the logistic function.
    with np.errstate(over="ignore"):
        loss = objective.value(np.array([[0.5, 0.5, -1e6, 40.0]], precision))
    assert loss[0] == pytest.approx(2e6 + 80, rel=1e-6)
    np.testing.assert_allclose(objective.gradient_here()[0, 2:], [-2, 2], rtol=1e-6)


def test_cross_entropy_of_many_pixels_does_not_underflow():
    network = Network.mirrored([3000, 1], ("linear", "linear", "logistic"))
    pixels = np.ones((1, 3000))
    objective = Objective(network, pixels, pixels, loss="cross_entropy", dtype=np.dtype("float32"))
    undecided = objective.value(np.zeros((1, network.parameter_count)))
    assert undecided[0] == pytest.approx(3000 * np.log(2), rel=1e-5)


def test_load_replaces_the_examples():
    network, objective, parameters, inputs, targets = make()
    objective.load(inputs[::-1] ** 2, targets[::-1])
    expected = plain_losses(network, parameters, inputs[::-1] ** 2, targets[::-1], "squared_error")
    np.testing.assert_allclose(objective.value(parameters), expected)


def test_a_restart_does_not_see_the_others():
    network, objective, parameters, inputs, targets = make(loss="cross_entropy")
    together = objective.value(parameters), objective.gradient_here().copy()
    alone = Objective(network, inputs, targets, loss="cross_entropy")
    for index in range(RESTARTS):
        assert alone.value(parameters[index : index + 1])[0] == together[0][index]
        np.testing.assert_array_equal(alone.gradient_here()[0], together[1][index])


@pytest.mark.parametrize(("activation", "loss", "bias"), list(product(ACTIVATIONS, LOSSES, (False, True))))
def test_what_few_changed_weights_leave_out_changes_no_bit(activation, loss, bias):
    network, _, start, inputs, targets = make(activation, loss, bias)
    objective = Objective(network, inputs, targets, loss=loss)
    objective.value(start[:1])
    parameters, random = start[0].copy(), np.random.default_rng(2)
    for index in random.permutation(network.parameter_count):
        parameters[index] += random.normal()
        if index % 4 == 0:
            parameters[random.integers(len(parameters))] += random.normal()
        afresh = Objective(network, inputs, targets, loss=loss)
        assert objective.value(parameters) == afresh.value(parameters)
        assert objective.squared_errors() == afresh.squared_errors()
        if index % 3 == 0:
            np.testing.assert_array_equal(objective.gradient_here(), afresh.gradient_here())


def test_wrong_shapes_are_refused():
    _network, objective, parameters, inputs, _ = make()
    with pytest.raises(ValueError, match="shape"):
        objective.value(parameters[:, :-1])
    with pytest.raises(ValueError, match="shape"):
        objective.load(inputs[:-1], inputs[:-1])


def test_cross_entropy_of_soft_targets_is_refused():
    network, _, _, inputs, targets = make()
    assert Problem(network, inputs, targets / 2).loss == "squared_error"
    with pytest.raises(ValueError, match="0 or 1"):
        Problem(network, inputs, targets / 2, "cross_entropy")
