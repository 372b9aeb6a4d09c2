"""log p(x) and the posterior by quadrature, against SciPy's integrals and against what a prior gives."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import dblquad, quad
from vae_plans import CONVOLUTIONAL, PLAN, random_weights

from vae.posterior import log_joint, log_prior, on_grid, softplus_sums
from vae.trained import rebuild

SMOOTH = replace(PLAN, decoder_activation="tanh")
LINE = replace(SMOOTH, latent_layer_neurons=1)
ONE, TWO = (rebuild(plan, random_weights(plan, 0.7)) for plan in (LINE, SMOOTH))
IMAGES = np.random.default_rng(0).random((700, 9)).astype(np.float32)


def joint(trained, image, *code):
    """p(x, z) of one image, from the decoder's pixels."""
    pixels = trained.decode(np.array([code])).astype(float)[0]
    pixels = np.clip(pixels, 1e-12, 1 - 1e-7)
    log = image @ np.log(pixels) + (1 - image) @ np.log1p(-pixels)
    return np.exp(log) * np.prod([np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi) for z in code])


@pytest.mark.parametrize("row", [0, 1, 699])
def test_one_number_agrees_with_an_integral(row):
    image = IMAGES[row].astype(float)

    def moment(power):
        return quad(lambda z: z**power * joint(ONE, image, z), -7, 7, limit=500)[0]

    total, first, second = map(moment, (0, 1, 2))
    found = on_grid(ONE, IMAGES)
    assert found.log_evidence[row] == pytest.approx(np.log(total), abs=1e-4)
    assert found.means[row, 0] == pytest.approx(first / total, abs=1e-3)
    deviation = np.sqrt(second / total - (first / total) ** 2)
    assert found.deviations[row, 0] == pytest.approx(deviation, abs=1e-3)


def test_two_numbers_agree_with_an_integral():
    image = IMAGES[3].astype(float)
    total, _ = dblquad(lambda y, x: joint(TWO, image, x, y), -5.5, 5.5, -5.5, 5.5, epsabs=1e-9, epsrel=1e-4)
    assert on_grid(TWO, IMAGES[:5]).log_evidence[3] == pytest.approx(np.log(total), abs=1e-3)


@pytest.mark.parametrize("latent", [1, 2])
def test_of_a_decoder_that_ignores_the_code_the_posterior_is_the_prior(latent):
    plan = replace(PLAN, latent_layer_neurons=latent)
    weights = random_weights(plan)
    weights["output_kernel"] *= 0
    found = on_grid(rebuild(plan, weights), IMAGES)
    bias = weights["output_bias"].astype(float)
    np.testing.assert_allclose(found.log_evidence, IMAGES @ bias - np.log1p(np.exp(bias)).sum(), atol=1e-4)
    np.testing.assert_allclose(found.means, 0, atol=1e-5)
    np.testing.assert_allclose(found.deviations, 1, atol=1e-4)
    np.testing.assert_allclose(found.modes, 0, atol=1e-6)
    np.testing.assert_allclose(found.grid_error, 0, atol=1e-5)


def test_the_grid_reaches_beyond_the_farthest_code_and_tells_when_it_is_too_coarse():
    near, far = on_grid(TWO, IMAGES[:50]), on_grid(TWO, IMAGES[:50], farthest=8.0)
    np.testing.assert_allclose(near.log_evidence, far.log_evidence, atol=1e-4)
    weights = random_weights(PLAN)
    weights["output_kernel"] *= 3000
    assert on_grid(rebuild(PLAN, weights), IMAGES[:50]).grid_error.max() > 0.01


def test_a_posterior_that_no_code_is_near_lies_on_the_grid_as_well():
    plan = replace(LINE, shape=(12, 12, 1), neurons_per_layer=[])
    weights = random_weights(plan)
    weights["output_kernel"][...], weights["output_bias"][...] = 0.3, 0
    images = np.ones((2, 144), np.float32)
    images[1, ::2] = 0
    found = on_grid(rebuild(plan, weights), images)
    assert found.means[1, 0] == pytest.approx(0, abs=1e-5)
    codes = np.linspace(-20, 20, 400_001)
    logs = -144 * np.log1p(np.exp(-0.3 * codes)) - 0.5 * codes**2 - 0.5 * np.log(2 * np.pi)
    densities = np.exp(logs - logs.max())
    assert found.means[0, 0] == pytest.approx(codes @ densities / densities.sum(), abs=1e-3)
    assert found.means[0, 0] > 5  # where the grid ends otherwise
    evidence = logs.max() + np.log(densities.sum() * (codes[1] - codes[0]))
    assert found.log_evidence[0] == pytest.approx(evidence, abs=1e-3)


def test_convolutions_have_a_posterior_too():
    trained = rebuild(CONVOLUTIONAL, random_weights(CONVOLUTIONAL, 0.4))
    images = np.random.default_rng(1).random((4, 35)).astype(np.float32)
    found = on_grid(trained, images)
    at_modes = log_joint(trained, images, found.modes[:, None])[:, 0]
    around = found.modes[:, None] + np.array([[0.05, 0.0], [-0.05, 0.0], [0.0, 0.05], [0.0, -0.05]])
    assert (log_joint(trained, images, around).max(axis=1) < at_modes + 1e-3).all()


def test_no_grid_covers_three_numbers():
    plan = replace(PLAN, latent_layer_neurons=3)
    with pytest.raises(ValueError, match="codes of 3 numbers"):
        on_grid(rebuild(plan, random_weights(plan)), IMAGES)


def test_the_parts_of_the_joint_are_what_they_say():
    assert log_prior(np.zeros((1, 2)))[0] == pytest.approx(-np.log(2 * np.pi))
    np.testing.assert_allclose(softplus_sums(np.array([[0.0, 1e4, -1e4]])), [np.log(2) + 1e4])
    codes = np.random.default_rng(0).normal(size=(5, 3, 2))
    expected = [
        [np.log(joint(TWO, image, *code)) for code in own]
        for image, own in zip(IMAGES[:5], codes, strict=True)
    ]
    np.testing.assert_allclose(log_joint(TWO, IMAGES[:5], codes), expected, atol=1e-3)
