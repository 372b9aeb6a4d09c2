"""Noise on the codes: by hand, the fused pass against the tape, and that against finite differences."""

import numpy as np
import pytest
from objectives import RESTARTS, examples, fused, parameters_of, tape

from autoencoder.latent_noise import noisy
from autoencoder.network import Network
from autoencoder.objective.parts import PartedObjective
from autoencoder.problem import Problem, objective_of
from training.activations import ACTIVATIONS

INPUTS, TARGETS = examples()
# Two examples are the same: what is at a bound of the range may not be alone there.
INPUTS = np.concatenate([INPUTS, INPUTS[:2]])
TARGETS = np.concatenate([TARGETS, TARGETS[:2]])
NOISE = 0.3 * np.random.default_rng(4).standard_normal((len(INPUTS), 2))
TWINS = [name for name, activation in ACTIVATIONS.items() if activation.in_place]


def network(latent_activation, hidden="tanh"):
    return Network.mirrored([6, 4, 2], (hidden, latent_activation, hidden), bias=True)


def loaded(net, restarts=RESTARTS, precision="float64", loss="cross_entropy"):
    """An objective of a problem with noise on the codes, and where to ask it."""
    at = parameters_of(net, precision, restarts)
    problem = Problem(net, TARGETS, loss=loss, precision=precision)
    objective = objective_of(problem, at.copy(), len(INPUTS))
    objective.load(INPUTS, TARGETS, NOISE)
    return objective, at


def test_noise_is_a_share_of_the_range_of_each_number():
    codes = np.array([[0.0, 5.0], [1.0, 5.0], [4.0, 5.0]])
    moved = noisy(codes, np.array([[0.5, 9.0], [0.0, 9.0], [-0.25, 9.0]]))
    np.testing.assert_array_equal(moved, [[2.0, 5.0], [1.0, 5.0], [3.0, 5.0]])


@pytest.mark.parametrize("restarts", [1, RESTARTS])
@pytest.mark.parametrize("latent_activation", TWINS)
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_the_fused_pass_equals_the_tape(latent_activation, restarts, precision):
    net = network(latent_activation)
    objective, at = loaded(net, restarts, precision)
    plain = tape(net, "cross_entropy", INPUTS, TARGETS)
    plain.load(INPUTS, TARGETS, NOISE)
    found, expected = objective.evaluate(at), plain.evaluate(at.astype(float))
    tolerance = 1e-12 if precision == "float64" else 2e-5
    np.testing.assert_allclose(found.losses, expected.losses, rtol=tolerance)
    np.testing.assert_allclose(found.errors, expected.errors, rtol=10 * tolerance)
    np.testing.assert_allclose(found.gradient, expected.gradient, rtol=50 * tolerance, atol=2 * tolerance)
    np.testing.assert_allclose(objective.losses(at), found.losses, rtol=tolerance)


@pytest.mark.parametrize(("latent_activation", "hidden"), [("linear", "tanh"), ("sine", "gelu")])
def test_the_gradient_equals_finite_differences(latent_activation, hidden):
    objective, at = loaded(network(latent_activation, hidden))
    gradient = objective.evaluate(at).gradient.copy()
    for index in range(0, at.shape[1], 3):
        step = np.zeros_like(at)
        step[:, index] = 1e-6
        slope = (objective.losses(at + step) - objective.losses(at - step)) / 2e-6
        np.testing.assert_allclose(gradient[:, index], slope, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("hidden", ["tanh", "elu"])
def test_it_forgets_the_noise_of_other_examples(hidden):
    net = network("linear", hidden)
    objective, at = loaded(net)
    objective.load(INPUTS, TARGETS)
    make = fused if hidden == "tanh" else tape
    plain = make(net, "cross_entropy", INPUTS, TARGETS)
    for ours, theirs in zip(objective.evaluate(at), plain.evaluate(at), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-14)


def test_parts_of_a_batch_get_their_rows_of_it():
    net = network("linear")
    at, problem = parameters_of(net), Problem(net, TARGETS)
    parts = [objective_of(problem, at, size, len(INPUTS)) for size in (3, 4)]
    whole = PartedObjective(parts, [3, 4])
    whole.load(INPUTS, TARGETS, NOISE)
    together = whole.losses(at)
    for part, rows in zip(parts, (slice(3), slice(3, None)), strict=True):
        part.load(INPUTS[rows], TARGETS[rows], NOISE[rows])
    np.testing.assert_array_equal(together, sum(part.losses(at) for part in parts))
