"""Defaults that depend on mode, data and minimizer."""

import pytest
from loading import config


@pytest.mark.parametrize(("mode", "data"), [("DEFAULT", "font"), ("DAE", "font"), ("VAE", "images")])
def test_the_mode_says_what_is_learned_where_the_config_does_not(mode, data):
    assert config(mode=mode).data == data


def test_images_are_learned_in_batches_and_in_single_precision():
    images, font = config(data="images"), config()
    assert (images.batch_size, images.precision, images.learning_rate) == (256, "float32", 0.001)
    assert (font.batch_size, font.precision, font.learning_rate) == (None, "float64", 0.01)
    scipy = config(data="images", minimizer="lbfgs")
    assert (scipy.batch_size, scipy.precision) == (None, "float64")


@pytest.mark.parametrize(
    ("minimizer", "rate"),
    [("adam", 0.001), ("rmsprop", 0.001), ("momentum", 0.01), ("gradient_descent", 0.01)],
)
@pytest.mark.parametrize("mode", ["DEFAULT", "DAE", "VAE"])
def test_in_batches_each_minimizer_has_a_learning_rate_of_its_own(mode, minimizer, rate):
    keys = {"mode": mode, "data": "images", "minimizer": minimizer}
    assert config(**keys).learning_rate == rate
    assert config(**keys, learning_rate=0.5).learning_rate == 0.5


@pytest.mark.parametrize(
    ("mode", "minimizer", "epsilon"),
    [("DEFAULT", "adam", 1e-8), ("DAE", "rmsprop", 1e-7), ("VAE", "adam", 1e-7), ("VAE", "rmsprop", 1e-7)],
)
def test_epsilon_is_that_of_the_papers_or_of_keras(mode, minimizer, epsilon):
    assert config(mode=mode, minimizer=minimizer).epsilon == epsilon
    assert config(mode=mode, minimizer=minimizer, epsilon=0.01).epsilon == 0.01


def test_what_is_given_wins_over_every_default():
    keys = {"batch_size": None, "precision": "float64", "noisy_copies": 3, "data": "images"}
    given = config(mode="DAE", **keys)
    assert {key: getattr(given, key) for key in keys} == keys
    assert config(mode="VAE", data="font").data == "font"


def test_a_denoiser_of_images_has_one_noisy_copy_of_each():
    assert config(mode="DAE").noisy_copies == 5
    assert config(mode="DAE", data="images").noisy_copies == 1


def test_hidden_layers_are_rectified_in_mode_vae_alone():
    assert config(mode="VAE", data="font").encoder_activation == "relu"
    documented = config(data="images")
    assert (documented.encoder_activation, documented.decoder_activation) == ("linear", "logistic")
