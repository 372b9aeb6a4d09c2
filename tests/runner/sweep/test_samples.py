"""Points of a search: inside their ranges, evenly spread, the same for the same seed."""

import numpy as np
import pytest
from scipy.stats import kstest, qmc

from runner.config.values import Range
from runner.sweep.samples import drawn


def limits(first, last, log=False):
    return Range.model_validate({"from": first, "to": last, "log": log})


def column(points, key):
    return np.array([point[key] for point in points])


def test_they_are_the_scrambled_sequence_of_scipy():
    ranges = {"beta": limits(1, 3), "learning_rate": limits(1e-4, 1e-1, log=True)}
    places = qmc.Sobol(2, scramble=True, seed=7).random_base2(4)
    points = drawn(ranges, 16, 7)
    np.testing.assert_allclose(column(points, "beta"), 1 + 2 * places[:, 0], rtol=1e-5)
    np.testing.assert_allclose(column(points, "learning_rate"), 10 ** (3 * places[:, 1] - 4), rtol=1e-5)


def test_a_longer_search_begins_with_the_shorter_one():
    ranges = {"beta": limits(1, 3), "max_noise": limits(0, 1)}
    assert drawn(ranges, 100, 3)[:37] == drawn(ranges, 37, 3)
    assert drawn(ranges, 1, 3) == drawn(ranges, 2, 3)[:1]
    assert drawn(ranges, 37, 3) != drawn(ranges, 37, 4)


def test_logarithmic_ranges_have_as_many_of_each_magnitude():
    values = column(drawn({"learning_rate": limits(1e-4, 1e-1, log=True)}, 1000, 0), "learning_rate")
    assert kstest(np.log10(values), "uniform", (-4, 3)).statistic < 0.005
    assert (
        kstest(column(drawn({"beta": limits(2, 6)}, 1000, 0), "beta"), "uniform", (2, 4)).statistic < 0.005
    )


@pytest.mark.parametrize("log", [False, True])
def test_whole_numbers_are_whole_and_reach_both_ends(log):
    ranges = {"epochs": limits(3, 7, log), "beta": limits(1, 2)}
    values = column(drawn(ranges, 512, 1), "epochs")
    assert values.dtype.kind == "i"
    assert set(values) == {3, 4, 5, 6, 7}
    if not log:
        counts = np.bincount(values)[3:]
        assert counts.max() - counts.min() <= 2


def test_no_value_leaves_its_range_by_rounding():
    narrow = limits(0.12345678, 0.12345679)
    values = column(drawn({"beta": narrow}, 64, 0), "beta")
    assert values.min() >= narrow.first
    assert values.max() <= narrow.last
    extreme = column(drawn({"beta": limits(1e-300, 1e300, log=True)}, 64, 0), "beta")
    assert np.isfinite(extreme).all()


def test_what_is_drawn_twice_is_there_once():
    points = drawn({"latent_layer_neurons": limits(1, 3)}, 100, 0)
    assert sorted(column(points, "latent_layer_neurons")) == [1, 2, 3]
