"""What a network was on its way: exactly what a shorter training gives, and the kept one at the end."""

from dataclasses import replace

import numpy as np
import pytest

from latent.measures import squared_error
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.models.face import reconstruct
from runner.result.moments import moments_bytes, read_moments
from training.moments import Moments

KEYS = {"font_subset_size": 6, "neurons_per_layer": [8], "epochs": 40, "seed": 3}


def trained(**keys):
    return run_experiment(load_config(None, {**KEYS, **keys}))


@pytest.mark.parametrize(
    "keys",
    [
        {"minimizer": "adam"},
        {"minimizer": "lbfgs"},
        {"minimizer": "powell", "epochs": 3},
        {"minimizer": "rmsprop", "precision": "float32"},
        {"minimizer": "momentum", "batch_size": 4},
        {"minimizer": "gradient_descent", "mode": "DAE", "noise_probability": 0.1},
    ],
    ids=lambda keys: keys["minimizer"],
)
def test_a_moment_is_the_network_of_a_training_of_so_many_epochs(keys):
    result = trained(**keys)
    *earlier, last = result.moments
    assert last.model is result.model
    assert [moment.epoch for moment in earlier] == list(range(last.epoch))
    measured = "loss" if "validation_error" not in result.history.columns else "validation_error"
    assert last.epoch == np.nanargmin(result.history[measured]) or measured == "validation_error"
    for moment in earlier if result.noise is None else []:
        error = squared_error(reconstruct(moment.model, result.pixels), result.pixels).sum()
        assert error == pytest.approx(result.history["error"][moment.epoch], rel=0.01)
    for moment in earlier[1::7]:
        alone = trained(**{**keys, "epochs": moment.epoch, "seed": result.best.seed, "restarts": 1})
        # SciPy's Powell may keep a point that it saw within an iteration.
        if alone.moments[-1].epoch == moment.epoch and alone.config.minimizer != "powell":
            expected = alone.model.parameters.astype(np.float32).astype(np.float16)
            np.testing.assert_array_equal(moment.model.parameters, expected)


def test_they_are_those_of_the_restart_that_was_kept():
    result = trained(restarts=3)
    alone = trained(seed=result.best.seed)
    for ours, theirs in zip(result.moments, alone.moments, strict=True):
        assert ours.epoch == theirs.epoch
        np.testing.assert_array_equal(ours.model.parameters, theirs.model.parameters)


def test_of_a_large_network_there_are_fewer(monkeypatch):
    monkeypatch.setattr("training.moments.MOST_BYTES", 12 * trained().model.parameters.size)
    assert [moment.epoch for moment in trained().moments] == [0, 2, 4, 9, 19, 40]
    monkeypatch.setattr("training.moments.MOST_BYTES", 0)
    (last,) = trained().moments
    assert last.epoch == 40


def test_a_model_of_any_kind_draws_with_other_weights(any_result):
    model = any_result.model
    moment = any_result.moments[-1]
    assert moment.model is model
    names = sorted(model.arrays())
    zeros = model.with_weights(np.zeros(_weights_of(model), np.float16))
    assert sorted(zeros.arrays()) == names
    codes = np.zeros((2, model.latent_size))
    drawn = zeros.decode(codes)
    assert drawn.shape == model.decode(codes).shape
    np.testing.assert_array_equal(drawn[0], drawn[1])
    assert np.unique(drawn).tolist() == [0.5]


def _weights_of(model):
    """How many numbers it has."""
    arrays = model.arrays()
    if "parameters" in arrays:
        return arrays["parameters"].size
    return sum(values.size for values in arrays.values())


def test_they_survive_a_file(default_result):
    moments = default_result.best.moments
    again = read_moments(moments_bytes(moments))
    assert len(again) == len(moments) > 10
    assert again.kept == moments.kept
    np.testing.assert_array_equal(again.epochs, moments.epochs)
    np.testing.assert_array_equal(again.weights, moments.weights)
    assert again.weights.dtype == np.float16
    assert len(read_moments(moments_bytes(Moments.none(7)))) == 0


@pytest.mark.parametrize("content", [b"", b"PK", moments_bytes(Moments.none())[:-30]])
def test_a_damaged_file_is_named(content):
    with pytest.raises(UserError, match=r"moments\.npz cannot be read"):
        read_moments(content)


def test_codes_are_followed_of_all_pictures_or_of_a_fair_sample(monkeypatch, image_result):
    for most in (3000, 40):
        monkeypatch.setattr("runner.result.result.MOST_MOVING", most)
        result = replace(image_result)
        rows, judged = result.moving, result.data.judged
        assert len(rows) == min(most, len(judged))
        assert (np.diff(rows) > 0).all()
        assert len(result.moving_codes) == len(result.moments)
        for moment, codes in zip(result.moments, result.moving_codes, strict=True):
            np.testing.assert_allclose(codes, moment.model.encode(judged.pixels[rows]).means, atol=1e-6)
