"""Descents against one another: full batches, mini-batches, and large sets told on their way."""

from dataclasses import replace

import numpy as np
import pytest

from autoencoder import plan as plans
from autoencoder.network import Network
from autoencoder.noise import Noise
from autoencoder.objective import parts
from autoencoder.plan import Plan
from autoencoder.problem import Examples, Problem
from autoencoder.training import MINIMIZERS
from fonts import load_fonts
from training import cores
from training.ending import Ending
from training.watch import Watch

LETTERS = load_fonts(["font2"]).pixels
PIXELS = LETTERS[:10]
NETWORK = Network.mirrored([35, 6, 2], ("linear", "linear", "logistic"))
PROBLEM = Problem(NETWORK, PIXELS)
BATCHED = Plan("adam", 4, batch_size=4)


@pytest.fixture
def told_on_the_way(monkeypatch):
    """Ten pictures are a large set."""
    monkeypatch.setattr(plans, "MOST_SEEN_WHOLE", 5)


def initial(restarts=1):
    random = np.random.default_rng(0)
    return np.stack([NETWORK.initial_parameters("normal", random) for _ in range(restarts)])


def training(plan, problem=PROBLEM, start=None, watch=None):
    start = initial(plan.restarts) if start is None else start
    return MINIMIZERS[plan.minimizer](problem, start, plan, watch or Watch())


def run(*arguments, **named):
    return training(*arguments, **named).networks


def accumulated_error(parameters, pictures=PIXELS):
    return 0.5 * np.square(NETWORK.reconstruct(parameters, pictures) - pictures).sum()


def test_one_batch_of_all_examples_is_the_full_batch():
    plan = Plan("adam", 5)
    full = run(plan)[0].parameters
    np.testing.assert_array_equal(full, run(replace(plan, batch_size=10))[0].parameters)
    np.testing.assert_array_equal(full, run(replace(plan, batch_size=99))[0].parameters)


@pytest.mark.parametrize("restarts", [1, 3])
def test_a_set_in_parts_ends_in_the_same_bits_on_any_number_of_cores(monkeypatch, restarts):
    monkeypatch.setattr(parts, "SMALLEST_PART", 500)
    monkeypatch.setattr(parts, "SMALLEST_SHARE", 1000)
    monkeypatch.setattr(cores, "there_are", lambda: 3)
    noisy = replace(PROBLEM, noise=Noise("flip", 0.1), copies=3, fresh_noise=True, precision="float32")
    plan = Plan("adam", 5, restarts=restarts)
    on_three = run(plan, noisy)
    with cores.at_most(1):
        on_one = run(plan, noisy)
    for ours, theirs in zip(on_three, on_one, strict=True):
        np.testing.assert_array_equal(ours.parameters, theirs.parameters)
        np.testing.assert_array_equal(ours.history["loss"], theirs.history["loss"])
    (alone,) = run(replace(plan, restarts=1), noisy)
    np.testing.assert_array_equal(on_three[0].parameters, alone.parameters)


def test_gradients_of_mini_batches_add_up_to_the_full_gradient():
    # One epoch of very small steps moves like one full step: the mean of the batches' gradients.
    tiny = Plan("gradient_descent", 1, learning_rate=1e-9)
    full = run(replace(tiny, learning_rate=3e-9))[0]
    batched = run(replace(tiny, batch_size=4))[0]  # batches of 4, 4 and 2
    assert batched.history["evaluations"].tolist() == [0, 3]
    moved, expected = batched.parameters - initial()[0], full.parameters - initial()[0]
    # The last batch of 2 counts as much as one of 4, so only the direction is close.
    cosine = (moved * expected).sum() / np.linalg.norm(moved) / np.linalg.norm(expected)
    assert cosine > 0.95


def test_patience_stops_a_run_that_no_longer_improves():
    stuck = Plan("gradient_descent", 500, learning_rate=1e-300, patience=7)
    assert len(run(stuck)[0].history) == 1 + 7


def test_divergence_stops_at_the_last_finite_state():
    start = initial(2)
    start[1] = np.inf
    found = training(Plan("adam", 3, restarts=2), start=start[::-1].copy())
    broken, healthy = found.networks
    assert found.ending is Ending.FINISHED
    assert broken.diverged
    assert len(broken.history) == 0
    assert not healthy.diverged
    assert len(healthy.history) == 4
    assert training(Plan("adam", 3), start=start[1:]).ending is Ending.DIVERGED


