"""The kinds of values: names of activations and losses are those of their registries."""

from typing import get_args

import pytest

from autoencoder.objective.losses import LOSSES
from runner.config.keys import kind_of
from runner.config.values import ActivationName, Range
from training.activations import ACTIVATIONS


def test_the_config_knows_every_activation_and_every_loss():
    assert set(get_args(ActivationName)) == set(ACTIVATIONS)
    assert set(kind_of("loss").names) == set(LOSSES)


@pytest.mark.parametrize(
    "given",
    [{"from": 1, "to": 2}, {"from": 0.5, "to": 2, "log": True}, {"from": -1e-3, "to": 0, "log": False}],
)
def test_a_range_is_written_as_it_was_read(given):
    assert Range.model_validate(given).model_dump(exclude_unset=True) == given
