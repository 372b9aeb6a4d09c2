"""From a config to a result in memory: what is trained, and what is refused before training."""

import re

import numpy as np
import pytest

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.experiment import prepare, run_experiment
from runner.font_result import noise_of


def config(**changes):
    return load_config(None, changes)


def test_ten_documented_keys_are_the_documented_network():
    experiment = prepare(config(neurons_per_layer=[20, 8], beta=0.5))
    network = experiment.problem.network
    assert network.sizes == [35, 20, 8, 2, 8, 20, 35]
    assert [layer.activation for layer in network.layers] == ["linear"] * 3 + ["logistic"] * 3
    assert (network.bias, network.beta) == (False, 0.5)
    assert experiment.problem.loss == "squared_error"
    np.testing.assert_array_equal(experiment.problem.inputs, experiment.problem.targets)


def test_characters_are_chosen_by_name_or_by_number():
    assert prepare(config(characters=["C", "@"])).font.characters == ["C", "@"]
    assert prepare(config(font_subset_size=3)).font.characters == ["@", "A", "B"]


def test_denoising_learns_characters_from_their_noisy_copies():
    experiment = prepare(config(mode="DAE", noisy_copies=3, noise_probability=0.2))
    problem = experiment.problem
    assert problem.inputs.shape == (96, 35)
    np.testing.assert_array_equal(problem.targets, np.tile(experiment.font.pixels, (3, 1)))
    assert (problem.inputs != problem.targets).mean() == pytest.approx(0.2, abs=0.03)
    assert problem.fresh_inputs is None


def test_fresh_noise_differs_between_epochs_and_repeats_with_the_seed():
    problem = prepare(config(mode="DAE", fresh_noise=True)).problem
    first, second = problem.inputs_at(1), problem.inputs_at(2)
    assert (first != second).any()
    np.testing.assert_array_equal(first, problem.inputs_at(1))
    other = prepare(config(mode="DAE", fresh_noise=True, seed=1)).problem
    assert (first != other.inputs_at(1)).any()


def test_noise_takes_its_keys_from_the_config():
    noise = noise_of(config(noise="gaussian", noise_probability=0.4, max_noise=0.3))
    assert (noise.kind, noise.probability, noise.amount) == ("gaussian", 0.4, 0.3)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"font_set": "font9"}, "font_set: no font 'font9'; write one of font1, font2, font3"),
        ({"font_subset_size": 40}, "font_subset_size: got 40; the font has 32"),
        ({"characters": ["a"]}, "characters: 'a' not in the font"),
        ({"minimizer": "powell", "neurons_per_layer": [1000]}, "powell .* fits 23,170 weights"),
        ({"neurons_per_layer": [10000, 10000]}, "neurons_per_layer: .* GiB"),
        ({"restarts": 10000, "neurons_per_layer": [200]}, "restarts: got 10000; at most"),
        ({"restarts": 1000, "epochs": 10**7}, "epochs: got 10,000,000; .* at most 263,494"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_training(changes, message):
    with pytest.raises(UserError, match=message):
        prepare(config(**changes))


def test_the_number_that_is_named_as_the_most_does_fit():
    with pytest.raises(UserError) as refused:
        prepare(config(restarts=10000, neurons_per_layer=[200]))
    most = int(re.search(r"at most (\d+)", str(refused.value))[1])
    assert prepare(config(restarts=most, neurons_per_layer=[200])).plan.restarts == most


def test_a_diverging_run_keeps_its_last_finite_state():
    result = run_experiment(
        config(minimizer="gradient_descent", learning_rate=1e300, epochs=50, encoder_activation="linear")
    )
    assert np.isfinite(result.best.parameters).all()
    assert np.isfinite(list(result.summary.values())).all()
