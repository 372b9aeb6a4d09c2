"""The parts of −ELBO: closed forms, SciPy's optimizer, and the sum against the drawn estimate."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from vae_plans import CONVOLUTIONAL, PLAN, random_weights

from latent.codes import Codes
from vae.evaluation import reconstruction_terms
from vae.likelihood import losses
from vae.posterior import log_joint
from vae.trained import rebuild

SMOOTH = replace(PLAN, decoder_activation="tanh")
TWO = rebuild(SMOOTH, random_weights(SMOOTH, 0.7))
IMAGES = np.random.default_rng(0).random((300, 9)).astype(np.float32)
SPLIT = losses(TWO, IMAGES)


def test_the_parts_add_up_to_the_negative_elbo():
    terms = reconstruction_terms(TWO, IMAGES, draws=2000)
    drawn = terms + Codes(*TWO.encode(IMAGES)).kl.sum(axis=1)
    whole = SPLIT.negative_log_likelihood + SPLIT.approximation_gap + SPLIT.amortization_gap
    assert whole.mean() == pytest.approx(drawn.mean(), abs=0.05)
    np.testing.assert_allclose(whole, drawn, rtol=0.1, atol=0.3)


def test_no_part_but_the_first_gives_nats_back():
    assert (SPLIT.approximation_gap > -0.01).all()
    assert (SPLIT.amortization_gap >= 0).all()
    assert SPLIT.amortization_gap.mean() > 0.1


def elbo(image, mean, deviation):
    """By quadrature on an even grid over ±6 deviations."""
    axis = np.linspace(-6, 6, 61)
    offsets = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    weights = np.exp(-0.5 * (offsets**2).sum(axis=1))
    values = log_joint(TWO, image[None], (mean + deviation * offsets)[None])[0]
    return weights @ values / weights.sum() + np.log(deviation * np.sqrt(2 * np.pi * np.e)).sum()


@pytest.mark.parametrize("row", [0, 1, 2, 3])
def test_no_better_normal_is_found_by_an_optimizer(row):
    best = SPLIT.best.of(np.array([row]))
    start = np.concatenate([best.means[0], np.log(best.deviations[0])])
    found = minimize(
        lambda at: -elbo(IMAGES[row], at[:2], np.exp(at[2:])), start, method="Nelder-Mead", tol=1e-4
    )
    reached = -(SPLIT.negative_log_likelihood + SPLIT.approximation_gap)[row]
    assert -found.fun - reached < 0.05
    assert elbo(IMAGES[row], best.means[0], best.deviations[0]) == pytest.approx(reached, abs=0.05)


@pytest.mark.parametrize("latent", [1, 2])
def test_of_a_decoder_that_ignores_the_code_the_encoder_loses_its_kl(latent):
    plan = replace(PLAN, latent_layer_neurons=latent)
    weights = random_weights(plan, 0.5)
    weights["output_kernel"] *= 0
    trained = rebuild(plan, weights)
    split, kl = losses(trained, IMAGES), Codes(*trained.encode(IMAGES)).kl.sum(axis=1)
    np.testing.assert_allclose(split.amortization_gap, kl, atol=2e-3)
    np.testing.assert_allclose(split.approximation_gap, 0, atol=2e-3)
    np.testing.assert_allclose(split.best.means, 0, atol=0.05)
    np.testing.assert_allclose(split.best.deviations, 1, atol=0.05)


def test_bytes_and_grey_levels_are_the_same_images_and_none_is_no_mistake():
    images = np.random.default_rng(0).integers(256, size=(9, 9), dtype=np.uint8)
    floats = (images / 255).astype(np.float32)
    first, second = losses(TWO, images), losses(TWO, floats)
    np.testing.assert_allclose(first.negative_log_likelihood, second.negative_log_likelihood, rtol=1e-5)
    assert len(losses(TWO, images[:0]).amortization_gap) == 0


def test_convolutions_are_split_in_the_memory_of_a_block():
    keys = {"shape": (28, 28, 1), "neurons_per_layer": [16, 16], "latent_layer_neurons": 1}
    plan = replace(CONVOLUTIONAL, **keys)
    trained = rebuild(plan, random_weights(plan, 0.1))
    images = np.random.default_rng(0).random((20, 784)).astype(np.float32)
    tracemalloc.start()
    split = losses(trained, images)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100e6
    assert (split.amortization_gap >= 0).all()


@pytest.mark.parametrize("scale", [30, 1e4])
def test_networks_that_went_astray_have_numbers_too(scale):
    split = losses(rebuild(PLAN, random_weights(PLAN, scale)), IMAGES[:5])
    for part in (split.negative_log_likelihood, split.approximation_gap, split.amortization_gap):
        assert np.isfinite(part).all()
