"""Fitting as a whole, on small pictures that two numbers describe."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from vae_plans import PLAN
from watches import Killed, MemoryWatch

from training.ending import Ending
from training.streams import Stream, generator
from training.watch import Watch, part_of
from vae.evaluation import cross_entropy, reconstruction_terms
from vae.fitting import HELD_BACK, Prepared, fit
from vae.fitting import VALIDATION as VALIDATED
from vae.trained import flattened, rebuild

pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")

RANDOM = np.random.default_rng(0)
# Blobs of light on 5×5 pixels: a place in the plane each.
PLACES = RANDOM.random((150, 2, 1)) * 4
ROWS, COLUMNS_OF_PIXELS = np.indices((5, 5)).reshape(2, 1, 25)
DISTANCES = (ROWS - PLACES[:, 0]) ** 2 + (COLUMNS_OF_PIXELS - PLACES[:, 1]) ** 2
BLOBS = np.uint8(255 * np.exp(-DISTANCES))
TRAIN, VALIDATION, OTHERS = BLOBS[:120], BLOBS[120:], BLOBS[100:140:3]
KEYS = {
    "shape": (5, 5, 1),
    "neurons_per_layer": [16],
    "latent_activation": "linear",
    "beta": 1.0,
    "epochs": 4,
    "batch_size": 32,
}
STEPS_AN_EPOCH = 4
PLAN = replace(PLAN, **KEYS)
IMPATIENT = replace(PLAN, learning_rate=0.5, patience=2, epochs=60)


@cache
def compiled(**keys):
    """A compiled trainer for the plan with these keys: to compile takes seconds, to train does not."""
    plan = replace(PLAN, **keys)
    train, validation, others = (given(part, plan.classes) for part in (TRAIN, VALIDATION, OTHERS))
    tried = {VALIDATED: validation}
    return Prepared.of(train, tried if plan.patience is None else {**tried, HELD_BACK: others}, plan)


def given(images, classes):
    """Images with a class of each behind their pixels, if there are any."""
    if not classes:
        return images
    one_hot = np.eye(classes)[np.arange(len(images)) % classes]
    return np.hstack([images, np.uint8(255 * one_hot)])


def run(plan, watch=None):
    """Fit by a trainer that other tests may have used before."""
    keys = "minimizer", "learning_rate", "learning_rate_schedule", "seed", "beta", "patience", "layer_kind"
    keys = *keys, "classes", "exact_posterior_epochs"
    layers = tuple(plan.neurons_per_layer)
    prepared = compiled(neurons_per_layer=layers, **{name: getattr(plan, name) for name in keys})
    return replace(prepared, plan=plan).fit(watch or Watch())


@pytest.fixture(scope="module")
def fitted():
    return run(PLAN)


def assert_equal_weights(first, second):
    assert first.trained.weights.keys() == second.trained.weights.keys()
    for name, values in first.trained.weights.items():
        np.testing.assert_array_equal(values, second.trained.weights[name])


def assert_equal_fits(first, second):
    assert_equal_weights(first, second)
    for name in set(first.history.columns) - {"seconds"}:
        assert first.history[name].tobytes() == second.history[name].tobytes()
    assert (np.diff(first.history["seconds"]) > 0).all()
    assert first.moments.kept == second.moments.kept
    for name in ("epochs", "weights"):
        np.testing.assert_array_equal(getattr(first.moments, name), getattr(second.moments, name))


def test_fitting_learns_and_reports():
    reported = []
    found = run(replace(PLAN, epochs=40), Watch(lambda *row: reported.append(row)))
    losses = found.history["validation_loss"]
    assert [epoch for epoch, _ in reported] == list(range(1, 41)) == found.history.epochs.tolist()
    assert [loss for _, loss in reported] == list(losses)
    assert losses[-1] < 0.75 * losses[0]
    vae = found.trained
    mean, log_variance = vae.encode(VALIDATION)
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance).sum(axis=1)
    after = (reconstruction_terms(vae, VALIDATION) + kl).mean()
    assert after == pytest.approx(losses[-1], rel=0.03)
    assert vae.decode(mean).shape == VALIDATION.shape


def test_history_and_clock(fitted):
    history = fitted.history
    assert list(history.columns) == ["loss", "reconstruction", "kl", "beta", "validation_loss", "seconds"]
    np.testing.assert_allclose(history["beta"], [1 / 3, 2 / 3, 1, 1])
    np.testing.assert_allclose(history["loss"], history["reconstruction"] + history["beta"] * history["kl"])
    assert (np.diff(history["seconds"]) > 0).all()
    assert list(fitted.preparation) == ["import", "build", "compile"]
    assert fitted.ending is Ending.FINISHED


def test_the_same_seed_gives_the_same_bits_and_another_does_not(fitted):
    assert_equal_fits(fit(TRAIN, VALIDATION, PLAN), fitted)
    assert_equal_fits(run(PLAN), fitted)
    other = run(replace(PLAN, seed=8))
    assert (other.history["loss"] != fitted.history["loss"]).all()


def untrained_state():
    prepared = compiled(neurons_per_layer=tuple(PLAN.neurons_per_layer))
    return prepared.beginning


def test_a_moment_is_the_network_of_a_training_of_so_many_epochs(fitted):
    assert fitted.moments.epochs.tolist() == [0, 1, 2, 3]
    assert fitted.moments.kept == PLAN.epochs
    untrained = flattened(PLAN, part_of(untrained_state(), "weights"))
    np.testing.assert_array_equal(fitted.moments.weights[0], untrained.astype(np.float16))
    for epoch in (1, 3):
        weights = flattened(PLAN, run(replace(PLAN, epochs=epoch)).trained.weights)
        np.testing.assert_array_equal(fitted.moments.weights[epoch], weights.astype(np.float16))


def test_stored_weights_are_the_network(fitted):
    again = rebuild(PLAN, fitted.trained.weights)
    codes = RANDOM.normal(size=(9, 2))
    np.testing.assert_array_equal(again.decode(codes), fitted.trained.decode(codes))


def test_patience_stops_and_keeps_the_best():
    found = run(IMPATIENT)
    losses = found.history["held_back_loss"]
    best = int(losses.argmin())
    assert len(losses) == best + 3 < 60
    assert found.ending is Ending.FINISHED
    # The schedule is constant, so a training that ends there passes through the same weights.
    assert_equal_weights(found, run(replace(IMPATIENT, epochs=best + 1, patience=None)))


def test_patience_looks_at_what_is_trained_of_images_that_nobody_else_sees():
    found = run(replace(IMPATIENT, beta=3.0, learning_rate=0.01, epochs=4))
    history, vae = found.history, found.trained
    mean, log_variance = vae.encode(OTHERS)
    noise = generator(PLAN.seed, Stream.VALIDATION).standard_normal(mean.shape, np.float32)
    logits = vae.logits(mean + np.exp(log_variance / 2) * noise)
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance).sum(axis=1)
    expected = (cross_entropy(logits, OTHERS / np.float32(255)) + 3 * kl).mean()
    assert history["held_back_loss"].min() == pytest.approx(expected, rel=1e-5)
    # Whatever is validated on, the same network is kept.
    other = fit(TRAIN, OTHERS[:5], found.trained.plan, held_back_pixels=OTHERS)
    assert_equal_weights(other, found)


def test_without_images_that_are_held_back_patience_looks_at_those_of_the_training():
    plan = replace(IMPATIENT, epochs=2, learning_rate=0.01)
    history = fit(TRAIN, None, plan).history
    np.testing.assert_array_equal(history["held_back_loss"], history["validation_loss"])  # beta is 1


def test_a_divergence_ends_with_the_last_finite_weights():
    plan = replace(PLAN, minimizer="gradient_descent", learning_rate=1e6)
    reported = []
    found = run(plan, Watch(lambda *row: reported.append(row)))
    assert found.ending is Ending.DIVERGED
    assert len(found.history) == len(reported) < 4
    assert all(np.isfinite(values).all() for values in found.trained.weights.values())


def test_images_that_are_no_numbers_diverge_at_once():
    images = np.full((120, 25), np.nan, np.float32)
    found = fit(images, VALIDATION, PLAN)
    assert found.ending is Ending.DIVERGED
    assert found.history["loss"].shape == found.history["seconds"].shape == (0,)


def test_all_images_in_one_batch_no_hidden_layer_and_nothing_else_to_validate_on():
    plan = replace(PLAN, batch_size=None, neurons_per_layer=[], latent_layer_neurons=3, epochs=2)
    found = fit(TRAIN / np.float32(255), None, plan)
    assert found.trained.encode(VALIDATION)[0].shape == (30, 3)
    assert np.isfinite(found.history["loss"]).all()
    # At beta 1 and small steps the last epoch's validation is close to the loss on its way.
    assert found.history["validation_loss"][-1] == pytest.approx(
        found.history["reconstruction"][-1] + found.history["kl"][-1], rel=0.1
    )


@pytest.fixture
def short_calls(monkeypatch):
    """One step a call, so that every step is a place to stop at; there are four in an epoch."""
    from vae import variational

    monkeypatch.setattr(variational, "SECONDS_PER_CALL", 1e-9)


CONVOLUTIONAL = {"layer_kind": "convolutional", "neurons_per_layer": [3, 4]}
PAUSES = [
    # After the first step, within an epoch, at its end, at the end of the last one.
    ("adam", {"learning_rate_schedule": "cosine"}, 1),
    ("rmsprop", {}, 6),
    ("momentum", {"learning_rate_schedule": "cosine"}, 8),
    ("gradient_descent", {"learning_rate": 0.001}, 16),
    ("adam", CONVOLUTIONAL, 7),
    ("adam", {"classes": 3}, 5),
    ("adam", {"exact_posterior_epochs": 2}, 12),
    ("adam", {"classes": 3, **CONVOLUTIONAL}, 6),
]
NAMES = ["adam", "rmsprop", "momentum", "gradient_descent", "convolutional", "classes", "posterior", "both"]


@pytest.mark.parametrize(("minimizer", "keys", "check"), PAUSES, ids=NAMES)
def test_a_stopped_fit_goes_on_to_the_same_end(short_calls, monkeypatch, minimizer, keys, check):
    plan = replace(PLAN, minimizer=minimizer, **keys)
    watch = MemoryWatch(stop_at=check)
    stopped = run(plan, watch)
    epochs = (check - 1) // STEPS_AN_EPOCH
    assert stopped.ending is Ending.STOPPED
    assert len(stopped.history) == epochs == int(watch.state["epoch"])
    rest = MemoryWatch(watch)
    resumed = run(plan, rest)
    # Before the steps of an epoch the watch is asked once more where codes are drawn for it.
    assert rest.checks == 16 + plan.exact_posterior_epochs - check
    # The expected one takes as many steps a call as it likes: that changes nothing.
    monkeypatch.undo()
    expected = run(plan)
    assert_equal_fits(resumed, expected)
    assert stopped.history["loss"].tobytes() == expected.history["loss"][:epochs].tobytes()


def test_a_fit_that_is_stopped_keeps_the_weights_of_the_last_whole_epoch(short_calls):
    stopped = run(PLAN, MemoryWatch(stop_at=STEPS_AN_EPOCH + 3))
    assert_equal_weights(stopped, run(replace(PLAN, epochs=1)))


def test_a_fit_with_patience_that_is_killed_twice_goes_on_to_the_same_end(short_calls):
    whole = MemoryWatch()
    expected = run(IMPATIENT, whole)
    half = whole.checks // 2
    watch = None
    for _ in range(2):
        watch = MemoryWatch(watch, kill_at=half, interval=3)
        with pytest.raises(Killed):
            run(IMPATIENT, watch)
    assert_equal_fits(run(IMPATIENT, MemoryWatch(watch)), expected)
