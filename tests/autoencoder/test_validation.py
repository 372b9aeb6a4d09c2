"""Validation is the mean error of the plain network on other pictures, in blocks or not."""

import numpy as np
import pytest

from autoencoder import problem as module
from autoencoder.network import Network
from autoencoder.problem import Problem
from autoencoder.validation import Validation

NETWORK = Network.mirrored([9, 4, 2], ("relu", "linear", "tanh"), bias=True)
RANDOM = np.random.default_rng(0)
PICTURES = RANDOM.integers(0, 256, (1203, 9), dtype=np.uint8)
PARAMETERS = RANDOM.standard_normal((2, NETWORK.parameter_count))


@pytest.mark.parametrize("count", [1, module.BLOCK, module.BLOCK + 1, 1203])
@pytest.mark.parametrize("loss", ["cross_entropy", "absolute_error"])
def test_it_is_the_mean_error_of_the_plain_network(count, loss):
    pictures = PICTURES[:count]
    # The targets are binary, these pictures are not: that is no matter of the loss.
    problem = Problem(NETWORK, np.eye(9), loss=loss, validation=pictures)
    validation = Validation(problem, PARAMETERS)
    pixels = NETWORK.reconstruct(PARAMETERS, pictures / 255)
    expected = 0.5 * np.square(pixels - pictures / 255).sum(axis=2).mean(axis=1)
    for _ in range(2):
        np.testing.assert_allclose(validation.measures()["validation_error"], expected, rtol=1e-12)
    assert validation.measured == ("loss", "error", "validation_error")


def test_without_pictures_there_is_nothing_to_measure():
    validation = Validation(Problem(NETWORK, np.eye(9)), PARAMETERS)
    assert validation.measures() == {}
    assert validation.measured == ("loss", "error")
