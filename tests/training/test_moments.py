"""Moments lie where the rule says, and remember what networks were at them, rounded to halves."""

import numpy as np
import pytest

from training.moments import MOST_BYTES, MOST_MOMENTS, Moments, MomentsOnTheWay, moments_within


@pytest.mark.parametrize("epochs", [1, 2, 26, 49, 50, 51, 100, 2000, 15_000, 10**6])
def test_they_grow_from_the_first_epoch_to_the_last_and_closer_together_at_first(epochs):
    found = moments_within(epochs, 1000)
    assert found[0] == 0
    assert found[-1] == epochs
    assert len(found) == min(MOST_MOMENTS, epochs + 1)
    steps = np.diff(found)
    assert steps.min() == 1
    assert (np.diff(steps) >= -1).all()  # growing, as nearly as whole numbers can
    assert (np.diff(found[:4]) <= max(1, epochs // 10)).all()


def test_far_from_the_beginning_each_is_farther_by_the_same_factor():
    found = np.array(moments_within(10**6, 1000))
    factors = found[30:] / found[29:-1]
    np.testing.assert_allclose(factors, factors.mean(), rtol=1e-3)


@pytest.mark.parametrize("weights", [1, 10**5, 10**6, 3 * 10**6, 8_388_608, 10**8])
def test_together_they_need_no_more_than_the_room_there_is(weights):
    found = moments_within(2000, weights)
    assert len(found) == min(50, 16 * 2**20 // (2 * weights))
    assert len(found) * weights * 2 <= MOST_BYTES
    assert found[:1] == [0] * bool(found)
    if len(found) > 1:
        assert found[-1] == 2000


def passed(last, moments=(0, 2, 3, 6)):
    """Two networks of three weights, all of which are the epoch, or ten times that."""
    kept = MomentsOnTheWay(moments, np.zeros((2, 3)))
    for epoch in range(last + 1):
        kept.pass_by(epoch, epoch * np.array([[1.0], [10.0]]) * np.ones(3))
    return kept


def test_each_network_has_what_it_was_before_it_was_kept():
    kept = passed(7)
    first, second = kept.of(0, 7), kept.of(1, 3)
    assert first.epochs.tolist() == [0, 2, 3, 6]
    assert first.weights.tolist() == [[0] * 3, [2] * 3, [3] * 3, [6] * 3]
    assert (second.epochs.tolist(), second.weights.tolist()) == ([0, 2], [[0] * 3, [20] * 3])
    assert (first.kept, second.kept, len(second)) == (7, 3, 2)
    assert first.weights.dtype == np.float16


def test_those_of_an_interrupted_training_are_the_same_bits():
    whole = passed(7)
    for pause in range(7):
        again = MomentsOnTheWay((0, 2, 3, 6), np.zeros((2, 3)))
        again.restore({name: np.array(values) for name, values in passed(pause).state().items()})
        for epoch in range(pause, 8):  # the epoch of the pause may be met again
            again.pass_by(epoch, epoch * np.array([[1.0], [10.0]]) * np.ones(3))
        for name, values in whole.state().items():
            np.testing.assert_array_equal(again.state()[name], values)


def test_large_weights_are_kept_in_singles_and_none_is_infinite():
    kept = MomentsOnTheWay([0, 1], np.array([[1.0, 2.0, 0.1]]))
    assert kept.of(0, 9).weights.tolist() == [[1, 2, float(np.float16(0.1))]]
    kept.pass_by(1, np.array([[1e9, -1e90, 0.1]]))
    both = kept.of(0, 9).weights
    assert both.dtype == np.float32
    assert both[0].tolist() == [1, 2, float(np.float16(0.1))]
    assert both[1].tolist() == [1e9, -float(np.finfo(np.float32).max), float(np.float32(0.1))]


def test_a_state_of_an_earlier_version_has_nothing_to_go_on_from():
    again = MomentsOnTheWay([0, 1], np.ones((1, 2)))
    again.restore({})
    assert again.of(0, 5).epochs.tolist() == [0]


def test_where_there_is_no_room_there_are_none():
    kept = MomentsOnTheWay([], np.zeros((2, 3)))
    kept.pass_by(1, np.ones((2, 3)))
    again = MomentsOnTheWay([], np.zeros((2, 3)))
    again.restore(kept.state())
    assert len(again.of(1, 5)) == len(Moments.none()) == 0
    assert again.of(1, 5).kept == 5
