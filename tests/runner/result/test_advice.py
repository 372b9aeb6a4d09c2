"""What a result is told beside its numbers: the cause that fits, and what to write instead."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from loading import config

from latent.codes import Codes
from runner.experiment import run_experiment
from runner.result.advice import advice
from training.ending import Ending
from training.history import History

LETTERS = {"font_subset_size": 6, "neurons_per_layer": [8], "bias": True, "loss": "cross_entropy"}


@cache
def trained(**keys):
    return run_experiment(config(**{"epochs": 300, **LETTERS, **keys}))


def said(result):
    return [f"{told.what} {told.remedy}" for told in advice(result)]


def test_a_good_run_is_told_nothing():
    assert said(trained()) == []


# A training that came to nothing


@pytest.mark.parametrize("minimizer", ["adam", "rmsprop", "momentum", "gradient_descent"])
def test_a_learning_rate_that_destroyed_the_training_is_named(minimizer):
    (told,) = said(trained(minimizer=minimizer, learning_rate=30.0))
    assert told.startswith(
        "It learned nothing: it draws much the same whatever it is shown; learning_rate 30 "
    )
    usual = config(minimizer=minimizer).learning_rate
    assert told.endswith(f"Write a smaller learning_rate, such as {usual:.2g}.")


def test_too_few_epochs_are_named():
    (told,) = said(trained(epochs=1, learning_rate=1e-4))
    assert "too few epochs: 1" in told
    assert told.endswith("Write epochs=20.")


@pytest.mark.parametrize("minimizer", ["adam", "lbfgs"])
def test_a_training_that_stood_still_is_told_what_to_vary(minimizer):
    (told,) = said(always_the_same(trained(minimizer=minimizer), [24, 22, 22, 22, 22, 22]))
    assert told.endswith("another seed, more neurons_per_layer, or another initialization.")
    assert ("a smaller learning_rate, such as 0.001, another" in told) == (minimizer == "adam")


def test_a_training_that_got_worse_after_its_best_epoch_is_told_so():
    result = trained()
    loss = np.array([20.0, 12, 10, 15, 18, 19, 19])
    history = History(0, {**{name: np.zeros(7) for name in result.history.columns}, "loss": loss})
    candidates = [replace(each, history=history) for each in result.training.candidates]
    worse = replace(result, training=replace(result.training, candidates=candidates))
    (told,) = said(worse)
    assert told.startswith("The training was best after epoch 2 and then got worse")
    assert "learning_rate" in told


@pytest.mark.parametrize(("minimizer", "remedy"), [("adam", "learning_rate"), ("powell", "initialization")])
def test_a_training_that_diverged_says_what_to_write_for_its_minimizer(minimizer, remedy):
    result = trained(minimizer=minimizer, epochs=2)
    candidates = [replace(each, diverged=True) for each in result.training.candidates]
    gone = replace(result, training=replace(result.training, candidates=candidates))
    (told,) = said(gone)
    assert told.startswith("The training diverged") and remedy in told


def test_a_training_that_was_stopped_is_not_told_that_it_learned_nothing():
    result = trained(epochs=1, learning_rate=1e-4)
    stopped = replace(result, training=replace(result.training, ending=Ending.STOPPED))
    assert said(stopped) == []


# Noise


def test_a_denoiser_that_learned_the_noise_by_heart_is_told_so():
    keys = {"mode": "DAE", "latent_layer_neurons": 8, "encoder_activation": "tanh", "epochs": 1500}
    by_heart = trained(**keys, noisy_copies=2, noise_probability=0.2)
    (told,) = said(by_heart)
    new = by_heart.summary["test_accumulated_error"]
    assert told.startswith("It learned the noise by heart: ") and f"{new:.3g} on new noise" in told
    assert "fresh_noise=true" in told and "noisy_copies=20" in told
    fresh = trained(**keys, noisy_copies=20, noise_probability=0.2, fresh_noise=True)
    assert not any("by heart" in each for each in said(fresh))


# Codes that are normals


def variational(result, *, codes, **keys):
    """The result with other codes, and drawings that follow them or do not."""

    class Changed(type(result)):
        pass

    fields = {name: getattr(result, name) for name in result.__dataclass_fields__}
    changed = Changed(**fields | {"config": result.config.model_copy(update=keys)})
    changed.__dict__["codes"] = codes
    return changed


def always_the_same(result, losses, **keys):
    """As if it had collapsed: the mean picture whatever it is shown, after such losses."""
    shape = result.codes.means.shape
    variances = None if result.codes.log_variances is None else np.zeros(shape)
    changed = variational(result, codes=Codes(np.zeros(shape), variances), **keys)
    mean = result.pixels.mean(axis=0)
    changed.__dict__["errors"] = 0.5 * np.square(mean - result.pixels).sum(axis=1)
    columns = {name: np.asarray(losses, float) for name in result.history.columns}
    candidate = replace(result.best, history=History(1, columns))
    object.__setattr__(changed, "training", replace(result.training, candidates=[candidate]))
    return changed


@pytest.mark.parametrize(
    ("losses", "keys", "cause", "remedy"),
    [
        ([24, 23, 22, 22, 22, 22], {"beta": 20.0}, "beta 20", "beta=1"),
        ([24, 24, 30, 90, 300], {"learning_rate": 0.003}, "learning_rate 0.003", "learning_rate"),
        ([24, 23, 22, 22, 22, 22], {"learning_rate": 0.5}, "learning_rate 0.5", "such as 0.001"),
        ([24, 24, 24, 24, 24], {"epsilon": 1e6}, "epsilon 1e+06", "epsilon=1e-07"),
        ([24, 23], {}, "too few epochs: 2", "epochs=20"),
        ([24, 23, 22, 21, 20, 19], {}, "too few epochs: 6", "epochs=60"),
        # On a cosine the last epochs hardly change anything.
        ([24, 23, 22.5, 22, 21.5, 21.5], {}, "too few epochs: 6", "epochs=60"),
        (
            [24, 23, 22, 21, 20, 19],
            {"patience": 3},
            "patience 3 stopped the training after epoch 6",
            "such as 30",
        ),
        ([24, 23, 22.5, 22, 21.5, 21.5], {"learning_rate": 0.02}, "too few epochs: 6", "epochs=60"),
        ([24, 22, 22, 22, 22, 22], {}, "the KL term won", "kl_warmup_epochs"),
    ],
)
def test_a_collapse_is_told_with_the_cause_that_fits(letter_vae_result, losses, keys, cause, remedy):
    (told,) = said(always_the_same(letter_vae_result, losses, **keys))
    assert told.startswith("Collapsed: the codes tell the decoder nothing")
    assert cause in told and remedy in told


def test_numbers_that_tell_the_decoder_nothing_are_counted_and_a_few_of_them_named(letter_vae_result):
    one = variational(letter_vae_result, codes=Codes(np.tile([0.0, 2.0], (8, 1)), np.zeros((8, 2))))
    one.__dict__["errors"] = np.zeros(8)  # else it has learned nothing
    assert said(one)[-1].startswith("1 of 2 latent numbers tell the decoder nothing (z1).")
