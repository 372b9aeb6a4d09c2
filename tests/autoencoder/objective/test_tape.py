"""The plain objective against finite differences and formulas, for every activation and loss."""

from itertools import product

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from objectives import EXAMPLES, RESTARTS, examples, network, parameters_of, tape
from plain import plain_losses

from autoencoder.objective.losses import LOSSES
from training.activations import ACTIVATIONS


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
def test_losses_errors_and_gradient_are_those_of_the_formulas(activation, loss):
    net, (inputs, targets) = network(activation), examples("grey")
    at = parameters_of(net)
    found = tape(net, loss, inputs, targets).evaluate(at)
    np.testing.assert_allclose(found.losses, plain_losses(net, at, inputs, targets, loss), rtol=1e-12)
    errors = EXAMPLES * plain_losses(net, at, inputs, targets, "squared_error")
    np.testing.assert_allclose(found.errors, errors)
    total = autograd.grad(lambda p: anp.sum(plain_losses(net, p, inputs, targets, loss)))
    np.testing.assert_allclose(found.gradient, total(at), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("activation", "loss"), list(product(ACTIVATIONS, LOSSES)))
def test_the_gradient_equals_finite_differences(activation, loss):
    net = network(activation)
    at, objective = parameters_of(net), tape(net, loss, *examples())
    gradient = objective.evaluate(at).gradient
    for index in range(0, at.shape[1], 7):
        step = np.zeros_like(at)
        step[:, index] = 1e-6
        slope = (objective.losses(at + step) - objective.losses(at - step)) / 2e-6
        np.testing.assert_allclose(gradient[:, index], slope, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_single_precision_stays_single(activation):
    net = network(activation)
    at, (inputs, targets) = parameters_of(net, "float32"), examples("grey")
    found = tape(net, "cross_entropy", inputs, targets, "float32").evaluate(at)
    assert {array.dtype for array in found} == {np.dtype("float32")}
    expected = tape(net, "cross_entropy", inputs, targets).evaluate(at.astype(float))
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-5)


def test_bytes_are_grey_levels_and_inputs_may_be_their_own_targets():
    net = network()
    pictures = np.random.default_rng(0).integers(0, 256, (EXAMPLES, 6), dtype=np.uint8)
    objective, numbers = tape(net, "cross_entropy", *examples()), pictures / 255
    objective.load(pictures)
    expected = tape(net, "cross_entropy", numbers, numbers).losses(parameters_of(net))
    np.testing.assert_allclose(objective.losses(parameters_of(net)), expected)


def test_one_network_may_come_as_one_row():
    net = network()
    at, objective = parameters_of(net), tape(net, "squared_error", *examples())
    assert objective.losses(at[1]).tolist() == objective.losses(at)[1:2].tolist()
    assert objective.losses(at).shape == (RESTARTS,)