def test_single_precision_follows_double_precision_closely():
    single = replace(PROBLEM, precision="float32")
    plan = Plan("adam", 20)
    close = run(plan, single)[0].history["loss"]
    np.testing.assert_allclose(close, run(plan)[0].history["loss"], rtol=1e-3)


@pytest.mark.parametrize("minimizer", MINIMIZERS)
@pytest.mark.parametrize("loss", ["squared_error", "cross_entropy", "absolute_error"])
@pytest.mark.parametrize("pictures", [PIXELS, PIXELS / 2], ids=["binary", "grey"])
def test_saturated_networks_train_without_a_warning(minimizer, loss, pictures):
    problem = Problem(NETWORK, pictures[:2], loss=loss)
    (network,) = run(Plan(minimizer, 1), problem, start=1e4 * initial())
    assert np.isfinite(network.history["loss"]).all()


def test_a_small_set_is_validated_after_each_epoch():
    heard = []
    problem = replace(PROBLEM, validation=Examples.each(LETTERS[10:14]))
    watch = Watch(lambda *row: heard.append(row))
    (network,) = run(Plan("adam", 3), problem, watch=watch)
    columns = list(network.history.columns)
    assert columns == ["loss", "error", "validation_error", "seconds", "evaluations"]
    assert heard == list(enumerate(network.history["validation_error"]))
    untrained = accumulated_error(initial()[0], LETTERS[10:14]) / 4
    assert network.history["validation_error"][0] == pytest.approx(untrained)
    np.testing.assert_array_equal(network.parameters, run(Plan("adam", 3))[0].parameters)


def test_a_large_set_goes_the_way_of_a_small_one(monkeypatch):
    expected = run(replace(BATCHED, restarts=2))
    monkeypatch.setattr(plans, "MOST_SEEN_WHOLE", 5)
    found = run(replace(BATCHED, restarts=2))
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours.parameters, theirs.parameters)
        assert ours.history.epochs.tolist() == [1, 2, 3, 4]
        assert ours.history["evaluations"].tolist() == [3, 6, 9, 12]


def test_a_row_of_a_large_set_is_what_it_met_on_its_way(told_on_the_way):
    # Steps so small that nothing moves: then it met what there is.
    still = replace(BATCHED, minimizer="gradient_descent", learning_rate=1e-300)
    noisy = replace(PROBLEM, noise=Noise("flip", 0.0), copies=3)
    for problem in (PROBLEM, noisy):
        history = run(still, problem)[0].history
        error = accumulated_error(initial()[0])
        np.testing.assert_allclose(history["error"], error)
        np.testing.assert_allclose(history["loss"], error / len(PIXELS))


def test_a_large_set_with_patience_keeps_what_is_best_on_what_was_held_back(told_on_the_way):
    problem = replace(PROBLEM, held_back=Examples(LETTERS[10:14]))
    plan = replace(BATCHED, learning_rate=0.2, epochs=60, patience=3)
    (network,) = run(plan, problem)
    errors = network.history["held_back_loss"]
    assert len(errors) == errors.argmin() + 1 + 3 < 60
    reached = accumulated_error(network.parameters, LETTERS[10:14]) / 4
    assert reached == pytest.approx(errors.min())


def test_a_large_set_without_patience_keeps_the_last_parameters(told_on_the_way):
    problem = replace(PROBLEM, validation=Examples.each(LETTERS[10:14]))
    (network,) = run(replace(BATCHED, learning_rate=0.2), problem)
    reached = accumulated_error(network.parameters, LETTERS[10:14]) / 4
    assert reached == pytest.approx(network.history["validation_error"][-1])


def test_a_large_set_that_diverges_keeps_its_last_finite_parameters(told_on_the_way):
    start = initial(2)
    start[1] = np.inf
    found = training(replace(BATCHED, restarts=2), start=start)
    healthy, broken = found.networks
    assert (healthy.diverged, len(healthy.history)) == (False, 4)
    assert (broken.diverged, len(broken.history)) == (True, 0)
    plan = replace(BATCHED, minimizer="gradient_descent", learning_rate=1e200, epochs=9)
    linear = replace(PROBLEM, network=Network.mirrored([35, 6, 2], ("linear",) * 3), loss="cross_entropy")
    gone = training(plan, linear)
    assert gone.ending is Ending.DIVERGED
    assert np.isfinite(gone.networks[0].parameters).all()
    assert len(gone.networks[0].history) < 9
