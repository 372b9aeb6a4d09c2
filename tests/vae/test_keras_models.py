"""Keras models of a trained autoencoder: saved, and loaded by a process that knows Keras only."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from vae_plans import CONVOLUTIONAL, PLAN, random_weights

from vae.trained import rebuild

pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")

RANDOM = np.random.default_rng(0)
ALONE = """
import sys, keras, numpy as np
encoder, decoder = (keras.saving.load_model(f"{name}.keras") for name in ("encoder", "decoder"))
with np.load("given.npz") as given:
    classes = [given["classes"]] if "classes" in given else []
    mean, log_variance = encoder([given["images"], *classes])
    drawings = decoder([given["codes"], *classes])
    np.savez("found.npz", mean=mean, log_variance=log_variance, drawings=drawings)
assert "vae" not in sys.modules and "runner" not in sys.modules
"""


# Keras itself copies arrays in a way that NumPy warns about.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
# The sine is a function of `keras.ops`, the others are of `keras.activations`.
@pytest.mark.parametrize("activation", ["silu", "sine"])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("plan", [PLAN, CONVOLUTIONAL], ids=["dense", "convolutional"])
def test_keras_alone_loads_them_and_gives_our_codes_and_drawings(plan, channels, activation, tmp_path):
    from vae.keras_models import keras_models

    kinds = dict.fromkeys(("encoder_activation", "decoder_activation"), activation)
    plan = replace(plan, shape=(*plan.shape[:2], channels), **kinds)
    trained = rebuild(plan, random_weights(plan, 0.5))
    images = RANDOM.random((20, plan.pixels)).astype(np.float32)
    codes = RANDOM.normal(size=(20, 2)).astype(np.float32)
    np.savez(tmp_path / "given.npz", images=images, codes=codes)
    for model in keras_models(trained):
        model.save(tmp_path / f"{model.name}.keras")
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with np.load(tmp_path / "found.npz") as found:
        for name, ours in zip(("mean", "log_variance"), trained.encode(images), strict=True):
            np.testing.assert_allclose(found[name], ours, atol=1e-5)
        np.testing.assert_allclose(found["drawings"], trained.decode(codes), atol=1e-5)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("plan", [PLAN, CONVOLUTIONAL], ids=["dense", "convolutional"])
def test_those_that_are_given_a_class_take_it_as_a_second_input(plan, tmp_path):
    from vae.keras_models import keras_models

    plan = replace(plan, classes=3)
    trained = rebuild(plan, random_weights(plan, 0.5))
    images = RANDOM.random((20, plan.pixels)).astype(np.float32)
    codes, labels = RANDOM.normal(size=(20, 2)).astype(np.float32), np.arange(20) % 3
    np.savez(
        tmp_path / "given.npz", images=images, codes=codes, classes=np.eye(3, dtype=np.float32)[labels]
    )
    for model in keras_models(trained):
        model.save(tmp_path / f"{model.name}.keras")
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with np.load(tmp_path / "found.npz") as found:
        for row, label in enumerate(labels):
            alone = trained.of_class(label)
            mean, log_variance = alone.encode(images[[row]])
            np.testing.assert_allclose(found["mean"][row], mean[0], atol=1e-5)
            np.testing.assert_allclose(found["log_variance"][row], log_variance[0], atol=1e-5)
            np.testing.assert_allclose(found["drawings"][row], alone.decode(codes[[row]])[0], atol=1e-5)
