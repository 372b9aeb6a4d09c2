"""Training as a whole: every minimizer learns, and the random streams do what they say."""

from dataclasses import replace

import numpy as np
import pytest

from autoencoder.minimizers import MINIMIZERS
from autoencoder.network import Network
from autoencoder.objective import Problem
from autoencoder.plan import Plan
from autoencoder.training import train
from fonts import load_fonts
from training.watch import Watch

PIXELS = load_fonts(["font2"]).pixels[:6]
NETWORK = Network.mirrored([35, 6, 2], ("tanh", "linear", "tanh"), bias=True)
PROBLEM = Problem(NETWORK, PIXELS, PIXELS, "cross_entropy")
PLAN = Plan("adam", epochs=60, initialization="glorot", learning_rate=0.03)
RATES = {"adam": 0.03, "rmsprop": 0.01, "momentum": 0.03, "gradient_descent": 0.1}


@pytest.mark.parametrize("minimizer", MINIMIZERS)
def test_every_minimizer_reduces_the_loss_and_returns_the_best(minimizer):
    epochs = 3 if minimizer == "powell" else 60
    plan = replace(PLAN, minimizer=minimizer, epochs=epochs, learning_rate=RATES.get(minimizer, 1))
    (restart,) = train(PROBLEM, plan)
    history = restart.history
    assert history.loss.min() < 0.6 * history.loss[0]
    reached = np.square(NETWORK.reconstruct(restart.parameters, PIXELS) - PIXELS).sum() / 2
    assert reached == pytest.approx(history.error[history.loss.argmin()])
    assert len(history.loss) == len(history.error) == len(history.seconds)
    assert history.evaluations[0] in (0, 1)
    assert (np.diff(history.evaluations) > 0).all()


def test_restart_r_is_the_single_run_with_seed_plus_r():
    together = train(PROBLEM, replace(PLAN, restarts=3, seed=5))
    for index, restart in enumerate(together):
        (alone,) = train(PROBLEM, replace(PLAN, seed=5 + index))
        assert restart.seed == 5 + index
        np.testing.assert_array_equal(restart.parameters, alone.parameters)
        np.testing.assert_array_equal(restart.history.loss, alone.history.loss)


def test_scipy_restarts_are_single_runs_too():
    plan = replace(PLAN, minimizer="lbfgs", epochs=5, restarts=2)
    second = train(PROBLEM, plan)[1]
    (alone,) = train(PROBLEM, replace(plan, restarts=1, seed=1))
    np.testing.assert_array_equal(second.parameters, alone.parameters)


def test_same_seed_same_network_other_seed_another():
    plan = replace(PLAN, batch_size=4)
    first, again, other = (train(PROBLEM, replace(plan, seed=seed))[0].parameters for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_every_epoch_is_reported():
    reported = []
    train(PROBLEM, replace(PLAN, epochs=4), Watch(lambda *row: reported.append(row)))
    assert [epoch for epoch, _ in reported] == [0, 1, 2, 3, 4]
    assert all(error > 0 for _, error in reported)
