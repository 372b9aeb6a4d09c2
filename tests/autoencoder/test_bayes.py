"""Bayes' limit against closed forms, integrals and sums over all noisy pictures, and its stated error."""

import tracemalloc
from itertools import product

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from autoencoder import bayes
from autoencoder.bayes import ABSOLUTE_ERROR, RELATIVE_ERROR, Estimate, bayes_limit
from autoencoder.noise import Noise
from fonts import load_fonts

LETTERS = load_fonts(["font2"]).pixels
# One pixel, and the two pictures that it can be.
BLACK_AND_WHITE = np.array([[0.0], [1.0]])


def limit(noise, characters=LETTERS, seed=0):
    return bayes_limit(noise, characters, np.random.default_rng(seed))


def agrees(found, expected):
    return abs(found.value - expected) <= 4 * found.standard_error + 1e-12


def chance(noise, noisy, original):
    """P(noisy pixel | original pixel) of a discrete kind, from the definitions."""
    p, same = noise.probability, noisy == original
    return {
        "flip": np.where(same, 1 - p, p),
        "salt_and_pepper": (1 - p) * same + p / 2,
        "masking": (1 - p) * same + p * (noisy == 0),
    }[noise.kind]


def enumerated(noise, characters):
    """½ Σ (x − m)² over all noisy pictures, each as often as it comes."""
    total = 0.0
    for noisy in product((0.0, 1.0), repeat=characters.shape[1]):
        weights = chance(noise, np.array(noisy), characters).prod(axis=1)
        if weights.sum() > 0:
            mean = np.average(characters, axis=0, weights=weights)
            total += weights @ (0.5 * np.square(characters - mean).sum(axis=1))
    return total


@pytest.mark.parametrize("kind", ["flip", "salt_and_pepper", "masking"])
@pytest.mark.parametrize("p", [0.05, 0.3, 0.9])
def test_the_limit_is_the_sum_over_all_noisy_pictures(kind, p):
    characters = np.array(
        [[1.0, 1, 0, 0, 0, 1], [0, 1, 1, 0, 0, 1], [1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 0, 0]]
    )
    noise = Noise(kind, p)
    found, expected = limit(noise, characters), enumerated(noise, characters)
    assert agrees(found, expected)
    assert found.standard_error <= max(RELATIVE_ERROR * expected, ABSOLUTE_ERROR) * 1.1


@pytest.mark.parametrize("p", [0.1, 0.5])
def test_one_pixel_has_closed_forms(p):
    # With one pixel and so many changed there is nothing left to chance, but for salt and pepper.
    assert limit(Noise("flip", p), BLACK_AND_WHITE).value == pytest.approx(p * (1 - p))
    assert agrees(limit(Noise("masking", p), BLACK_AND_WHITE), 0.5 * p / (1 + p))
    assert agrees(limit(Noise("salt_and_pepper", p), BLACK_AND_WHITE), p / 2 * (1 - p / 2))
    # |0 − u| and |1 − u| are the same where u is anything in 0…1: only what was changed is lost.
    assert agrees(limit(Noise("uniform", p, 1.0), BLACK_AND_WHITE), p / 4)


def test_one_pixel_with_uniform_noise_beyond_one():
    # u in 0…2: |0 − u| is anything in 0…2, |1 − u| anything in 0…1, twice as often.
    expected = 2 * (1 / 2) * 0.5 * (2 / 3) * (1 / 3) + (1 / 2) * 0.5 * (2 / 3) * (1 / 3)
    assert agrees(limit(Noise("uniform", 1.0, 2.0), BLACK_AND_WHITE), expected)


@pytest.mark.parametrize("deviation", [0.2, 0.7])
def test_one_pixel_with_gaussian_noise_is_an_integral(deviation):
    def error(noisy):
        zero, one = norm.pdf(noisy, 0, deviation), norm.pdf(noisy, 1, deviation)
        return 0.5 * zero * one / (zero + one)

    expected = 0.3 * quad(error, -6 * deviation, 1 + 6 * deviation)[0]
    assert agrees(limit(Noise("gaussian", 0.3, deviation), BLACK_AND_WHITE), expected)


UNKNOWN = 0.5 * np.square(LETTERS - LETTERS.mean(axis=0)).sum()


@pytest.mark.parametrize(
    ("noise", "expected"),
    [
        (Noise("flip", 0.0), 0),
        (Noise("flip", 1.0), 0),
        (Noise("flip", 0.5), UNKNOWN),
        (Noise("masking", 0.0), 0),
        (Noise("masking", 1.0), UNKNOWN),
        (Noise("salt_and_pepper", 0.0), 0),
        (Noise("salt_and_pepper", 1.0), UNKNOWN),
        (Noise("uniform", 0.0, 0.5), 0),
        (Noise("uniform", 0.1, 0.0), 0),
        (Noise("uniform", 1.0, 0.0), 0),
        (Noise("uniform", 1.0, 5e-324), 0),
        (Noise("uniform", 1.0, 0.4), 0),
        (Noise("uniform", 1.0, 1.0), UNKNOWN),
        (Noise("gaussian", 0.0, 0.5), 0),
        (Noise("gaussian", 0.1, 0.0), 0),
        (Noise("gaussian", 1.0, 0.0), 0),
        (Noise("gaussian", 1.0, 5e-324), 0),
        (Noise("gaussian", 1.0, 1e-9), 0),
    ],
    ids=str,
)
def test_noise_that_tells_all_or_nothing_has_its_exact_limit(noise, expected):
    found = limit(noise)
    assert found.value == pytest.approx(expected, abs=1e-9)
    assert found.standard_error == pytest.approx(0, abs=1e-6)
    # What restores the pictures says the same.
    noisy = noise.corrupt(LETTERS, np.random.default_rng(0))
    error = 0.5 * np.square(noise.posterior_mean(noisy, LETTERS) - LETTERS).sum()
    assert error == pytest.approx(expected, abs=1e-9)


def test_letters_are_known_to_the_stated_error_whatever_the_seed():
    found = [limit(Noise("flip", 0.3), seed=seed) for seed in range(12)]
    values, errors = np.array([(each.value, each.standard_error) for each in found]).T
    assert (errors <= RELATIVE_ERROR * values).all()
    assert 0.5 < values.std(ddof=1) / errors.mean() < 1.7


def test_the_limit_agrees_with_the_error_on_plain_copies():
    noise = Noise("flip", 0.1)
    pixels = np.broadcast_to(LETTERS, (2000, *LETTERS.shape))
    restored = noise.posterior_mean(noise.corrupt(pixels, np.random.default_rng(1)), LETTERS)
    plain = Estimate.of(0.5 * np.square(restored - pixels).sum(axis=-1))
    found = limit(noise)
    assert found.standard_error < plain.standard_error / 3
    assert abs(found.value - plain.value) < 4 * plain.standard_error


def test_more_is_not_drawn_than_is_allowed_nor_held(monkeypatch):
    characters = np.random.default_rng(0).integers(0, 2, (300, 1024)).astype(float)
    monkeypatch.setattr(bayes, "MOST_NUMBERS", 1)
    tracemalloc.start()
    found = limit(Noise("flip", 0.49), characters)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60e6
    assert 0 < found.standard_error < found.value


def test_an_estimate_is_a_sum_of_means_with_its_standard_error():
    draws = np.random.default_rng(0).normal([1.0, 2.0, 3.0], [0.1, 0.2, 0.3], (4000, 3))
    found = Estimate.of(draws)
    assert found.value == pytest.approx(draws.mean(axis=0).sum())
    assert found.standard_error == pytest.approx(np.sqrt(0.14 / 4000), rel=0.05)
