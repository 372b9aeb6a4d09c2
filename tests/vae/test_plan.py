"""The plan: layers that mirror each other, the weight of the KL term, streams that stay apart."""

import numpy as np
import pytest
from vae_plans import PLAN

from vae.plan import Dense, Stream, generator


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


def test_every_stream_seed_and_key_has_its_own_numbers():
    draws = [
        generator(seed, stream, *key).random() for seed in (0, 1) for stream in Stream for key in ((), (5,))
    ]
    assert len(set(draws)) == len(draws)
    np.testing.assert_array_equal(generator(4, Stream.SHUFFLES, 2).random(3), generator(4, 1, 2).random(3))
