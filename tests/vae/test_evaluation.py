"""The reconstruction term of −ELBO against a plain estimate with many draws."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import PLAN

from latent.codes import Codes
from vae.evaluation import cross_entropy, reconstruction_terms
from vae.trained import rebuild

RANDOM = np.random.default_rng(0)
SHAPES = {"mean": (6, 2), "log_variance": (6, 2), "output": (2, 6)}
WEIGHTS = {f"{name}_kernel": RANDOM.normal(size=shape, scale=0.7) for name, shape in SHAPES.items()}
WEIGHTS |= {f"{name}_bias": RANDOM.normal(size=shape[1]) for name, shape in SHAPES.items()}
VAE = rebuild(replace(PLAN, shape=(2, 3, 1), neurons_per_layer=[], latent_activation="linear"), WEIGHTS)
IMAGES = RANDOM.random((1300, 6)).astype(np.float32)


def test_cross_entropy_equals_the_naive_formula_and_does_not_overflow():
    logits, targets = RANDOM.normal(size=(8, 5), scale=3), RANDOM.random((8, 5))
    pixels = 1 / (1 + np.exp(-logits))
    naive = -(targets * np.log(pixels) + (1 - targets) * np.log(1 - pixels)).sum(axis=1)
    np.testing.assert_allclose(cross_entropy(logits, targets), naive)
    np.testing.assert_allclose(cross_entropy(np.array([[1e4, -1e4]]), np.array([[0.0, 0.0]])), [1e4])


def plain_terms(images, draws):
    """The same by the formulas, with noise of its own: `(images,)`."""
    mean, log_variance = (
        images @ WEIGHTS[f"{name}_kernel"] + WEIGHTS[f"{name}_bias"] for name in ("mean", "log_variance")
    )
    noise = RANDOM.standard_normal((draws, *mean.shape))
    logits = (mean + np.exp(log_variance / 2) * noise) @ WEIGHTS["output_kernel"] + WEIGHTS["output_bias"]
    pixels = 1 / (1 + np.exp(-logits))
    return -(images * np.log(pixels) + (1 - images) * np.log(1 - pixels)).sum(axis=-1).mean(axis=0)


def test_the_mean_equals_a_plain_estimate_with_many_draws():
    terms = reconstruction_terms(VAE, IMAGES, seed=0, draws=100)
    assert terms.mean() == pytest.approx(plain_terms(IMAGES, 300).mean(), abs=0.01)


def test_each_image_has_its_own():
    assert (
        reconstruction_terms(VAE, IMAGES).shape
        == Codes(*VAE.encode(IMAGES)).kl.sum(axis=1).shape
        == (1300,)
    )
    few = IMAGES[:7]
    terms = reconstruction_terms(VAE, few, draws=20_000)
    np.testing.assert_allclose(terms, plain_terms(few, 20_000), atol=0.08)
    assert np.ptp(terms) > 0.5


def test_noise_follows_the_seed_and_touches_no_code():
    again, first, second = (reconstruction_terms(VAE, IMAGES, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert first.mean() != second.mean()
    once, twice = (Codes(*VAE.encode(IMAGES)).kl for _ in range(2))
    np.testing.assert_array_equal(once, twice)


def test_bytes_and_grey_levels_are_the_same_images():
    images = RANDOM.integers(256, size=(9, 6), dtype=np.uint8)
    floats = (images / 255).astype(np.float32)
    np.testing.assert_allclose(
        reconstruction_terms(VAE, images), reconstruction_terms(VAE, floats), rtol=1e-6
    )
    np.testing.assert_allclose(
        Codes(*VAE.encode(images)).kl, Codes(*VAE.encode(floats)).kl, rtol=1e-6, atol=1e-9
    )
