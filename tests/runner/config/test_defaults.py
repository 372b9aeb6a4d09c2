"""Defaults that depend on mode, data and minimizer."""

import pytest
from loading import config


@pytest.mark.parametrize(("mode", "data"), [("DEFAULT", "font"), ("DAE", "font"), ("VAE", "images")])
def test_the_mode_says_what_is_learned_where_the_config_does_not(mode, data):
    assert config(mode=mode).data == data


def test_images_are_learned_in_batches_and_in_single_precision():
    images, font = config(data="images"), config()
    assert (images.batch_size, images.precision, images.learning_rate) == (100, "float32", 0.001)
    assert (font.batch_size, font.precision, font.learning_rate) == (None, "float64", 0.01)
    scipy = config(data="images", minimizer="lbfgs")
    assert (scipy.batch_size, scipy.precision) == (None, "float64")


def test_a_denoiser_of_images_has_one_noisy_copy_of_each():
    assert config(mode="DAE").noisy_copies == 5
    assert config(mode="DAE", data="images").noisy_copies == 1


def test_hidden_layers_are_rectified_in_mode_vae_alone():
    assert config(mode="VAE", data="font").encoder_activation == "relu"
    documented = config(data="images")
    assert (documented.encoder_activation, documented.decoder_activation) == ("linear", "logistic")
