"""`learner.js` and `descent.js` in a browser: gradients and whole trainings, held against Python's."""

import numpy as np
import pytest
from autograd import elementwise_grad
from browsing import computing

from autoencoder.network import Network
from autoencoder.objective.losses import LOSSES
from autoencoder.objective.tape import TapeObjective
from autoencoder.plan import Plan
from autoencoder.problem import Problem
from autoencoder.training import initial_parameters, train
from runner.config.file import load_config
from runner.loading import load_data
from runner.models.autoencoder import AutoencoderTrainer
from runner.page.html_page import own_script
from runner.page.packing import activations_script, losses_script
from training.activations import ACTIVATIONS

SCRIPTS = own_script("network", "learning")
STEPS = 100
MAKE = "const learner = new Learner(args[0], Float64Array.from(args[1]));"
EVALUATE = (
    f"{MAKE} learner.load(...args.slice(2, 4).map((rows) => Float64Array.from(rows)));"
    "const {loss, error} = learner.evaluate(); return [loss, error, Array.from(learner.gradient)]"
)
DESCEND = (
    f"{MAKE} const pixels = Float64Array.from(args[2]);"
    "const descent = new Descent(learner, args[3], (epoch) => (epoch ? null : [pixels, pixels]));"
    "while (!descent.isOver && descent.epoch < args[4]) descent.step();"
    "return [descent.errors, Array.from(learner.parameters), Array.from(learner.codes)]"
)
WRONG = "const wrong = learner.outputs.filter((p, i) => p > 0.5 !== pixels[i] > 0.5).length;"


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript after those scripts; `args` are the values."""
    return computing(browser, activations_script() + losses_script() + SCRIPTS)


def facts_of(network, loss):
    """What a Learner is made of."""
    return {
        "sizes": network.sizes,
        "activations": [layer.activation for layer in network.layers],
        "bias": int(network.bias),
        "fixedBias": network.fixed_bias,
        "beta": network.beta,
        "loss": loss,
    }


def plan_of(plan):
    """What a Descent follows."""
    return {
        "epochs": plan.epochs,
        "learningRate": plan.learning_rate,
        "epsilon": plan.epsilon,
        "schedule": plan.learning_rate_schedule,
        "patience": plan.patience,
        "copies": 1,
        "steps": 1,
    }


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_slope_is_the_derivative(compute, name):
    values = np.concatenate([np.linspace(-8, 8, 160), [-700.0, -1e-9, 1e-9, 700.0]])
    script = f"return args[0].map((x) => SLOPES.{name}(x, ACTIVATIONS.{name}(x, 0.7), 0.7))"
    with np.errstate(over="ignore"):
        wanted = elementwise_grad(lambda x: ACTIVATIONS[name].plain(x, 0.7))(values)
    np.testing.assert_allclose(compute(script, values.tolist()), wanted, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_and_its_slope_are_python_s(compute, name):
    random = np.random.default_rng(0)
    logits, targets = np.concatenate([random.normal(0, 4, 50), [-40.0, 40]]), random.random(52)
    script = (
        "return args[0].map((l, i) => [COSTS, COST_SLOPES].map((all) =>"
        f" all.{name}(l, ACTIVATIONS.logistic(l, 0.5), args[1][i])))"
    )
    costs, slopes = np.transpose(compute(script, logits.tolist(), targets.tolist()))
    plain = LOSSES[name].plain
    np.testing.assert_allclose(costs, plain(logits, targets), rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(slopes, elementwise_grad(plain)(logits, targets), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("bias", "beta"), [(False, 1.0), (True, 0.3)])
def test_the_gradient_is_autograd_s(compute, activation, loss, bias, beta):
    random = np.random.default_rng(0)
    network = Network.mirrored([12, 7, 3], (activation, "linear", activation), bias=bias, beta=beta)
    parameters = random.normal(0, 0.5, network.parameter_count)
    inputs, targets = random.random((2, 9, 12))
    objective = TapeObjective(network, LOSSES[loss].plain, np.dtype("float64"), 9)
    objective.load(inputs, targets)
    wanted = objective.evaluate(parameters)
    values = parameters.tolist(), inputs.ravel().tolist(), targets.ravel().tolist()
    found_loss, error, gradient = compute(EVALUATE, facts_of(network, loss), *values)
    np.testing.assert_allclose([found_loss, error], [wanted.losses[0], wanted.errors[0]], rtol=1e-12)
    np.testing.assert_allclose(gradient, wanted.gradient[0], rtol=1e-10, atol=1e-14)


def check_steps(compute, problem, plan, steps=STEPS):
    """So many steps from Python's initial weights lead where they lead Python."""
    network = problem.network
    initial = initial_parameters(network, plan.initialization, plan.seed)
    pixels = np.asarray(problem.targets, float)
    errors, parameters, codes = compute(
        DESCEND,
        facts_of(network, problem.loss),
        *(initial.tolist(), pixels.ravel().tolist()),
        plan_of(plan),
        steps,
    )
    (trained,) = train(problem, plan).networks
    assert len(errors) == steps + 1
    np.testing.assert_allclose(errors, trained.history["error"][: steps + 1], rtol=1e-9)
    if steps == plan.epochs:
        np.testing.assert_allclose(parameters, trained.parameters, rtol=1e-9, atol=1e-12)
        wanted = network.encode(trained.parameters, pixels)
        np.testing.assert_allclose(np.reshape(codes, wanted.shape), wanted, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("bias", "beta", "schedule"), [(False, 1.0, "constant"), (True, 0.7, "cosine")])
