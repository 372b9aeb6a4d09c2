"""The noise does what its definition says, and the posterior mean is what Bayes' rule gives."""

import tracemalloc
from itertools import product

import numpy as np
import pytest

from autoencoder import noise as room
from autoencoder.noise import KINDS, Noise
from fonts import load_fonts

LETTERS = load_fonts(["font2"]).pixels


def draw(kind, probability, amount=1.0, shape=(400, 32, 35)):
    pixels = np.broadcast_to(LETTERS, shape)
    noisy = Noise(kind, probability, amount).corrupt(pixels, np.random.default_rng(0))
    return pixels, noisy


@pytest.mark.parametrize("kind", KINDS)
def test_no_probability_changes_nothing_and_the_input_is_never_touched(kind):
    before = LETTERS.copy()
    noisy = Noise(kind, 0.0).corrupt(LETTERS, np.random.default_rng(0))
    np.testing.assert_array_equal(noisy, before)
    Noise(kind, 1.0).corrupt(LETTERS, np.random.default_rng(0))
    np.testing.assert_array_equal(LETTERS, before)


def test_flip_inverts_as_many_pixels_as_it_should():
    pixels, noisy = draw("flip", 0.1)
    assert set(np.unique(noisy)) == {0.0, 1.0}
    assert (noisy != pixels).mean() == pytest.approx(0.1, abs=0.002)


def test_salt_and_pepper_leaves_half_of_the_chosen_pixels_as_they_were():
    pixels, noisy = draw("salt_and_pepper", 0.3)
    for value in (0.0, 1.0):
        changed = noisy[pixels == value] != value
        assert changed.mean() == pytest.approx(0.15, abs=0.003)


def test_masking_only_ever_removes():
    pixels, noisy = draw("masking", 0.3)
    assert (noisy[pixels == 0] == 0).all()
    assert noisy[pixels == 1].mean() == pytest.approx(0.7, abs=0.003)


def test_uniform_noise_is_the_distance_from_a_uniform_number():
    pixels, noisy = draw("uniform", 0.3, 0.5)
    changed = noisy != pixels
    assert changed.mean() == pytest.approx(0.3, abs=0.003)
    distance = np.abs(noisy - pixels)[changed]
    assert distance.max() <= 0.5
    assert distance.mean() == pytest.approx(0.25, abs=0.003)
    # u beyond 1 comes back from the other side: |1 - 1.5| is 0.5.
    assert draw("uniform", 1.0, 3.0)[1].min() >= 0


def test_gaussian_noise_has_the_deviation_it_is_given():
    pixels, noisy = draw("gaussian", 0.3, 0.4)
    changed = (noisy - pixels)[noisy != pixels]
    assert changed.mean() == pytest.approx(0, abs=0.005)
    assert changed.std() == pytest.approx(0.4, rel=0.01)


def likelihood(kind, p, noisy, original):
    """P(noisy | original) of one pixel of a discrete kind, from the definitions."""
    same = noisy == original
    return {
        "flip": (1 - p) if same else p,
        "salt_and_pepper": (1 - p) * same + p / 2,
        "masking": (1 - p) * same + p * (noisy == 0),
    }[kind]


@pytest.mark.parametrize("kind", ["flip", "salt_and_pepper", "masking"])
def test_posterior_mean_equals_bayes_rule_written_out(kind):
    characters = np.array([[1.0, 1, 0, 0], [0, 1, 1, 0], [1, 1, 1, 1]])
    p = 0.2
    for noisy in product((0.0, 1.0), repeat=4):
        weights = [
            np.prod([likelihood(kind, p, a, b) for a, b in zip(noisy, character, strict=True)])
            for character in characters
        ]
        if sum(weights) == 0:
            continue  # no character can have become this
        expected = np.average(characters, axis=0, weights=weights)
        restored = Noise(kind, p).posterior_mean(np.array(noisy), characters)
        np.testing.assert_allclose(restored, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("kind", "p", "amount"),
    [
        ("flip", 0.1, 1),
        ("salt_and_pepper", 0.4, 1),
        ("masking", 0.4, 1),
        ("uniform", 0.5, 1),
        ("gaussian", 0.5, 1),
    ],
)
def test_no_other_denoiser_does_better(kind, p, amount):
    pixels, noisy = draw(kind, p, amount)
    noise = Noise(kind, p, amount)

    def error(restored):
        return np.square(restored - pixels).sum()

    best = error(noise.posterior_mean(noisy, LETTERS))
    assert best < error(noisy)
    assert best < error(np.broadcast_to(LETTERS.mean(axis=0), pixels.shape))
    for other in (Noise(kind, p / 3, amount), Noise("flip", 0.25)):
        if other.kind == kind or kind != "gaussian":
            assert best <= error(other.posterior_mean(np.clip(noisy, 0, 1), LETTERS)) + 1e-9


@pytest.mark.parametrize(
    ("font", "count", "p", "error"),
    [
        ("font2", 32, 0.02, 0.030),
        ("font2", 32, 0.1, 1.51),
        ("font2", 32, 0.3, 56.1),
        ("font2", 10, 0.1, 0.22),
        ("font3", 32, 0.1, 1.08),
    ],
)
def test_bayes_errors_of_flipped_letters_are_the_known_ones(font, count, p, error):
    letters = load_fonts([font]).pixels[:count]
    pixels = np.broadcast_to(letters, (4000, *letters.shape))
    noise = Noise("flip", p)
    restored = noise.posterior_mean(noise.corrupt(pixels, np.random.default_rng(1)), letters)
    errors = 0.5 * np.square(restored - pixels).sum(axis=(1, 2))
    # The known values are themselves means over some hundred draws.
    assert errors.mean() == pytest.approx(error, abs=4 * errors.std() / np.sqrt(200))


@pytest.mark.parametrize("kind", ["uniform", "gaussian"])
def test_a_certain_pixel_decides(kind):
    # Exactly 1 means that nothing happened to a 1; half-grey pixels tell nothing.
    characters = np.array([[1.0, 0, 0], [0.0, 1, 0]])
    restored = Noise(kind, 0.9, 1.0).posterior_mean(np.array([1.0, 0.5, 0.5]), characters)
    np.testing.assert_allclose(restored, characters[0], atol=1e-12)


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="known are flip"):
        Noise("snow", 1.0).corrupt(LETTERS, np.random.default_rng(0))


@pytest.mark.parametrize("kind", KINDS)
def test_some_pictures_at_a_time_are_restored_as_all_at_once(kind, monkeypatch):
    noise, (_, noisy) = Noise(kind, 0.2, 0.5), draw(kind, 0.2, 0.5, shape=(3, 32, 35))
    whole = noise.posterior_mean(noisy, LETTERS)
    np.testing.assert_array_equal(noise.posterior_mean(noisy[1], LETTERS), whole[1])
    np.testing.assert_allclose(noise.posterior_mean(noisy[1, 5], LETTERS), whole[1, 5], atol=1e-12)
    monkeypatch.setattr(room, "MOST_WEIGHTS", 5 * len(LETTERS))
    np.testing.assert_allclose(noise.posterior_mean(noisy, LETTERS), whole, atol=1e-12)


def test_a_large_set_is_restored_in_the_memory_of_its_pictures():
    characters = np.random.default_rng(0).integers(0, 2, (2000, 8)).astype(float)
    noisy = Noise("flip", 0.1).corrupt(np.broadcast_to(characters, (10, 2000, 8)), np.random.default_rng(1))
    tracemalloc.start()
    Noise("flip", 0.1).posterior_mean(noisy, characters)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50e6  # All weights at once are 320 MB.
