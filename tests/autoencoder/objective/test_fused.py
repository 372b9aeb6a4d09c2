"""The fused pass against autograd's tape, hand-computed values, and itself after other questions."""

from itertools import product

import numpy as np
import pytest
from objectives import EXAMPLES, RESTARTS, examples, fused, network, parameters_of, tape

from autoencoder.network import Network
from autoencoder.objective.losses import LOSSES
from training.activations import ACTIVATIONS

KINDS = "binary", "grey"
TWINS = [name for name, activation in ACTIVATIONS.items() if activation.in_place]
FUSED_LOSSES = [name for name, loss in LOSSES.items() if loss.fused]
EVERYTHING = list(product(TWINS, FUSED_LOSSES, KINDS, (False, True), ("float64", "float32")))


@pytest.mark.parametrize(("activation", "loss", "kind", "bias", "precision"), EVERYTHING)
def test_it_equals_the_tape(activation, loss, kind, bias, precision):
    net, pictures = network(activation, bias), examples(kind)
    at = parameters_of(net, precision)
    found = fused(net, loss, *pictures, precision).evaluate(at)
    expected = tape(net, loss, *pictures).evaluate(at.astype(float))
    tolerance = 1e-12 if precision == "float64" else 2e-5
    np.testing.assert_allclose(found.losses, expected.losses, rtol=tolerance)
    np.testing.assert_allclose(found.errors, expected.errors, rtol=10 * tolerance)
    np.testing.assert_allclose(found.gradient, expected.gradient, rtol=50 * tolerance, atol=tolerance)