def test_a_hundred_steps_are_python_s(compute, activation, loss, bias, beta, schedule):
    network = Network.mirrored([20, 8, 2], (activation, "linear", activation), bias=bias, beta=beta)
    pixels = np.random.default_rng(1).integers(0, 2, (10, 20)).astype(float)
    pixels[0] = 0  # as the space is: all sums of its first layer are exactly 0
    problem = Problem(network, pixels, loss=loss)
    plan = Plan("adam", STEPS, "glorot", 0.02, schedule, seed=3)
    check_steps(compute, problem, plan)


def test_a_fixed_bias_and_another_epsilon_lead_where_they_lead_python(compute):
    network = Network.mirrored([12, 6, 2], ("logistic", "logistic", "logistic"), beta=0.5, fixed_bias=1.0)
    problem = Problem(network, np.eye(12))
    check_steps(compute, problem, Plan("adam", STEPS, "uniform", 0.1, epsilon=0.01))


@pytest.mark.parametrize("epochs", [STEPS, 2000])
def test_a_hundred_steps_of_the_shipped_config_are_python_s(compute, epochs):
    config = load_config("config.json", {"epochs": epochs})
    trainer = AutoencoderTrainer.prepare(config, load_data(config))
    check_steps(compute, trainer.problem, trainer.plan)


def test_grey_pictures_are_learned_as_python_learns_them(compute):
    network = Network.mirrored([12, 6, 1], ("silu", "linear", "silu"), bias=True)
    problem = Problem(network, np.random.default_rng(2).random((7, 12)), loss="cross_entropy")
    check_steps(compute, problem, Plan("adam", STEPS, "he", 0.01))


def test_it_ends_when_patience_does_with_the_best_parameters(compute):
    network = Network.mirrored([8, 5, 2], ("tanh", "linear", "tanh"), bias=True)
    problem = Problem(network, np.eye(8), loss="squared_error")
    plan = Plan("adam", 400, "normal", 2.0, patience=7)  # so fast that it is thrown off
    (trained,) = train(problem, plan).networks
    assert 7 < len(trained.history) < 401
    values = initial_parameters(network, "normal", 0).tolist(), np.eye(8).ravel().tolist()
    errors, parameters, _ = compute(
        DESCEND, facts_of(network, "squared_error"), *values, plan_of(plan), 400
    )
    assert len(errors) == len(trained.history)
    np.testing.assert_allclose(parameters, trained.parameters, rtol=1e-6)


def test_all_32_letters_are_learned(compute):
    config = load_config("config.json", {})
    trainer = AutoencoderTrainer.prepare(config, load_data(config))
    network, plan, pixels = trainer.problem.network, trainer.plan, trainer.problem.targets
    initial = initial_parameters(network, plan.initialization, plan.seed)
    wrong, errors, *_ = compute(
        DESCEND.replace("return [", f"{WRONG} return [wrong, "),
        facts_of(network, "cross_entropy"),
        *(initial.tolist(), pixels.ravel().tolist(), plan_of(plan), plan.epochs),
    )
    assert (wrong, len(errors)) == (0, plan.epochs + 1)
