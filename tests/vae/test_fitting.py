"""Fitting as a whole, on small pictures that two numbers describe."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import PLAN
from watches import Killed, MemoryWatch

from training.watch import Watch
from vae.evaluation import negative_elbo
from vae.fitting import fit, rebuild

pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")

RANDOM = np.random.default_rng(0)
# Blobs of light on 5×5 pixels: a place in the plane each.
PLACES = RANDOM.random((150, 2, 1)) * 4
ROWS, COLUMNS = np.indices((5, 5)).reshape(2, 1, 25)
BLOBS = np.uint8(255 * np.exp(-((ROWS - PLACES[:, 0]) ** 2) - (COLUMNS - PLACES[:, 1]) ** 2))
TRAIN, VALIDATION = BLOBS[:120], BLOBS[120:]
PLAN = replace(PLAN, neurons_per_layer=[16], latent_activation="linear", beta=1.0, epochs=4, batch_size=32)


@pytest.fixture(scope="module")
def fitted():
    return fit(TRAIN, VALIDATION, PLAN)


def assert_equal_weights(first, second):
    assert first.weights.keys() == second.weights.keys()
    for name, values in first.weights.items():
        np.testing.assert_array_equal(values, second.weights[name])


def test_fitting_learns_and_reports():
    reported = []
    vae = fit(TRAIN, VALIDATION, replace(PLAN, epochs=40), Watch(lambda *row: reported.append(row)))
    history = vae.history
    assert [epoch for epoch, _ in reported] == list(range(1, 41))
    assert [loss for _, loss in reported] == list(history.validation_loss)
    assert history.validation_loss[-1] < 0.75 * history.validation_loss[0]
    after = negative_elbo(vae, VALIDATION, seed=0)[0]
    assert after == pytest.approx(history.validation_loss[-1], rel=0.03)
    assert vae.decode(vae.encode(VALIDATION)[0]).shape == VALIDATION.shape


def test_history_and_clock(fitted):
    history = fitted.history
    np.testing.assert_allclose(history.beta, [1 / 3, 2 / 3, 1, 1])
    np.testing.assert_allclose(history.loss, history.reconstruction + history.beta * history.kl)
    assert (np.diff(history.seconds) > 0).all()
    assert list(fitted.seconds_to_first_step) == ["import", "build", "compile"]
    assert not fitted.diverged


def test_the_same_seed_gives_the_same_bits_and_another_does_not(fitted):
    again = fit(TRAIN, VALIDATION, PLAN)
    assert_equal_weights(fitted, again)
    for name in ("loss", "reconstruction", "kl", "validation_loss"):
        np.testing.assert_array_equal(getattr(fitted.history, name), getattr(again.history, name))
    other = fit(TRAIN, VALIDATION, replace(PLAN, seed=8))
    assert (other.history.loss != fitted.history.loss).all()


def test_stored_weights_are_the_network(fitted):
    again = rebuild(PLAN, 25, fitted.weights)
    codes = RANDOM.normal(size=(9, 2))
    np.testing.assert_array_equal(again.decode(codes), fitted.decode(codes))


def test_patience_stops_and_keeps_the_best():
    plan = replace(PLAN, learning_rate=0.5, patience=2, epochs=60)
    vae = fit(TRAIN, VALIDATION, plan)
    losses = vae.history.validation_loss
    best = int(losses.argmin())
    assert len(losses) == best + 3 < 60
    # The schedule is constant, so a training that ends there passes through the same weights.
    assert_equal_weights(vae, fit(TRAIN, VALIDATION, replace(plan, epochs=best + 1, patience=None)))


def test_a_divergence_ends_with_the_last_finite_weights():
    plan = replace(PLAN, minimizer="gradient_descent", learning_rate=1e6)
    reported = []
    vae = fit(TRAIN, VALIDATION, plan, Watch(lambda *row: reported.append(row)))
    assert vae.diverged
    assert len(vae.history.loss) == len(reported) < 4
    assert all(np.isfinite(values).all() for values in vae.weights.values())


def test_images_that_are_no_numbers_diverge_at_once():
    images = np.full((120, 25), np.nan, np.float32)
    vae = fit(images, VALIDATION, PLAN)
    assert vae.diverged
    assert vae.history.loss.shape == vae.history.seconds.shape == (0,)


def test_all_images_in_one_batch_and_no_hidden_layer():
    plan = replace(PLAN, batch_size=None, neurons_per_layer=[], latent_layer_neurons=3, epochs=2)
    vae = fit(TRAIN / np.float32(255), VALIDATION, plan)
    assert vae.encode(VALIDATION)[0].shape == (30, 3)
    assert np.isfinite(vae.history.loss).all()


@pytest.fixture
def short_calls(monkeypatch):
    """One step a call, so that every step is a place to stop at; there are four in an epoch."""
    from vae import variational

    monkeypatch.setattr(variational, "SECONDS_PER_CALL", 1e-9)


def assert_equal_fits(first, second):
    assert_equal_weights(first, second)
    for name in ("loss", "reconstruction", "kl", "beta", "validation_loss"):
        assert getattr(first.history, name).tobytes() == getattr(second.history, name).tobytes()
    assert (np.diff(first.history.seconds) > 0).all()


PAUSES = [
    # After the first step, within an epoch, at its end, at the end of the last one.
    ("adam", {"learning_rate_schedule": "cosine"}, 1),
    ("rmsprop", {}, 6),
    ("momentum", {"learning_rate_schedule": "cosine"}, 8),
    ("gradient_descent", {"learning_rate": 0.001}, 16),
]


@pytest.mark.parametrize(("minimizer", "keys", "check"), PAUSES, ids=[pause[0] for pause in PAUSES])
def test_a_stopped_fit_goes_on_to_the_same_end(short_calls, monkeypatch, minimizer, keys, check):
    plan = replace(PLAN, minimizer=minimizer, **keys)
    watch = MemoryWatch(stop_at=check)
    stopped = fit(TRAIN, VALIDATION, plan, watch)
    epochs = (check - 1) // 4
    assert len(stopped.history.loss) == epochs == int(watch.state["epoch"])
    rest = MemoryWatch(watch)
    resumed = fit(TRAIN, VALIDATION, plan, rest)
    assert rest.checks == 16 - check
    # The expected one takes as many steps a call as it likes: that changes nothing.
    monkeypatch.undo()
    expected = fit(TRAIN, VALIDATION, plan)
    assert_equal_fits(resumed, expected)
    assert stopped.history.loss.tobytes() == expected.history.loss[:epochs].tobytes()


def test_a_fit_that_is_stopped_keeps_the_weights_of_the_last_whole_epoch(short_calls):
    stopped = fit(TRAIN, VALIDATION, PLAN, MemoryWatch(stop_at=4 + 3))
    after = replace(PLAN, epochs=1)
    assert_equal_weights(stopped, fit(TRAIN, VALIDATION, after))


def test_a_fit_with_patience_that_is_killed_twice_goes_on_to_the_same_end(short_calls):
    plan = replace(PLAN, learning_rate=0.5, patience=2, epochs=60)
    whole = MemoryWatch()
    expected = fit(TRAIN, VALIDATION, plan, whole)
    half = whole.checks // 2
    watch = None
    for _ in range(2):
        watch = MemoryWatch(watch, kill_at=half, interval=3)
        with pytest.raises(Killed):
            fit(TRAIN, VALIDATION, plan, watch)
    assert_equal_fits(fit(TRAIN, VALIDATION, plan, MemoryWatch(watch)), expected)
