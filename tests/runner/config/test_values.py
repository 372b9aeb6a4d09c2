"""The kinds of values: names of activations and losses are those of their registries."""

from typing import get_args

from autoencoder.objective.losses import LOSSES
from runner.config.keys import choices
from runner.config.values import ActivationName
from training.activations import ACTIVATIONS


def test_the_config_knows_every_activation_and_every_loss():
    assert set(get_args(ActivationName)) == set(ACTIVATIONS)
    assert set(choices("loss")) == set(LOSSES)
