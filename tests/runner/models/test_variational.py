"""The Keras network of a config as plain arrays: what it makes of pictures."""

import numpy as np

from runner.models.face import reconstruct
from vae.evaluation import reconstruction_terms


def test_codes_of_any_shape_are_decoded(letter_vae_result):
    model, codes = letter_vae_result.model, np.random.default_rng(0).normal(size=(3, 4, 2))
    pictures = model.decode(codes)
    assert pictures.shape == (3, 4, 35)
    assert pictures.dtype == np.float32
    np.testing.assert_allclose(pictures[2, 1], model.decode(codes[2, 1][None])[0], rtol=1e-5)


def test_the_layers_compute_what_the_network_computes(image_result):
    model, pixels = image_result.model, image_result.pixels
    encoder, decoder = model.layers()
    assert model.sizes == [30, 16, 2, 16, 30]
    assert model.latent_size == 2
    activations = {
        "linear": lambda sums, beta: sums,
        "relu": lambda sums, beta: np.maximum(sums, 0),
        "logistic": lambda sums, beta: 1 / (1 + np.exp(-2 * beta * sums)),
    }
    values = pixels
    for layer in encoder:
        before, values = (
            values,
            activations[layer.activation](values @ layer.weights.T + layer.bias, layer.beta),
        )
    codes, spread = model.encode(pixels), model.spread_layer()
    np.testing.assert_allclose(values, codes.means, atol=1e-5)
    np.testing.assert_allclose(before @ spread.weights.T + spread.bias, codes.log_variances, atol=1e-5)
    for layer in decoder:
        values = activations[layer.activation](values @ layer.weights.T + layer.bias, layer.beta)
    np.testing.assert_allclose(values, reconstruct(model, pixels), atol=1e-5)


def test_its_region_is_the_prior_whatever_its_codes_are(image_result):
    region = image_result.model.region(image_result.codes)
    assert region.words == "at the quantiles 0.05…0.95 of the prior"
    assert image_result.region == region


def test_its_nats_are_the_reconstruction_term(image_result):
    model, pixels = image_result.model, image_result.data.test.pixels
    expected = reconstruction_terms(model.trained, pixels, 3, 2)
    np.testing.assert_array_equal(model.nats(pixels, 3, 2), expected)
