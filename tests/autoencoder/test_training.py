"""Training as a whole: every minimizer learns, and the random streams do what they say."""

from dataclasses import replace

import autograd.numpy as anp
import numpy as np
import pytest
from watches import MemoryWatch

from autoencoder.network import Network
from autoencoder.objective.losses import LOSSES, Loss
from autoencoder.plan import Plan
from autoencoder.problem import Problem
from autoencoder.training import MINIMIZERS, Ending, initial_parameters, train
from fonts import load_fonts
from training.activations import ACTIVATIONS, Activation
from training.streams import Stream, generator
from training.watch import Watch

PIXELS = load_fonts(["font2"]).pixels[:6]
NETWORK = Network.mirrored([35, 6, 2], ("tanh", "linear", "tanh"), bias=True)
PROBLEM = Problem(NETWORK, PIXELS, loss="cross_entropy")
PLAN = Plan("adam", epochs=60, initialization="glorot", learning_rate=0.03)
RATES = {"adam": 0.03, "rmsprop": 0.01, "momentum": 0.03, "gradient_descent": 0.1}


@pytest.mark.parametrize("minimizer", MINIMIZERS)
def test_every_minimizer_reduces_the_loss_and_returns_the_best(minimizer):
    epochs = 3 if minimizer == "powell" else 60
    plan = replace(PLAN, minimizer=minimizer, epochs=epochs, learning_rate=RATES.get(minimizer, 1))
    training = train(PROBLEM, plan)
    assert training.ending is Ending.FINISHED
    (network,) = training.networks
    history = network.history
    assert history["loss"].min() < 0.6 * history["loss"][0]
    reached = np.square(NETWORK.reconstruct(network.parameters, PIXELS) - PIXELS).sum() / 2
    assert reached == pytest.approx(history["error"][history["loss"].argmin()])
    assert list(history.columns) == ["loss", "error", "seconds", "evaluations"]
    assert {len(values) for values in history.columns.values()} == {len(history)}
    assert history["evaluations"][0] in (0, 1)
    assert (np.diff(history["evaluations"]) > 0).all()


@pytest.mark.parametrize("minimizer", ["adam", "lbfgs", "powell"])
def test_a_new_activation_and_a_new_loss_are_one_plain_function_each(monkeypatch, minimizer):
    in_the_page = "x / (1 + Math.abs(x))", "1 / (1 + Math.abs(x)) ** 2"
    bent = Activation(lambda values, beta: values / (1 + anp.abs(values)), "softsign", *in_the_page)
    monkeypatch.setitem(ACTIVATIONS, "bent", bent)
    in_the_page = "Math.log(Math.cosh(Math.tanh(l) - t))", "Math.tanh(Math.tanh(l) - t) / Math.cosh(l) ** 2"
    cosh = Loss(lambda logits, t: anp.log(anp.cosh(anp.tanh(logits) - t)), *in_the_page)
    monkeypatch.setitem(LOSSES, "cosh", cosh)
    plan = replace(PLAN, minimizer=minimizer, epochs=1 if minimizer == "powell" else 30)
    network = Network.mirrored([35, 2], ("tanh", "bent", "tanh"), bias=True)
    for problem in (Problem(network, PIXELS[:3]), Problem(network, PIXELS[:3], loss="cosh")):
        losses = train(problem, plan).networks[0].history["loss"]
        assert losses[-1] < 0.8 * losses[0]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_activation_and_loss_learns_grey_pictures(activation, loss):
    network = Network.mirrored([35, 6, 2], (activation, "linear", activation), bias=True)
    training = train(Problem(network, 0.1 + 0.8 * PIXELS, loss=loss), replace(PLAN, epochs=40))
    losses = training.networks[0].history["loss"]
    least = LOSSES[loss].plain(np.log(9), 0.9) * 35  # what is left when every pixel is right
    assert losses[-1] - least < 0.8 * (losses[0] - least)


def test_logistic_units_with_a_fixed_bias_follow_the_delta_rule():
    network = Network.mirrored([35, 4, 2], ("logistic",) * 3, beta=0.5, fixed_bias=1.0)
    plan = Plan("gradient_descent", 3, "uniform", 0.04, batch_size=1, seed=2)
    weights = network.unpack(initial_parameters(network, "uniform", 2))
    for epoch in range(plan.epochs):
        for picture in PIXELS[generator(2, Stream.BATCHES, epoch).permutation(len(PIXELS))]:
            values = [picture]
            for layer in weights:
                values.append(1 / (1 + np.exp(-(layer @ values[-1] + 1))))
            missing = picture - values[-1]
            for layer, inputs, outputs in reversed(list(zip(weights, values, values[1:], strict=False))):
                delta = missing * outputs * (1 - outputs)
                missing = layer.T @ delta
                layer[...] += 0.04 * np.outer(delta, inputs)
    (trained,) = train(Problem(network, PIXELS), plan).networks
    reached = np.concatenate([layer.ravel() for layer in weights])
    np.testing.assert_allclose(trained.parameters, reached, rtol=1e-9)


def test_restart_r_is_the_single_run_with_seed_plus_r():
    together = train(PROBLEM, replace(PLAN, restarts=3, seed=5)).networks
    for index, network in enumerate(together):
        (alone,) = train(PROBLEM, replace(PLAN, seed=5 + index)).networks
        assert network.seed == 5 + index
        np.testing.assert_array_equal(network.parameters, alone.parameters)
        np.testing.assert_array_equal(network.history["loss"], alone.history["loss"])


def test_scipy_restarts_are_single_runs_too():
    plan = replace(PLAN, minimizer="lbfgs", epochs=5, restarts=2)
    second = train(PROBLEM, plan).networks[1]
    (alone,) = train(PROBLEM, replace(plan, restarts=1, seed=1)).networks
    np.testing.assert_array_equal(second.parameters, alone.parameters)


def test_same_seed_same_network_other_seed_another():
    plan = replace(PLAN, batch_size=4)
    first, again, other = (
        train(PROBLEM, replace(plan, seed=seed)).networks[0].parameters for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize("minimizer", MINIMIZERS)
@pytest.mark.parametrize("keys", [{}, {"restarts": 3}, {"batch_size": 2}], ids=["one", "three", "batches"])
def test_a_training_that_was_stopped_remembers_the_same_moments(minimizer, keys):
    epochs = 3 if minimizer == "powell" else 20
    plan = replace(PLAN, minimizer=minimizer, epochs=epochs, learning_rate=RATES.get(minimizer, 1), **keys)
    whole = MemoryWatch()
    expected = train(PROBLEM, plan, whole).networks
    watch = MemoryWatch(stop_at=2 * whole.checks // 3)
    assert train(PROBLEM, plan, watch).ending is Ending.STOPPED
    resumed = train(PROBLEM, plan, MemoryWatch(watch)).networks
    for ours, theirs in zip(resumed, expected, strict=True):
        assert len(ours.moments) > 1
        assert ours.moments.kept == theirs.moments.kept
        np.testing.assert_array_equal(ours.moments.epochs, theirs.moments.epochs)
        np.testing.assert_array_equal(ours.moments.weights, theirs.moments.weights)


def test_every_epoch_is_reported():
    reported = []
    train(PROBLEM, replace(PLAN, epochs=4), Watch(lambda *row: reported.append(row)))
    assert [epoch for epoch, _ in reported] == [0, 1, 2, 3, 4]
    assert all(error > 0 for _, error in reported)