@pytest.mark.parametrize("restarts", [1, RESTARTS])
@pytest.mark.parametrize(("activation", "loss"), list(product(TWINS, FUSED_LOSSES)))
def test_a_fixed_bias_is_one_that_is_not_trained(activation, loss, restarts):
    net, trained = network(activation, bias=False, fixed_bias=0.7), network(activation)
    at = parameters_of(net, restarts=restarts)
    with_biases = np.full((restarts, trained.parameter_count), 0.7)
    for weights, block in zip(net.unpack(at), trained.unpack(with_biases), strict=True):
        block[..., :-1] = weights
    found = fused(net, loss, *examples(), restarts=restarts).evaluate(at)
    expected = tape(trained, loss, *examples()).evaluate(with_biases)
    slopes = [block[..., :-1].reshape(restarts, -1) for block in trained.unpack(expected.gradient)]
    for objective in (found, tape(net, loss, *examples()).evaluate(at)):
        np.testing.assert_allclose(objective.losses, expected.losses, rtol=1e-12)
        np.testing.assert_allclose(objective.errors, expected.errors, rtol=1e-11)
        np.testing.assert_allclose(objective.gradient, np.hstack(slopes), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("restarts", [1, RESTARTS])
@pytest.mark.parametrize(("activation", "loss", "kind"), list(product(TWINS, FUSED_LOSSES, KINDS)))
def test_answers_do_not_depend_on_the_questions_before(activation, loss, kind, restarts):
    net = network(activation)
    first, second = parameters_of(net)[:restarts], -parameters_of(net)[:restarts]
    objective = fused(net, loss, *examples(kind), restarts=restarts)
    expected = {}
    for at, name in ((first, "first"), (second, "second")):
        losses, errors, gradient = fused(net, loss, *examples(kind), restarts=restarts).evaluate(at)
        expected[name] = losses, errors, gradient.copy()
    questions = {
        "losses": lambda at: (objective.losses(at),),
        "measure": objective.measure,
        "evaluate": objective.evaluate,
    }
    for question, other in product(questions, repeat=2):
        questions[other](second)
        for answer, right in zip(questions[question](first), expected["first"], strict=False):
            np.testing.assert_array_equal(answer, right)
        for answer, right in zip(questions[other](first), expected["first"], strict=False):
            np.testing.assert_array_equal(answer, right)


def test_squared_error_of_one_logistic_unit_by_hand():
    net = Network.mirrored([1, 1], ("linear", "linear", "logistic"))
    objective = fused(net, "squared_error", np.ones((1, 1)), np.ones((1, 1)), restarts=1)
    # The code is 2, the sum 2 · 0.25, and the slope 2 beta = 2 of the documented logistic function.
    pixel = 1 / (1 + np.exp(-2 * 0.5))
    losses, errors, gradient = objective.evaluate(np.array([[2.0, 0.25]]))
    assert losses[0] == errors[0] == pytest.approx(0.5 * (pixel - 1) ** 2)
    by_weight = (pixel - 1) * 2 * pixel * (1 - pixel)
    np.testing.assert_allclose(gradient, [[by_weight * 0.25, by_weight * 2]])


@pytest.mark.parametrize(("loss", "kind"), list(product(FUSED_LOSSES, KINDS)))
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_saturated_units_stay_finite_and_warn_of_nothing(loss, kind, precision):
    net = network()
    with np.errstate(over="ignore"):  # as the face asks for
        found = fused(net, loss, *examples(kind), precision).evaluate(parameters_of(net, precision) * 1e4)
    assert all(np.isfinite(array).all() for array in found)


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_cross_entropy_of_sums_far_on_the_wrong_side_is_exact(precision):
    net = Network.mirrored([2, 1], ("linear", "linear", "logistic"))
    objective = fused(net, "cross_entropy", np.ones((1, 2)), np.array([[1.0, 0.0]]), precision, restarts=1)
    # Codes of 1, sums of -1e6 and 40, doubled by the slope of the logistic function.
    with np.errstate(over="ignore"):
        losses, _, gradient = objective.evaluate(np.array([[0.5, 0.5, -1e6, 40.0]], precision))
    assert losses[0] == pytest.approx(2e6 + 80, rel=1e-6)
    np.testing.assert_allclose(gradient[0, 2:], [-2, 2], rtol=1e-6)


@pytest.mark.parametrize("value", [1.0, 0.5])
def test_cross_entropy_of_many_pixels_does_not_underflow(value):
    net = Network.mirrored([3000, 1], ("linear", "linear", "logistic"))
    pixels = np.full((1, 3000), value)
    objective = fused(net, "cross_entropy", pixels, pixels, "float32", restarts=1)
    undecided = objective.losses(np.zeros((1, net.parameter_count)))
    assert undecided[0] == pytest.approx(3000 * np.log(2), rel=1e-5)


def test_load_replaces_the_examples():
    net, (inputs, targets) = network(), examples()
    at, objective = parameters_of(net), fused(net, "cross_entropy", inputs, targets)
    objective.losses(at)
    objective.load(inputs[::-1] ** 2, targets[::-1])
    expected = tape(net, "cross_entropy", inputs[::-1] ** 2, targets[::-1]).losses(at)
    np.testing.assert_allclose(objective.losses(at), expected)


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("loss", FUSED_LOSSES)
def test_bytes_are_grey_levels_and_inputs_may_be_their_own_targets(loss, precision):
    net = network()
    pictures = np.random.default_rng(0).integers(0, 256, (EXAMPLES, 6), dtype=np.uint8)
    objective, numbers = fused(net, loss, *examples("grey"), precision), pictures / 255
    objective.load(pictures)
    expected = tape(net, loss, numbers, numbers).losses(parameters_of(net))
    tolerance = 1e-12 if precision == "float64" else 1e-5
    np.testing.assert_allclose(objective.losses(parameters_of(net, precision)), expected, rtol=tolerance)


def test_a_restart_does_not_see_the_others():
    net = network()
    at = parameters_of(net)
    together = fused(net, "cross_entropy", *examples()).evaluate(at)
    alone = fused(net, "cross_entropy", *examples(), restarts=1)
    for index in range(RESTARTS):
        losses, _, gradient = alone.evaluate(at[index : index + 1])
        assert losses[0] == together.losses[index]
        np.testing.assert_array_equal(gradient[0], together.gradient[index])


@pytest.mark.parametrize(("activation", "loss", "bias"), list(product(TWINS, FUSED_LOSSES, (False, True))))
def test_what_few_changed_weights_leave_out_changes_no_bit(activation, loss, bias):
    net, pictures = network(activation, bias), examples()
    at, random = parameters_of(net)[0].copy(), np.random.default_rng(2)
    objective = fused(net, loss, *pictures, restarts=1)
    objective.losses(at)
    for index in random.permutation(net.parameter_count):
        at[index] += random.normal()
        if index % 4 == 0:
            at[random.integers(len(at))] += random.normal()
        afresh = fused(net, loss, *pictures, restarts=1)
        assert objective.losses(at) == afresh.losses(at)
        if index % 3 == 0:
            np.testing.assert_array_equal(objective.evaluate(at).gradient, afresh.evaluate(at).gradient)


def test_the_array_that_a_minimizer_moves_may_be_the_one_that_is_asked_for():
    net, pictures = network(), examples()
    held = parameters_of(net)
    twin = LOSSES["cross_entropy"].twin(targets_are_binary=True)
    from autoencoder.objective.fused import FusedObjective

    objective = FusedObjective(net, twin, held, EXAMPLES, EXAMPLES)
    objective.load(*pictures)
    for _ in range(3):
        held += 0.1
        expected = fused(net, "cross_entropy", *pictures).losses(held)
        np.testing.assert_array_equal(objective.losses(held), expected)


def test_wrong_shapes_are_refused():
    net, (inputs, targets) = network(), examples()
    objective = fused(net, "squared_error", inputs, targets)
    with pytest.raises(ValueError, match="shape"):
        objective.losses(parameters_of(net)[:, :-1])
    with pytest.raises(ValueError, match="shape"):
        objective.load(inputs[:-1], inputs[:-1])
