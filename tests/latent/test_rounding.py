"""Rounded codes against levels that are written down, and bits against closed forms."""

import numpy as np
import pytest

from latent.rounding import MOST_BITS, least_bits, rounded


def test_each_number_goes_to_the_nearest_level_of_its_own_range():
    codes = np.array([[0.0, -7], [0.4, -3], [0.6, 0], [3.0, 14]], np.float32)
    np.testing.assert_allclose(rounded(codes, 1), [[0, -7], [0, -7], [0, -7], [3, 14]])
    np.testing.assert_allclose(rounded(codes, 2), [[0, -7], [0, 0], [1, 0], [3, 14]])


@pytest.mark.parametrize("bits", [1, 5, MOST_BITS])
def test_levels_are_2_to_the_bits_and_codes_move_by_half_a_step_at_most(bits):
    codes = np.random.default_rng(0).random((5000, 2)) * [3, 0.2]
    moved = rounded(codes, bits)
    step = np.ptp(codes, axis=0) / (2**bits - 1)
    assert (np.abs(moved - codes) <= step / 2 * (1 + 1e-6)).all()
    if bits <= 5:
        assert all(len(np.unique(column.round(9))) == 2**bits for column in moved.T)


def test_a_number_that_does_not_vary_stays():
    np.testing.assert_array_equal(rounded(np.full((3, 1), 0.7), 4), np.full((3, 1), 0.7))


@pytest.mark.parametrize("count", [2, 3, 4, 5, 32, 33, 96])
def test_evenly_spaced_codes_that_have_to_stay_apart_need_their_logarithm(count):
    codes = np.arange(count, dtype=float)[:, None]

    def drawn_right(given):
        return len(np.unique(given))

    assert least_bits(codes, drawn_right) == np.ceil(np.log2(count))


@pytest.mark.parametrize("bits", range(1, 12))
def test_codes_at_the_levels_themselves_need_as_many(bits):
    codes = np.random.default_rng(bits).permutation(2**bits)[:, None] / 3

    def drawn_right(given):
        return int((np.abs(given - codes) < 1e-6).sum())

    assert least_bits(codes, drawn_right) == bits


def test_where_nothing_is_drawn_right_or_every_digit_counts_there_is_no_answer():
    codes = np.random.default_rng(0).random((9, 2))
    assert least_bits(codes, lambda given: 0) is None
    assert least_bits(codes, lambda given: int((given == codes).all(axis=1).sum())) is None
