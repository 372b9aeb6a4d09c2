"""The Keras network of a config as plain arrays: its plan, and what it makes of pictures."""

import numpy as np
import pytest
from loading import config

from runner.config.errors import UserError
from runner.experiment import prepare
from runner.models import variational
from runner.models.face import reconstruct
from runner.models.variational import check_size, fitting_plan
from vae.evaluation import reconstruction_terms


def test_the_plan_and_the_sizes_are_those_of_the_config(image_file):
    pytest.importorskip("tensorflow")
    keys = {"mode": "VAE", "vae_dataset": str(image_file), "neurons_per_layer": [8, 4], "beta": 2}
    trainer = prepare(config(**keys)).trainer
    assert trainer.sizes == [30, 8, 4, 2, 4, 8, 30]
    assert trainer.plan.beta == 2
    assert trainer.plan.encoder_activation == "relu"
    assert trainer.plan.batch_size == 100
    assert trainer.noise is None


def test_without_tensorflow_the_mode_is_a_mistake_that_says_what_to_install(monkeypatch):
    monkeypatch.setattr(variational, "find_spec", lambda name: None)
    with pytest.raises(variational.UserError, match="mode: VAE needs TensorFlow; install it with: pip"):
        prepare(config(mode="VAE", data="font"))


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


def plan_for(shape, **keys):
    return fitting_plan(config(mode="VAE", **keys), shape)


def test_too_many_weights_are_refused():
    plan = plan_for((100, 100, 1), neurons_per_layer=[5_000])
    with pytest.raises(UserError, match="neurons_per_layer: 100,030,000 weights"):
        check_size(plan, 1000)


def test_convolutions_that_no_memory_holds_are_refused_with_what_would_fit():
    keys = {"layer_kind": "convolutional", "neurons_per_layer": [64, 64]}
    check_size(plan_for((28, 28, 1), **keys), 60_000)
    with pytest.raises(UserError, match=r"a step of 100 images .* needs 8 GiB.* batch_size of at most 52"):
        check_size(plan_for((300, 300, 1), **keys), 60_000)
    check_size(plan_for((300, 300, 1), batch_size=52, **keys), 60_000)
    check_size(plan_for((300, 300, 1), **keys), 20)  # so few are there
    with pytest.raises(UserError, match="take fewer"):
        check_size(plan_for((4000, 4000, 1), **{**keys, "neurons_per_layer": [64] * 12}), 60_000)


def test_convolutions_say_how_deep_they_may_be(image_file):
    pytest.importorskip("tensorflow")
    keys = {"mode": "VAE", "vae_dataset": str(image_file), "layer_kind": "convolutional"}
    trainer = prepare(config(**keys, neurons_per_layer=[4, 3, 2])).trainer
    assert str(trainer.sizes) == "[6×5, 4@3×3, 3@2×2, 2@1×1, 2, 2@1×1, 3@2×2, 4@3×3, 6×5]"
    assert trainer.sizes == [30, 36, 12, 2, 2, 2, 12, 36, 30]
    with pytest.raises(UserError, match=r"got 4 layers; .* of 6×5 pixels one is left after 3, so write at"):
        prepare(config(**keys, neurons_per_layer=[4, 3, 2, 2]))
