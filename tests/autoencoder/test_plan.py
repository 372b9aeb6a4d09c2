"""The learning-rate schedules."""

import pytest

from autoencoder.plan import Plan


def test_cosine_starts_at_the_rate_and_falls_to_zero():
    plan = Plan("adam", 100, learning_rate=0.5, learning_rate_schedule="cosine")
    assert plan.learning_rate_at(0) == 0.5
    assert plan.learning_rate_at(50) == pytest.approx(0.25)
    assert plan.learning_rate_at(25) == pytest.approx(0.25 + 0.25 / 2**0.5)
    assert plan.learning_rate_at(99) < 0.001


def test_constant_stays():
    plan = Plan("adam", 100, learning_rate=0.5)
    assert {plan.learning_rate_at(epoch) for epoch in range(100)} == {0.5}
