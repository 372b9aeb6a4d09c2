"""The learning-rate schedules, and what a plan costs."""

from dataclasses import replace

import pytest

from autoencoder.network import Network
from autoencoder.plan import Plan, memory_needed


def test_cosine_starts_at_the_rate_and_falls_to_zero():
    plan = Plan("adam", 100, learning_rate=0.5, learning_rate_schedule="cosine")
    assert plan.learning_rate_at(0) == 0.5
    assert plan.learning_rate_at(50) == pytest.approx(0.25)
    assert plan.learning_rate_at(25) == pytest.approx(0.25 + 0.25 / 2**0.5)
    assert plan.learning_rate_at(99) < 0.001


def test_constant_stays():
    plan = Plan("adam", 100, learning_rate=0.5)
    assert {plan.learning_rate_at(epoch) for epoch in range(100)} == {0.5}


NETWORK = Network.mirrored([784, 256, 2], ("relu", "linear", "relu"))
UNITS = 784 + 256 + 2 + 256 + 784


def test_only_mini_batches_of_many_examples_are_told_on_the_way():
    plan = Plan("adam", 1, batch_size=100)
    assert not plan.is_on_the_way(NETWORK, 10_000)
    assert plan.is_on_the_way(NETWORK, 10_001)
    assert not replace(plan, batch_size=None).is_on_the_way(NETWORK, 10_001)
    wide = Network.mirrored([3 * 128 * 128, 20, 2], ("relu", "linear", "relu"))
    assert not plan.is_on_the_way(wide, 1000)
    assert plan.is_on_the_way(wide, 5000)
    assert not replace(plan, batch_size=20_000).is_on_the_way(NETWORK, 10_001)


def test_the_memory_is_that_of_weights_and_units():
    plan = Plan("adam", 1, batch_size=100)
    weights = 7 * NETWORK.parameter_count
    assert memory_needed(NETWORK, plan, 32) == 8 * (weights + 4 * 32 * UNITS)
    assert memory_needed(NETWORK, plan, 60_000, "float32") == 4 * (weights + 4 * 100 * UNITS)
    whole, five = replace(plan, batch_size=None), replace(plan, restarts=5)
    assert memory_needed(NETWORK, whole, 60_000) == 8 * (weights + 4 * 60_000 * UNITS)
    assert memory_needed(NETWORK, five, 32) == 5 * memory_needed(NETWORK, plan, 32)


def test_the_tape_remembers_more():
    plan, tape = Plan("adam", 1), Network.mirrored([784, 256, 2], ("gelu", "linear", "gelu"))
    assert memory_needed(tape, plan, 1000) > 2 * memory_needed(NETWORK, plan, 1000)
