"""The in-place rules against their textbook formulas, step by step."""

import numpy as np
import pytest

from autoencoder.objective import parts
from autoencoder.update_rules import Adam, GradientDescent, Momentum, RMSProp
from training import cores

RATE, EPSILON = 0.05, 0.3


def gradient_descent(gradients):
    return [-RATE * g for g in gradients]


def momentum(gradients):
    velocity, moves = 0.0, []
    for g in gradients:
        velocity = 0.9 * velocity - RATE * g
        moves.append(velocity)
    return moves


def rmsprop(gradients):
    mean_square, moves = 0.0, []
    for g in gradients:
        mean_square = 0.9 * mean_square + 0.1 * g * g
        moves.append(-RATE * g / np.sqrt(mean_square + EPSILON))
    return moves


def adam(gradients):
    first, second, moves = 0.0, 0.0, []
    for t, g in enumerate(gradients, start=1):
        first = 0.9 * first + 0.1 * g
        second = 0.999 * second + 0.001 * g * g
        corrected = first / (1 - 0.9**t), second / (1 - 0.999**t)
        moves.append(-RATE * corrected[0] / (np.sqrt(corrected[1]) + EPSILON))
    return moves


@pytest.mark.parametrize(
    ("rule", "textbook"),
    [(GradientDescent, gradient_descent), (Momentum, momentum), (RMSProp, rmsprop), (Adam, adam)],
)
def test_rule_follows_its_formula(rule, textbook):
    gradients = np.random.default_rng(0).standard_normal((30, 2, 4))
    parameters = np.ones((2, 4))
    optimizer = rule(parameters, EPSILON)
    expected = np.ones((2, 4)) + np.cumsum(textbook(gradients), axis=0)
    for gradient, target in zip(gradients, expected, strict=True):
        before = gradient.copy()
        optimizer.step(parameters, gradient, RATE)
        np.testing.assert_allclose(parameters, target, rtol=1e-12)
        np.testing.assert_array_equal(gradient, before)


def test_rules_keep_single_precision():
    parameters = np.ones((1, 3), dtype=np.float32)
    for rule in (GradientDescent, Momentum, RMSProp, Adam):
        rule(parameters, EPSILON).step(parameters, parameters.copy(), RATE)
        assert parameters.dtype == np.float32


@pytest.mark.parametrize("rule", [GradientDescent, Momentum, RMSProp, Adam])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_restored_rule_steps_like_the_first_one(rule, dtype):
    gradients = np.random.default_rng(1).standard_normal((6, 2, 4)).astype(dtype)
    parameters = np.ones((2, 4), dtype)
    first, second = rule(parameters, EPSILON), rule(parameters, EPSILON)
    for gradient in gradients[:3]:
        first.step(parameters, gradient, RATE)
    second.restore({name: np.array(values) for name, values in first.state().items()})
    again = parameters.copy()
    for gradient in gradients[3:]:
        first.step(parameters, gradient, RATE)
        second.step(again, gradient, RATE)
    assert first.steps == second.steps == 6
    np.testing.assert_array_equal(parameters, again)


@pytest.mark.parametrize("rule", [GradientDescent, Momentum, RMSProp, Adam])
def test_very_many_parameters_are_moved_in_ranges_to_the_same_bits(rule, monkeypatch):
    size = 2 * parts.SMALLEST_RANGE + 3
    gradients = np.random.default_rng(2).standard_normal((3, 2, size)).astype(np.float32)
    ends = []
    for count in (1, 3):
        monkeypatch.setattr(cores, "there_are", lambda count=count: count)
        parameters = np.ones((2, size), np.float32)
        optimizer = rule(parameters, EPSILON)
        for gradient in gradients:
            optimizer.step(parameters, gradient, RATE)
        ends.append(parameters)
    np.testing.assert_array_equal(*ends)
