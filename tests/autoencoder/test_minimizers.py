"""The minimizers against SciPy on the plain objective, and against full-batch and stopped runs."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize

from autoencoder.minimizers import MINIMIZERS
from autoencoder.network import Network
from autoencoder.objective import Problem
from autoencoder.plan import Plan
from fonts import load_fonts
from training.watch import Watch

PIXELS = load_fonts(["font2"]).pixels[:10]
COLUMNS = np.ascontiguousarray(PIXELS.T)
DOCUMENTED = ("linear", "linear", "logistic")
NETWORK = Network.mirrored([35, 6, 2], DOCUMENTED)
PROBLEM = Problem(NETWORK, PIXELS, PIXELS, "squared_error")


def initial(restarts=1):
    random = np.random.default_rng(0)
    return np.stack([NETWORK.initial_parameters("normal", random) for _ in range(restarts)])


def run(plan, problem=PROBLEM, start=None):
    start = initial(plan.restarts) if start is None else start
    return MINIMIZERS[plan.minimizer](problem, start, plan, Watch())


@np.errstate(over="ignore")  # infinity is right there
def plain_objective(parameters):
    """The documented system in plain NumPy: weights times column vectors, layer by layer."""
    values = COLUMNS
    for layer, weights in zip(NETWORK.layers, NETWORK.unpack(parameters), strict=True):
        values = weights @ values
        if layer.activation == "logistic":
            values = 1 / (1 + np.exp(-2 * values))
    return np.vdot(values - COLUMNS, values - COLUMNS) * (0.5 / len(PIXELS))


def test_powell_goes_the_way_scipy_goes_on_the_plain_objective():
    epochs = 4
    plain_way = [plain_objective(initial()[0])]
    plain = minimize(
        plain_objective,
        initial()[0],
        method="Powell",
        callback=lambda at: plain_way.append(plain_objective(at)),
        options={"maxiter": epochs},
    )
    (ours,) = run(Plan("powell", epochs))
    assert ours.history.loss.tolist() == plain_way
    assert ours.history.evaluations[-1] == plain.nfev
    np.testing.assert_array_equal(ours.parameters, plain.x)


def test_lbfgs_goes_the_way_scipy_goes_on_the_plain_objective():
    plain = minimize(plain_objective, initial()[0], method="L-BFGS-B", options={"maxiter": 4})
    (ours,) = run(Plan("lbfgs", 4))
    assert ours.history.loss[-1] == pytest.approx(plain.fun, rel=1e-4)  # its gradient is numerical


def test_powell_keeps_the_best_point_it_saw():
    (ours,) = run(Plan("powell", 2))
    assert plain_objective(ours.parameters) <= ours.history.loss.min()


def test_one_batch_of_all_examples_is_the_full_batch():
    plan = Plan("adam", 5)
    full = run(plan)[0].parameters
    np.testing.assert_array_equal(full, run(replace(plan, batch_size=10))[0].parameters)
    np.testing.assert_array_equal(full, run(replace(plan, batch_size=99))[0].parameters)


def test_gradients_of_mini_batches_add_up_to_the_full_gradient():
    # One epoch of very small steps moves like one full step: the mean of the batches' gradients.
    tiny = Plan("gradient_descent", 1, learning_rate=1e-9)
    full = run(replace(tiny, learning_rate=3e-9))[0]
    batched = run(replace(tiny, batch_size=4))[0]  # batches of 4, 4 and 2
    assert batched.history.evaluations.tolist() == [0, 3]
    moved, expected = batched.parameters - initial()[0], full.parameters - initial()[0]
    # The last batch of 2 counts as much as one of 4, so only the direction is close.
    cosine = (moved * expected).sum() / np.linalg.norm(moved) / np.linalg.norm(expected)
    assert cosine > 0.95


def test_patience_stops_a_run_that_no_longer_improves():
    stuck = Plan("gradient_descent", 500, learning_rate=1e-300, patience=7)
    assert len(run(stuck)[0].history.loss) == 1 + 7


def test_divergence_stops_at_the_last_finite_state():
    start = initial(2)
    start[1] = np.inf
    broken, healthy = run(Plan("adam", 3, restarts=2), start=start[::-1].copy())
    assert broken.diverged
    assert len(broken.history.loss) == 0
    assert not healthy.diverged
    assert len(healthy.history.loss) == 4


def test_single_precision_follows_double_precision_closely():
    single = replace(PROBLEM, precision="float32")
    plan = Plan("adam", 20)
    close = run(plan, single)[0].history.loss
    np.testing.assert_allclose(close, run(plan)[0].history.loss, rtol=1e-3)


@pytest.mark.parametrize("minimizer", MINIMIZERS)
@pytest.mark.parametrize("loss", ["squared_error", "cross_entropy"])
def test_saturated_networks_train_without_a_warning(minimizer, loss):
    (restart,) = run(Plan(minimizer, 1), replace(PROBLEM, loss=loss), start=1e4 * initial())
    assert np.isfinite(restart.history.loss).all()
