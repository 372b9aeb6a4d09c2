"""The Keras networks and their losses, against plain arrays."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import CONVOLUTIONAL, PLAN, random_weights

from training.activations import ACTIVATIONS
from vae import evaluation
from vae.keras_models import by_keras
from vae.plan import LARGEST_LOG_VARIANCE
from vae.trained import TrainedVae

tf = pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")
module = pytest.importorskip("vae.networks")

RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.integers(256, size=(23, 9), dtype=np.uint8)
GREY = (IMAGES / 255).astype(np.float32)


def test_cross_entropy_equals_the_one_of_numpy():
    logits = RANDOM.normal(size=(23, 9), scale=5).astype(np.float32)
    ours = module.cross_entropy(tf.constant(logits), tf.constant(GREY))
    np.testing.assert_allclose(ours, evaluation.cross_entropy(logits, GREY), rtol=1e-5)


def kl_of_numpy(mean, log_variance):
    return 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance).sum(axis=1)


def test_kl_equals_the_one_of_numpy():
    mean, log_variance = RANDOM.normal(size=(2, 23, 3)).astype(np.float32)
    ours = module.kl_divergence(tf.constant(mean), tf.constant(log_variance))
    np.testing.assert_allclose(ours, kl_of_numpy(mean, log_variance), rtol=1e-5)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_arrays_and_keras_compute_the_same(activation):
    plan = replace(
        PLAN, encoder_activation=activation, latent_activation=activation, decoder_activation=activation
    )
    networks = module.Networks.build(plan)
    for variable in networks.variables:
        variable.assign(RANDOM.normal(size=variable.shape))
    vae = TrainedVae(plan, networks.weights())
    moments = networks.encoder(GREY)
    for ours, theirs in zip(vae.encode(IMAGES), moments, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)
    logits = networks.decoder(moments[0])
    np.testing.assert_allclose(vae.logits(moments[0].numpy()), logits, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(vae.decode(moments[0].numpy()), tf.sigmoid(logits), rtol=1e-4, atol=1e-6)


SHAPES = [((28, 28, 1), [4, 6]), ((7, 5, 1), [3, 4, 5]), ((9, 1, 1), [2, 3]), ((5, 8, 3), [2])]


@pytest.mark.parametrize(("shape", "maps"), SHAPES)
def test_convolutions_as_products_are_those_of_keras_and_of_arrays(shape, maps):
    plan = replace(CONVOLUTIONAL, shape=shape, neurons_per_layer=maps)
    ours, theirs = module.Networks.build(plan), module.Networks.build(plan, by_keras)
    assert ours.weights().keys() == theirs.weights().keys()
    for name, initial in ours.weights().items():
        np.testing.assert_array_equal(initial, theirs.weights()[name])
    vae = TrainedVae(plan, random_weights(plan, 0.4))
    ours.assign(vae.weights), theirs.assign(vae.weights)
    images, codes = (RANDOM.random((20, size)).astype(np.float32) for size in (plan.pixels, 2))
    for mine, keras, plain in zip(
        ours.encoder(images), theirs.encoder(images), vae.encode(images), strict=True
    ):
        np.testing.assert_allclose(mine, keras, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(mine, plain, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(ours.decoder(codes), theirs.decoder(codes), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(ours.decoder(codes), vae.logits(codes), rtol=1e-4, atol=1e-5)
    for mine, keras in zip(gradients(ours, images), gradients(theirs, images), strict=True):
        np.testing.assert_allclose(mine, keras, rtol=1e-3, atol=1e-4)


def gradients(networks, images):
    """Of the mean loss, for each weight."""
    values = [variable.value for variable in networks.variables]
    with tf.GradientTape() as tape:
        losses = networks.losses(tf.constant(images), tf.ones((len(images), 2)))
        loss = tf.reduce_mean(tf.add(*losses))
    return tape.gradient(loss, values)


def test_log_variances_are_bounded():
    networks = module.Networks.build(PLAN)
    networks.encoder.get_layer("log_variance").bias.assign([90.0, 0.5])
    vae = TrainedVae(PLAN, networks.weights())
    for log_variance in (networks.encoder(GREY)[1].numpy(), vae.encode(IMAGES)[1]):
        assert (log_variance[:, 0] == LARGEST_LOG_VARIANCE).all()
        assert (log_variance[:, 1] < LARGEST_LOG_VARIANCE).all()
    assert np.isfinite(networks.losses(GREY, tf.ones((23, 2)))).all()


def test_initial_weights_follow_the_seed():
    first, again, other = (module.Networks.build(replace(PLAN, seed=seed)).weights() for seed in (3, 3, 4))
    assert len(first) == 14
    for name, values in first.items():
        np.testing.assert_array_equal(values, again[name])
        assert name.endswith("bias") or (values != other[name]).any()
    assert (first["mean_kernel"] != first["log_variance_kernel"]).any()
