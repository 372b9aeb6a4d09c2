"""The bound by importance weighting: quadrature, a closed form, and what one draw is."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import PLAN, random_weights

from latent.codes import Codes
from vae.evaluation import reconstruction_terms
from vae.importance import importance_bound
from vae.posterior import on_grid, softplus_sums
from vae.trained import rebuild

IMAGES = np.random.default_rng(0).random((300, 9)).astype(np.float32)


def network(latent, scale=0.7):
    plan = replace(PLAN, latent_layer_neurons=latent, decoder_activation="tanh")
    return rebuild(plan, random_weights(plan, scale))


@pytest.mark.parametrize("latent", [1, 2])
def test_it_agrees_with_the_sum_over_all_codes(latent):
    trained = network(latent, 0.5)
    bound = importance_bound(trained, IMAGES)
    below = on_grid(trained, IMAGES).log_evidence - bound.log_likelihood
    scatter = below.std() / np.sqrt(len(IMAGES))
    assert scatter < 0.02
    assert -4 * scatter < below.mean() < 2 * bound.gain.mean() + 4 * scatter


def test_where_the_encoder_misplaces_it_stays_below_and_comes_nearer_with_more_draws():
    trained = network(2, 1)
    exact = on_grid(trained, IMAGES).log_evidence.mean()
    few, many = (importance_bound(trained, IMAGES, draws=draws) for draws in (20, 500))
    assert few.log_likelihood.mean() < many.log_likelihood.mean() < exact
    assert 0 < many.gain.mean() < few.gain.mean()


@pytest.mark.parametrize("latent", [1, 2, 5])
def test_of_a_decoder_that_ignores_the_code_and_an_encoder_that_gives_the_prior_it_is_exact(latent):
    plan = replace(PLAN, latent_layer_neurons=latent, latent_activation="linear")
    weights = random_weights(plan)
    for name in ("output", "mean", "log_variance"):
        weights[f"{name}_kernel"] *= 0
    for name in ("mean", "log_variance"):
        weights[f"{name}_bias"] *= 0
    bound = importance_bound(rebuild(plan, weights), IMAGES, draws=10)
    bias = weights["output_bias"]
    np.testing.assert_allclose(bound.log_likelihood, IMAGES @ bias - softplus_sums(bias), rtol=1e-5)
    np.testing.assert_allclose(bound.gain, 0, atol=1e-6)


def test_of_one_number_more_draws_come_nearer_and_half_of_two_is_the_elbo():
    trained = network(4)
    two, many = (importance_bound(trained, IMAGES, draws=draws) for draws in (2, 200))
    elbo = -reconstruction_terms(trained, IMAGES, draws=500) - Codes(*trained.encode(IMAGES)).kl.sum(axis=1)
    drawn = (two.log_likelihood - two.gain).mean()
    spread = (two.log_likelihood - two.gain - elbo).std() / np.sqrt(len(IMAGES))
    assert drawn == pytest.approx(elbo.mean(), abs=4 * spread)
    assert drawn < two.log_likelihood.mean() < many.log_likelihood.mean()
    assert many.gain.mean() < two.gain.mean()


def test_the_same_seed_draws_the_same_and_bytes_are_grey_levels():
    images = np.random.default_rng(1).integers(256, size=(7, 9), dtype=np.uint8)
    first = importance_bound(network(3), images, seed=4)
    again = importance_bound(network(3), (images / 255).astype(np.float32), seed=4)
    np.testing.assert_allclose(first.log_likelihood, again.log_likelihood, rtol=1e-5)
    assert len(importance_bound(network(3), images[:0]).gain) == 0


@pytest.mark.parametrize("scale", [30, 1e4])
def test_networks_that_went_astray_have_numbers_too(scale):
    bound = importance_bound(network(3, scale), IMAGES[:5])
    assert np.isfinite(bound.log_likelihood).all() and np.isfinite(bound.gain).all()
