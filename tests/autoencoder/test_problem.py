"""A problem: its inputs with and without noise, and which objective it makes."""

from dataclasses import replace

import numpy as np
import pytest

from autoencoder import problem as module
from autoencoder.network import Network
from autoencoder.noise import Noise
from autoencoder.objective import parts
from autoencoder.objective.fused import FusedObjective
from autoencoder.objective.parts import PartedObjective
from autoencoder.objective.tape import TapeObjective
from autoencoder.problem import Problem, objective_in_parts, objective_of
from training.streams import Stream, generator

PICTURES = np.random.default_rng(0).integers(0, 2, (4, 6)).astype(float)
GREY = np.random.default_rng(1).integers(0, 256, (4, 6), dtype=np.uint8)
NETWORK = Network.mirrored([6, 2], ("tanh", "linear", "tanh"))
NOISY = Problem(NETWORK, PICTURES, noise=Noise("flip", 0.3), copies=3, seed=5)


def made(problem):
    return objective_of(problem, np.empty((1, NETWORK.parameter_count)), len(problem))


def test_without_noise_the_pictures_are_the_inputs_themselves():
    problem = Problem(NETWORK, PICTURES)
    assert problem.inputs_at(0) is problem.inputs_at(7) is problem.targets
    assert problem.examples_at(PICTURES) == (PICTURES, None)


def test_noisy_copies_are_drawn_from_the_stream_of_the_epoch():
    tiled = np.tile(PICTURES, (3, 1))
    first = Noise("flip", 0.3).corrupt(tiled, generator(5, Stream.NOISE, 0))
    np.testing.assert_array_equal(NOISY.inputs_at(0), first)
    assert NOISY.inputs_at(4) is NOISY.inputs_at(0)
    fresh = replace(NOISY, fresh_noise=True)
    fourth = Noise("flip", 0.3).corrupt(tiled, generator(5, Stream.NOISE, 4))
    np.testing.assert_array_equal(fresh.inputs_at(4), fourth)
    inputs, targets = NOISY.examples_at(NOISY.inputs_at(0), np.array([5, 2]))
    np.testing.assert_array_equal(inputs, first[[5, 2]])
    np.testing.assert_array_equal(targets, PICTURES[[1, 2]])
    np.testing.assert_array_equal(NOISY.examples_at(first)[1], tiled)
    assert len(NOISY) == 12


def test_noise_on_the_codes_is_drawn_from_its_stream_of_the_epoch():
    problem = replace(NOISY, latent_noise=0.2, precision="float32")
    expected = generator(5, Stream.LATENT_NOISE, 4).normal(0, 0.2, (12, 2))
    np.testing.assert_array_equal(problem.latent_noise_at(4), expected.astype("float32"))
    assert problem.is_fresh
    assert NOISY.latent_noise_at(4) is None and not NOISY.is_fresh


def test_large_sets_are_drawn_block_after_block_from_one_generator(monkeypatch):
    monkeypatch.setattr(module, "NOISE_BLOCK", 5 * 6)
    random, tiled = generator(5, Stream.NOISE, 0), np.tile(PICTURES, (3, 1))
    expected = [Noise("flip", 0.3).corrupt(tiled[start : start + 5], random) for start in (0, 5, 10)]
    np.testing.assert_array_equal(NOISY.inputs_at(0), np.concatenate(expected))


def test_noise_on_bytes_is_noise_on_grey_levels():
    problem = replace(NOISY, targets=GREY, precision="float32", noise=Noise("masking", 0.3))
    inputs = problem.inputs_at(0)
    assert inputs.dtype == np.float32
    kept = inputs != 0
    np.testing.assert_allclose(inputs[kept], np.tile(GREY / 255, (3, 1))[kept], rtol=1e-6)


def test_targets_are_binary_or_grey():
    assert Problem(NETWORK, PICTURES).is_binary
    assert Problem(NETWORK, np.uint8(255 * PICTURES)).is_binary
    assert not Problem(NETWORK, np.uint8(PICTURES)).is_binary  # bytes of 1 are nearly black
    assert not Problem(NETWORK, PICTURES / 2).is_binary


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
def test_targets_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=r"0…1"):
        Problem(NETWORK, np.full((2, 6), wrong))


def test_one_place_decides_which_objective_runs():
    assert isinstance(made(Problem(NETWORK, PICTURES)), FusedObjective)
    assert isinstance(made(Problem(NETWORK, GREY, loss="cross_entropy")), FusedObjective)
    assert isinstance(made(Problem(NETWORK, PICTURES, loss="absolute_error")), TapeObjective)
    without_twin = Network.mirrored([6, 3, 2], ("gelu", "linear", "tanh"))
    assert isinstance(made(Problem(without_twin, PICTURES)), TapeObjective)


@pytest.mark.parametrize("restarts", [1, 3])
@pytest.mark.parametrize("decoder_activation", ["tanh", "gelu"])
def test_many_examples_are_in_parts_that_add_up_to_the_whole(monkeypatch, restarts, decoder_activation):
    monkeypatch.setattr(parts, "SMALLEST_PART", 100)
    network = Network.mirrored([6, 2], ("tanh", "linear", decoder_activation))
    problem = replace(NOISY, network=network)
    at = np.random.default_rng(2).standard_normal((restarts, network.parameter_count))
    whole, parted = objective_of(problem, at, len(problem)), objective_in_parts(problem, at, len(problem))
    assert isinstance(parted, PartedObjective)
    for objective in (whole, parted):
        objective.load(*problem.examples_at(problem.inputs_at(0)))
    for ours, theirs in zip(parted.evaluate(at), whole.evaluate(at), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-12)
    assert not isinstance(objective_in_parts(problem, at, 1), PartedObjective)
