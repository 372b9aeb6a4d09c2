"""The NumPy network of a config: what is trained on which pictures, and what is left of it."""

import numpy as np
import pytest
from loading import config

from runner.experiment import prepare
from runner.models.autoencoder import Autoencoder
from runner.models.face import reconstruct


def problem_of(**keys):
    return prepare(config(**keys)).trainer.problem


# What is trained


def test_ten_documented_keys_are_the_documented_network():
    trainer = prepare(config(neurons_per_layer=[20, 8], beta=0.5)).trainer
    network = trainer.problem.network
    assert network.sizes == trainer.sizes == [35, 20, 8, 2, 8, 20, 35]
    assert [layer.activation for layer in network.layers] == ["linear"] * 3 + ["logistic"] * 3
    assert (network.bias, network.beta) == (False, 0.5)
    assert trainer.problem.loss == "squared_error"
    assert trainer.noise is None
    inputs, targets = trainer.problem.examples_at(trainer.problem.inputs_at(0))
    np.testing.assert_array_equal(inputs, trainer.problem.targets)
    assert targets is None  # the inputs


def test_the_plan_has_the_keys_that_say_how_to_train():
    keys = {"minimizer": "rmsprop", "epochs": 7, "learning_rate": 0.2, "restarts": 3, "seed": 5}
    plan = prepare(config(**keys, patience=4, batch_size=6)).trainer.plan
    assert {name: getattr(plan, name) for name in keys} == keys
    assert (plan.patience, plan.batch_size) == (4, 6)


def test_denoising_learns_characters_from_their_noisy_copies():
    experiment = prepare(config(mode="DAE", noisy_copies=3, noise_probability=0.2))
    problem = experiment.trainer.problem
    inputs, targets = problem.examples_at(problem.inputs_at(0))
    assert inputs.shape == (96, 35)
    np.testing.assert_array_equal(targets, np.tile(experiment.data.train.pixels, (3, 1)))
    assert (inputs != targets).mean() == pytest.approx(0.2, abs=0.03)
    np.testing.assert_array_equal(problem.inputs_at(1), inputs)


def test_fresh_noise_differs_between_epochs_and_repeats_with_the_seed():
    problem = problem_of(mode="DAE", fresh_noise=True)
    first, second = problem.inputs_at(1), problem.inputs_at(2)
    assert (first != second).any()
    np.testing.assert_array_equal(first, problem.inputs_at(1))
    other = problem_of(mode="DAE", fresh_noise=True, seed=1)
    assert (first != other.inputs_at(1)).any()


def test_with_noise_on_the_codes_patience_looks_at_the_pictures_without_it():
    problem = problem_of(latent_noise=0.01, patience=9)
    assert problem.latent_noise == 0.01
    assert problem.held_back.inputs is problem.targets
    assert problem_of(latent_noise=0.01).held_back is None


def test_images_are_learned_as_bytes_and_validated_by_their_test_part(image_file):
    experiment = prepare(config(data="images", vae_dataset=str(image_file), neurons_per_layer=[4]))
    problem = experiment.trainer.problem
    assert problem.targets is experiment.data.train.pixels
    assert problem.targets.dtype == np.uint8
    assert problem.validation.inputs is experiment.data.test.pixels
    assert problem.validation.copies == 310
    assert problem.held_back is None
    assert problem.precision == "float32"
    assert experiment.trainer.sizes == [30, 4, 2, 4, 30]


def test_a_denoiser_is_tried_on_new_noise_and_patience_looks_at_that():
    problem = problem_of(mode="DAE", noisy_copies=3, noise_probability=0.3, patience=9)
    tried = problem.validation
    assert problem.held_back is tried
    assert len(tried) == tried.copies * len(problem.targets) >= 1_000
    np.testing.assert_array_equal(tried.targets, np.tile(problem.targets, (tried.copies, 1)))
    assert (tried.inputs != tried.targets).mean() == pytest.approx(0.3, abs=0.03)
    assert (tried.inputs[: len(problem)] != problem.inputs_at(0)).any()
    assert problem_of(mode="DAE").held_back is None
    assert problem_of(patience=9).held_back is None  # the letters are all to be learned


