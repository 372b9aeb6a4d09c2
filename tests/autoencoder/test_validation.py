"""Errors and losses on other examples are those of the plain network, in blocks or not."""

from dataclasses import replace

import numpy as np
import pytest

from autoencoder import problem as module
from autoencoder.network import Network
from autoencoder.problem import Examples, Problem
from autoencoder.validation import Validation

NETWORK = Network.mirrored([9, 4, 2], ("relu", "linear", "tanh"), bias=True)
RANDOM = np.random.default_rng(0)
PICTURES = RANDOM.integers(0, 256, (1203, 9), dtype=np.uint8)
NOISY = RANDOM.normal(0.5, 0.5, (1203, 9))
PARAMETERS = RANDOM.standard_normal((2, NETWORK.parameter_count))
# The targets are binary, the pictures are not: that is no matter of the loss.
PROBLEM = Problem(NETWORK, np.eye(9))


def plain_errors(inputs, targets):
    """½ Σ (pixel − target)² of each example, `(restarts, examples)`."""
    return 0.5 * np.square(NETWORK.reconstruct(PARAMETERS, inputs) - targets).sum(axis=2)


@pytest.mark.parametrize("count", [1, module.BLOCK, module.BLOCK + 1, 1203])
@pytest.mark.parametrize("loss", ["cross_entropy", "absolute_error"])
def test_it_is_the_mean_error_of_the_plain_network(count, loss):
    pictures = PICTURES[:count]
    problem = replace(PROBLEM, loss=loss, validation=Examples.each(pictures))
    validation = Validation(problem, PARAMETERS)
    expected = plain_errors(pictures / 255, pictures / 255).mean(axis=1)
    for _ in range(2):
        np.testing.assert_allclose(validation.measures(0)["validation_error"], expected, rtol=1e-12)
    assert validation.measured == ("loss", "error", "validation_error")
    assert validation.judges_by == "loss"


@pytest.mark.parametrize("count", [3, 1203])
def test_of_noisy_copies_it_is_the_accumulated_error_by_the_copies(count):
    examples = Examples(NOISY[:count], PICTURES[:count] / 255, copies=3)
    validation = Validation(replace(PROBLEM, validation=examples), PARAMETERS)
    expected = plain_errors(NOISY[:count], PICTURES[:count] / 255).sum(axis=1) / 3
    np.testing.assert_allclose(validation.measures(0)["validation_error"], expected, rtol=1e-12)


@pytest.mark.parametrize("count", [1, 1203])
@pytest.mark.parametrize("targets", [PICTURES / 255, PICTURES > 127], ids=["grey", "binary"])
def test_networks_are_judged_by_the_loss_on_what_is_held_back(count, targets):
    targets = targets[:count].astype(float)
    problem = replace(PROBLEM, loss="cross_entropy", held_back=Examples(NOISY[:count], targets, copies=7))
    validation = Validation(problem, PARAMETERS)
    pixels = NETWORK.reconstruct(PARAMETERS, NOISY[:count])
    each = -(targets * np.log(pixels) + (1 - targets) * np.log1p(-pixels)).sum(axis=2)
    np.testing.assert_allclose(validation.measures(0)["held_back_loss"], each.mean(axis=1), rtol=1e-9)
    assert validation.measured == ("loss", "error", "held_back_loss")
    assert validation.judges_by == "held_back_loss"


def test_without_examples_there_is_nothing_to_measure():
    validation = Validation(PROBLEM, PARAMETERS)
    assert validation.measures(0) == {}
    assert (validation.measured, validation.judges_by) == (("loss", "error"), "loss")


def test_what_is_tried_sparsely_is_tried_in_fewer_and_fewer_epochs_and_in_the_last():
    examples = Examples(PICTURES[:4], sparsely=True)
    validation = Validation(replace(PROBLEM, validation=examples, held_back=examples), PARAMETERS)
    found = [validation.measures(epoch) for epoch in range(70)]
    due = [epoch for epoch in range(70) if np.isfinite(found[epoch]["validation_error"]).all()]
    assert due == [*range(8), *range(8, 16, 2), *range(16, 32, 4), *range(32, 64, 8), 64]
    assert all(np.isfinite(each["held_back_loss"]).all() for each in found)
    assert np.isfinite(validation.measures(67, is_last=True)["validation_error"]).all()
