"""The plan: layers that mirror each other, and the weight of the KL term."""

import pytest
from vae_plans import PLAN

from vae.plan import Dense


def test_the_decoder_mirrors_the_encoder():
    assert PLAN.encoder_layers(9) == [Dense("encoder_1", 9, 7, "silu"), Dense("encoder_2", 7, 5, "silu")]
    assert PLAN.latent_layers(9) == (Dense("mean", 5, 2, "tanh"), Dense("log_variance", 5, 2, "linear"))
    assert PLAN.decoder_layers(9) == [
        Dense("decoder_1", 2, 5, "relu"),
        Dense("decoder_2", 5, 7, "relu"),
        Dense("output", 7, 9, "linear"),
    ]


def test_beta_grows_on_a_line_and_stays():
    assert [PLAN.beta_at(epoch) for epoch in range(5)] == pytest.approx([0.2, 0.4, 0.6, 0.6, 0.6])