@pytest.mark.parametrize("mode", ["DEFAULT", "DAE"])
def test_of_images_with_a_test_part_some_are_held_back_for_patience(image_file, mode):
    keys = {"mode": mode, "data": "images", "vae_dataset": str(image_file), "neurons_per_layer": [4]}
    experiment = prepare(config(**keys, patience=2, noise_probability=0.2))
    problem, pictures = experiment.trainer.problem, experiment.data.train.pixels
    held_back = problem.held_back.inputs if mode == "DEFAULT" else problem.held_back.targets[:30]
    assert (len(problem.targets), len(held_back)) == (270, 30)
    levels = held_back if mode == "DEFAULT" else (held_back * 255).round().astype(np.uint8)
    together = np.concatenate([problem.targets, levels])
    assert sorted(map(bytes, together)) == sorted(map(bytes, pictures))
    if mode == "DAE":
        changed = (problem.held_back.inputs != problem.held_back.targets).mean()
        assert changed == pytest.approx(0.2, abs=0.05)
        assert len(problem.validation) == 310  # of the test part, with noise as well
        assert (problem.validation.inputs != problem.validation.targets).mean() == pytest.approx(
            0.2, abs=0.02
        )


# What is left


def test_bytes_and_levels_are_the_same_pictures(grey_result):
    model, pixels = grey_result.model, grey_result.data.test.pixels
    np.testing.assert_allclose(
        model.encode(pixels).means, model.encode(pixels / np.float32(255)).means, rtol=1e-6
    )
    assert model.encode(pixels).log_variances is None


def test_codes_of_any_shape_are_decoded_and_none_are_none(default_result):
    model, codes = default_result.model, np.random.default_rng(0).normal(size=(3, 4, 2))
    pictures = model.decode(codes)
    assert pictures.shape == (3, 4, 35)
    np.testing.assert_allclose(pictures[2, 1], model.decode(codes[2, 1][None])[0], rtol=1e-12)
    assert model.decode(np.empty((0, 2))).shape == (0, 35)
    assert model.encode(np.empty((0, 35))).means.shape == (0, 2)


def test_many_pictures_go_through_in_parts(default_result, monkeypatch):
    model, pixels = default_result.model, default_result.pixels
    codes, pictures = model.encode(pixels).means, reconstruct(model, pixels)
    monkeypatch.setattr("runner.models.autoencoder.BLOCK", 3)
    np.testing.assert_allclose(model.encode(pixels).means, codes, rtol=1e-12)
    np.testing.assert_allclose(reconstruct(model, pixels), pictures, rtol=1e-12)


def test_the_layers_compute_what_the_network_computes(default_result):
    model = default_result.model
    encoder, decoder = model.layers()
    assert [len(layer.bias) for layer in (*encoder, *decoder)] == model.sizes[1:]
    values = default_result.pixels
    activations = {
        "linear": lambda sums, beta: sums,
        "tanh": lambda sums, beta: np.tanh(sums),
        "logistic": lambda sums, beta: 1 / (1 + np.exp(-2 * beta * sums)),
    }
    for layer in encoder:
        values = activations[layer.activation](values @ layer.weights.T + layer.bias, layer.beta)
    np.testing.assert_allclose(values, model.encode(default_result.pixels).means, rtol=1e-9)
    for layer in decoder:
        values = activations[layer.activation](values @ layer.weights.T + layer.bias, layer.beta)
    np.testing.assert_allclose(values, reconstruct(model, default_result.pixels), rtol=1e-6, atol=1e-9)


def test_layers_without_a_bias_have_one_of_zeros():
    trainer = prepare(config(neurons_per_layer=[3])).trainer
    network = trainer.problem.network
    model = Autoencoder(network, np.arange(float(network.parameter_count)))
    encoder, decoder = model.layers()
    assert encoder[0].weights.ravel().tolist() == list(range(3 * 35))
    assert not any(layer.bias.any() for layer in (*encoder, *decoder))


def test_the_bias_of_layers_may_be_fixed():
    network = prepare(config(neurons_per_layer=[3], fixed_bias=-0.5)).trainer.problem.network
    model = Autoencoder(network, np.zeros(network.parameter_count))
    encoder, decoder = model.layers()
    assert {value for layer in (*encoder, *decoder) for value in layer.bias} == {-0.5}
    assert Autoencoder.from_arrays(model.arrays(), config()).network == network
    before_there_was_one = {name: array for name, array in model.arrays().items() if name != "fixed_bias"}
    assert Autoencoder.from_arrays(before_there_was_one, config()).network.fixed_bias == 0


def test_such_a_network_knows_of_no_prior_and_no_nats(default_result):
    model, codes = default_result.model, default_result.codes
    assert model.nats(default_result.pixels, 0, 10) is None
    grid = model.region(codes).grid(2)
    low, high = codes.means.min(axis=0), codes.means.max(axis=0)
    np.testing.assert_allclose(grid, [[[low[0], high[1]], high], [low, [high[0], low[1]]]])
