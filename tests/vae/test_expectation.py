"""Codes drawn from the posterior, against its moments on a finer grid."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import PLAN, random_weights

from vae.expectation import REACH, Expectation, posterior_modes
from vae.posterior import log_joint, on_grid
from vae.trained import TrainedVae

IMAGES = np.random.default_rng(4).random((3, 9), np.float32)


@pytest.mark.parametrize("latent", [1, 2])
def test_draws_have_the_moments_of_the_posterior(latent):
    plan = replace(PLAN, latent_layer_neurons=latent)
    trained = TrainedVae(plan, random_weights(plan))
    posterior = on_grid(trained, IMAGES)
    copies = np.repeat(IMAGES, 2000, axis=0)
    drawn = Expectation(trained).draw(copies, np.random.default_rng(0))
    assert drawn.dtype == np.float32
    assert np.linalg.norm(drawn, axis=1).max() < REACH + 0.1
    drawn = drawn.reshape(3, 2000, latent).astype(float)
    np.testing.assert_allclose(drawn.mean(axis=1), posterior.means, atol=0.1)
    np.testing.assert_allclose(drawn.std(axis=1), posterior.deviations, atol=0.1)


@pytest.mark.parametrize("latent", [1, 2])
def test_modes_are_as_probable_as_those_of_a_finer_grid(latent):
    plan = replace(PLAN, latent_layer_neurons=latent)
    trained = TrainedVae(plan, random_weights(plan))
    coarse, fine = posterior_modes(trained, IMAGES), on_grid(trained, IMAGES).modes
    codes = np.stack([coarse, fine], axis=1)
    coarse, fine = log_joint(trained, IMAGES, codes).T
    np.testing.assert_allclose(coarse, fine, atol=0.05)


def test_bytes_are_grey_levels():
    trained = TrainedVae(PLAN, random_weights(PLAN))
    images = np.uint8(np.round(255 * IMAGES))
    codes, same = (
        Expectation(trained).draw(pixels, np.random.default_rng(0))
        for pixels in (images, images / np.float32(255))
    )
    np.testing.assert_allclose(codes, same, atol=1e-6)


def test_of_more_latent_numbers_there_is_no_grid():
    plan = replace(PLAN, latent_layer_neurons=3)
    with pytest.raises(KeyError):
        Expectation(TrainedVae(plan, random_weights(plan)))


def test_of_weights_beyond_all_bounds_codes_are_drawn_without_a_warning():
    trained = TrainedVae(PLAN, random_weights(PLAN, 1e30))
    assert Expectation(trained).draw(IMAGES, np.random.default_rng(0)).shape == (3, 2)
