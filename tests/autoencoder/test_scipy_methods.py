"""SciPy's methods go the way that SciPy goes on the plain objective."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize

from autoencoder.network import Network
from autoencoder.plan import Plan
from autoencoder.problem import Examples, Problem
from autoencoder.training import MINIMIZERS
from fonts import load_fonts
from training.watch import Watch

PIXELS = load_fonts(["font2"]).pixels[:10]
COLUMNS = np.ascontiguousarray(PIXELS.T)
NETWORK = Network.mirrored([35, 6, 2], ("linear", "linear", "logistic"))
PROBLEM = Problem(NETWORK, PIXELS)


def initial():
    return NETWORK.initial_parameters("normal", np.random.default_rng(0))[None]


def run(plan, problem=PROBLEM):
    (network,) = MINIMIZERS[plan.minimizer](problem, initial(), plan, Watch()).networks
    return network


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
    ours = run(Plan("powell", epochs))
    assert ours.history["loss"].tolist() == plain_way
    assert ours.history["evaluations"][-1] == plain.nfev
    np.testing.assert_array_equal(ours.parameters, plain.x)


def test_lbfgs_goes_the_way_scipy_goes_on_the_plain_objective():
    plain = minimize(plain_objective, initial()[0], method="L-BFGS-B", options={"maxiter": 4})
    ours = run(Plan("lbfgs", 4))
    assert ours.history["loss"][-1] == pytest.approx(plain.fun, rel=1e-4)  # its gradient is numerical


def test_powell_keeps_the_best_point_it_saw():
    ours = run(Plan("powell", 2))
    assert plain_objective(ours.parameters) <= ours.history["loss"].min()


@pytest.mark.parametrize("loss", ["squared_error", "absolute_error"])  # fused, and on the tape
def test_powell_never_pays_for_a_gradient(monkeypatch, loss):
    from autoencoder.objective import fused, tape

    for kind in (fused.FusedObjective, tape.TapeObjective):
        monkeypatch.setattr(kind, "evaluate", lambda *_: pytest.fail("a gradient"))
    tiny = Problem(Network.mirrored([35, 1], ("linear", "linear", "linear")), PIXELS[:2], loss=loss)
    start = tiny.network.initial_parameters("normal", np.random.default_rng(0))[None]
    MINIMIZERS["powell"](tiny, start, Plan("powell", 1), Watch())


@pytest.mark.parametrize("minimizer", ["powell", "lbfgs"])
def test_each_iteration_is_validated(minimizer):
    letters = load_fonts(["font2"]).pixels[10:14]
    problem = replace(PROBLEM, validation=Examples.each(letters))
    validated, alone = run(Plan(minimizer, 2), problem), run(Plan(minimizer, 2))
    assert list(validated.history.columns)[2] == "validation_error"
    np.testing.assert_array_equal(validated.parameters, alone.parameters)
    if minimizer == "powell":  # its best point is that of its last iteration
        pixels = NETWORK.reconstruct(validated.parameters, letters)
        expected = 0.5 * np.square(pixels - letters).sum() / len(letters)
        assert validated.history["validation_error"][-1] == pytest.approx(expected)
