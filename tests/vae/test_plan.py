"""The plan: layers that mirror each other, and the weight of the KL term."""

from dataclasses import replace

import pytest
from vae_plans import CONVOLUTIONAL, PLAN

from vae.layers import Convolution, Dense, Transposed


def test_the_decoder_mirrors_the_encoder():
    assert PLAN.encoder_layers == [Dense("encoder_1", 9, 7, "silu"), Dense("encoder_2", 7, 5, "silu")]
    assert PLAN.latent_layers == (Dense("mean", 5, 2, "tanh"), Dense("log_variance", 5, 2, "linear"))
    assert PLAN.decoder_layers == [
        Dense("decoder_1", 2, 5, "relu"),
        Dense("decoder_2", 5, 7, "relu"),
        Dense("output", 7, 9, "linear"),
    ]


def test_convolutions_halve_and_their_mirror_images_give_back_the_very_size():
    large, middle, small, least = (7, 5, 1), (4, 3, 4), (2, 2, 3), (1, 1, 6)
    assert CONVOLUTIONAL.shapes == [large, middle, small, least, (2,), least, small, middle, large]
    assert CONVOLUTIONAL.encoder_layers == [
        Convolution("encoder_1", large, middle, "silu"),
        Convolution("encoder_2", middle, small, "silu"),
        Convolution("encoder_3", small, least, "silu"),
    ]
    assert CONVOLUTIONAL.latent_layers[0] == Dense("mean", 6, 2, "linear")
    assert CONVOLUTIONAL.decoder_layers == [
        Dense("decoder_1", 2, 6, "relu"),
        Transposed("decoder_2", least, small, "relu"),
        Transposed("decoder_3", small, middle, "relu"),
        Transposed("output", middle, large, "linear"),
    ]


def test_without_hidden_layers_there_is_no_convolution():
    plan = replace(CONVOLUTIONAL, neurons_per_layer=[])
    assert plan.encoder_layers == []
    assert plan.decoder_layers == [Dense("output", 2, 35, "linear")]
    assert plan.step_bytes(100) == 0


def test_the_more_a_convolution_unfolds_the_fewer_images_are_computed_at_once():
    assert PLAN.images_at_once == CONVOLUTIONAL.images_at_once == 500
    digits = replace(CONVOLUTIONAL, shape=(28, 28, 1), neurons_per_layer=[32, 64])
    # The second layer unfolds 14,112 numbers an image.
    assert digits.images_at_once == 74
    assert digits.step_bytes(100) > 4 * 100 * 14_112
    assert replace(digits, shape=(2000, 2000, 1)).images_at_once == 1


def test_beta_grows_on_a_line_and_stays():
    assert [PLAN.beta_at(epoch) for epoch in range(5)] == pytest.approx([0.2, 0.4, 0.6, 0.6, 0.6])
