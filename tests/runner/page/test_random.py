"""`random.js` in a browser: fair numbers, and noise as Python has it, in distribution."""

import numpy as np
import pytest
from browsing import computing
from scipy import stats

from autoencoder.noise import KINDS, Noise
from runner.page.html_page import own_script

COUNT = 20_000
FEWEST_CHANCES = 1e-4


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript after `random.js`; `args` are the values."""
    return computing(browser, own_script("network/random.js"))


def differ(found, wanted):
    """Whether two samples hardly come from one distribution."""
    return stats.ks_2samp(found, wanted, method="asymp").pvalue < FEWEST_CHANCES


def drawn(compute, what, seed=7):
    script = (
        f"const random = new Random(args[0]);return Array.from({{length: args[1]}}, () => random.{what}())"
    )
    return np.array(compute(script, seed, COUNT))


def test_a_seed_begins_anew_and_its_neighbours_have_nothing_in_common(compute):
    first, again, next_one = (drawn(compute, "uniform", seed) for seed in (0, 0, 1))
    assert first.tolist() == again.tolist()
    assert abs(np.corrcoef(first, next_one)[0, 1]) < 0.03
    assert abs(np.corrcoef(first[:-1], first[1:])[0, 1]) < 0.03
    starts = [drawn(compute, "uniform", seed)[0] for seed in range(40)]
    assert stats.kstest(starts, "uniform").pvalue > FEWEST_CHANCES


@pytest.mark.parametrize(("what", "distribution"), [("uniform", "uniform"), ("normal", "norm")])
def test_numbers_are_distributed_as_they_are_called(compute, what, distribution):
    assert stats.kstest(drawn(compute, what), distribution).pvalue > FEWEST_CHANCES


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("probability", [0.0, 0.2, 1.0])
def test_noise_of_every_kind_is_python_s_in_distribution(compute, kind, probability):
    pixels = np.resize([0.0, 1.0, 0.25], COUNT)
    script = (
        "const [pixels, noise] = args; return Array.from(corrupted(Float64Array.from(pixels), noise,"
        "new Random(5)))"
    )
    facts = {"kind": kind, "probability": probability, "amount": 0.4}
    found = np.array(compute(script, pixels.tolist(), facts))
    wanted = Noise(kind, probability, 0.4).corrupt(pixels, np.random.default_rng(0))
    assert abs((found != pixels).mean() - (wanted != pixels).mean()) < 0.02
    for value in (0.0, 1.0, 0.25):
        of_value = pixels == value
        assert not differ(found[of_value], wanted[of_value])
