"""Arrays that encode and decode by themselves: any number of images, stored and rebuilt."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import CONVOLUTIONAL, PLAN, random_weights

from training.activations import quick_logistic
from vae.plan import BLOCK
from vae.trained import BETA, rebuild

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize("count", [0, 1, BLOCK, BLOCK + 1])
@pytest.mark.parametrize("plan", [PLAN, CONVOLUTIONAL], ids=["dense", "convolutional"])
def test_images_come_back_whatever_their_number(plan, count):
    vae = rebuild(plan, random_weights(plan))
    images = RANDOM.integers(256, size=(count, plan.pixels), dtype=np.uint8)
    mean, log_variance = vae.encode(images)
    assert mean.shape == log_variance.shape == (count, 2)
    pixels = vae.decode(mean)
    assert pixels.shape == (count, plan.pixels)
    assert pixels.dtype == np.float32
    assert ((pixels >= 0) & (pixels <= 1)).all()
    if count:
        np.testing.assert_allclose(vae.encode(images[-1:])[0], mean[-1:], rtol=1e-5)


def test_without_hidden_layers_it_is_one_product():
    plan = replace(PLAN, shape=(2, 2, 1), neurons_per_layer=[], latent_activation="linear")
    weights = random_weights(plan)
    vae = rebuild(plan, weights)
    images = RANDOM.random((5, 4)).astype(np.float32)
    mean = images @ weights["mean_kernel"] + weights["mean_bias"]
    np.testing.assert_allclose(vae.encode(images)[0], mean, rtol=1e-5)
    expected = quick_logistic(mean @ weights["output_kernel"] + weights["output_bias"], BETA)
    np.testing.assert_allclose(vae.decode(mean), expected, rtol=1e-5)


def test_weights_survive_a_file(tmp_path):
    vae = rebuild(PLAN, random_weights(PLAN))
    np.savez(tmp_path / "model.npz", **vae.weights)
    with np.load(tmp_path / "model.npz", allow_pickle=False) as file:
        again = rebuild(PLAN, dict(file))
    codes = RANDOM.normal(size=(3, 2))
    np.testing.assert_array_equal(again.decode(codes), vae.decode(codes))


def test_weights_that_do_not_fit_are_refused():
    weights = random_weights(PLAN)
    with pytest.raises(ValueError, match=r"output_kernel has the shape \(7, 9\) instead of \(7, 8\)"):
        rebuild(replace(PLAN, shape=(4, 2, 1)), weights | {"encoder_1_kernel": np.empty((8, 7))})
    del weights["mean_bias"]
    with pytest.raises(ValueError, match="mean_bias is missing"):
        rebuild(PLAN, weights)
