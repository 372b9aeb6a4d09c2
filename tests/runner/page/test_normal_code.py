"""Codes that are normals: `normal_code.js` in a browser, held against autograd, Keras' Adam, and Keras."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import value_and_grad
from browsing import computing
from vae_plans import PLAN, random_weights

from runner.models.variational import VariationalAutoencoder
from runner.page.html_page import own_script
from runner.page.packing import activations_script, losses_script
from training.activations import ACTIVATIONS
from vae.plan import LARGEST_LOG_VARIANCE
from vae.trained import TrainedVae

SCRIPTS = own_script("network", "learning")
STEPS, EXAMPLES = 100, 7
SIZES = [9, 7, 5, 2, 5, 7, 9]
MAKE = (
    "const [facts, parameters, pixels, plan, draws] = args;"
    "const learner = new Learner({...facts, isVariational: true}, Float64Array.from(parameters));"
    "const batchAt = (step) => { const {inputs, rows = pixels} = draws[step];"
    "return [inputs ?? rows, rows, draws[step]]; };"
)
EVALUATE = f"{MAKE} learner.load(...batchAt(0)); return [learner.evaluate(), Array.from(learner.gradient)]"
DESCEND = (
    f"{MAKE} const measures = [], descent = new Descent(learner, plan, batchAt);"
    "do { measures.push(descent.measures); descent.step(); } while (!descent.isOver);"
    "const [encoder] = learner.networks();"
    "const means = draws[0].pictures.map((picture) => Array.from(forward(encoder, picture)));"
    "return [measures, Array.from(learner.parameters), means, descent.errors]"
)


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript after those scripts; `args` are the values."""
    return computing(browser, activations_script() + losses_script() + SCRIPTS)


def facts_of(encoder, latent, decoder, classes=0):
    """What a Learner is made of, but for the normals."""
    names = [encoder, encoder, latent, decoder, decoder, "logistic"]
    return {
        "sizes": SIZES,
        "activations": names,
        "bias": 1,
        "fixedBias": 0,
        "beta": 0.5,
        "loss": "cross_entropy",
        "classes": classes,
    }


def parts(parameters, pixels, noise, activations, given=None):
    """Reconstruction and KL, means over the examples, as Kingma & Welling have them, in autograd.numpy."""
    outputs = [7, 5, 4, 5, 7, 9]  # the fourth are two means and two log-variances
    given = np.empty((len(pixels), 0)) if given is None else given  # the classes, behind pictures and codes
    values, start = np.hstack([pixels, given]), 0
    for layer, units in enumerate(outputs):
        columns = values.shape[1] + 1
        block = anp.reshape(parameters[start : start + units * columns], (units, columns))
        sums, start = values @ block[:, :-1].T + block[:, -1], start + units * columns
        if layer == 2:
            mean = ACTIVATIONS[activations[layer]].plain(sums[:, :2], 0.5)
            log_variance = anp.where(sums[:, 2:] < LARGEST_LOG_VARIANCE, sums[:, 2:], LARGEST_LOG_VARIANCE)
            values = anp.hstack([mean + anp.exp(0.5 * log_variance) * noise, given])
        elif layer < 5:
            values = ACTIVATIONS[activations[layer]].plain(sums, 0.5)
    drawn = anp.logaddexp(0, sums) - pixels * sums
    told = 0.5 * (mean**2 + anp.exp(log_variance) - 1 - log_variance)
    return anp.sum(drawn) / len(pixels), anp.sum(told) / len(pixels)


def keras_adam(parameters, gradients, rate_at):
    """The update of `keras.optimizers.Adam`, in double precision: yields the parameters of each step."""
    first, second = np.zeros_like(parameters), np.zeros_like(parameters)
    for step in range(STEPS):
        gradient = gradients(step, parameters)
        first = first + (gradient - first) * (1 - 0.9)
        second = second + (gradient**2 - second) * (1 - 0.999)
        alpha = rate_at(step) * np.sqrt(1 - 0.999 ** (step + 1)) / (1 - 0.9 ** (step + 1))
        parameters = parameters - alpha * first / (np.sqrt(second) + 1e-7)
        yield parameters


def a_problem(scale=0.5, classes=0):
    """Parameters, pixels, noise for each step."""
    random = np.random.default_rng(0)
    inputs = [9 + classes, 7, 5, 2 + classes, 5, 7]
    count = sum(units * (before + 1) for before, units in zip(inputs, [7, 5, 4, 5, 7, 9], strict=True))
    noise = random.standard_normal((STEPS + 1, EXAMPLES, 2))
    return random.normal(0, scale, count), random.random((EXAMPLES, 9)), noise


@pytest.mark.parametrize("activations", [("silu", "linear", "relu"), ("tanh", "tanh", "gelu")])
# With the larger weights some log-variances are at their limit.
@pytest.mark.parametrize(("scale", "classes"), [(0.5, 0), (3.0, 0), (0.5, 3)])
def test_the_gradient_is_autograd_s(compute, activations, scale, classes):
    parameters, pixels, noise = a_problem(scale, classes)
    facts, weight = facts_of(*activations, classes), 0.7
    labels = np.arange(EXAMPLES) % max(classes, 1)
    given = np.eye(classes)[labels] if classes else np.empty((EXAMPLES, 0))

    def loss(parameters):
        reconstruction, kl = parts(parameters, pixels, noise[0], facts["activations"], given)
        return reconstruction + weight * kl

    wanted_loss, wanted = value_and_grad(loss)(parameters)
    inputs = np.hstack([pixels, given]).ravel().tolist()
    draw = {"noise": noise[0].ravel().tolist(), "weight": weight, "labels": labels.tolist()}
    draws = [draw | {"inputs": inputs}]
    measures, found = compute(EVALUATE, facts, parameters.tolist(), pixels.ravel().tolist(), None, draws)
    reconstruction, kl = parts(parameters, pixels, noise[0], facts["activations"], given)
    names = ("loss", "error", "reconstruction", "kl")
    np.testing.assert_allclose(
        [measures[name] for name in names],
        [wanted_loss, reconstruction + kl, reconstruction, kl],
        rtol=1e-12,
    )
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12)


# An epoch is one step with all examples, or three with some of them.
@pytest.mark.parametrize(
    ("schedule", "warmup", "steps"), [("constant", 0, 1), ("cosine", 40, 1), ("cosine", 9, 3)]
)
def test_a_hundred_steps_are_those_of_these_losses_and_keras_adam(compute, schedule, warmup, steps):
    parameters, pixels, noise = a_problem()
    facts, epochs = facts_of("silu", "linear", "silu"), STEPS // steps
    weights = [min(1, (step // steps + 1) / (warmup + 1)) * 0.8 for step in range(STEPS + 1)]
    size = -(-EXAMPLES // steps)
    rows = [slice(step % steps * size, (step % steps + 1) * size) for step in range(STEPS + 1)]

    def losses(step, parameters):
        some = rows[step]
        return parts(parameters, pixels[some], noise[step][some], facts["activations"])

    def gradients(step, parameters):
        def loss(parameters):
            reconstruction, kl = losses(step, parameters)
            return reconstruction + weights[step] * kl

        return value_and_grad(loss)(parameters)[1]

    def rate_at(step):
        return 0.01 if schedule == "constant" else 0.005 * (1 + np.cos(np.pi * step / (epochs * steps)))

    passed = [parameters, *keras_adam(parameters, gradients, rate_at)][: epochs * steps + 1]
    wanted = np.array([losses(step, each) for step, each in enumerate(passed)])
    plan = {"epochs": epochs, "learningRate": 0.01, "schedule": schedule, "patience": None}
    plan |= {"copies": 1, "steps": steps, "keepsLast": True, "epsilon": 1e-7, "isKeras": True}
    draws = [
        {"noise": each[some].ravel().tolist(), "weight": weight, "rows": pixels[some].ravel().tolist()}
        for each, some, weight in zip(noise, rows, weights, strict=True)
    ]
    draws[0]["pictures"] = pixels.tolist()
    measures, found, _, errors = compute(
        DESCEND, facts, parameters.tolist(), pixels.ravel().tolist(), plan, draws
    )
    told = [[each["reconstruction"], each["kl"]] for each in measures]
    np.testing.assert_allclose(told, wanted[:-1], rtol=1e-9)
    counts = [len(pixels[some]) for some in rows[:steps]]
    by_epoch = wanted[:-1].sum(axis=1).reshape(epochs, steps)
    np.testing.assert_allclose(errors[:-1], np.average(by_epoch, axis=1, weights=counts), rtol=1e-9)
    np.testing.assert_allclose(found, passed[-1], rtol=1e-9, atol=1e-12)


def test_steps_are_keras_s_to_single_precision_and_its_encoder_gives_the_means(compute):
    pytest.importorskip("tensorflow")
    from vae.tensorflow_setup import load_tensorflow

    load_tensorflow()
    import tensorflow as tf

    from vae.variational import Trainer

    steps, random = 4, np.random.default_rng(4)
    pixels = random.random((EXAMPLES, 9)).astype(np.float32)
    noise = random.standard_normal((steps + 1, EXAMPLES, 2)).astype(np.float32)
    trainer = Trainer(PLAN, pixels)
    trainer.networks.assign(random_weights(PLAN, 0.4))
    parameters = in_a_row(TrainedVae(PLAN, trainer.networks.weights()))
    wanted = [
        trainer.step(tf.constant(pixels), tf.ones(EXAMPLES), tf.constant(each), 0.6)
        for each in noise[:steps]
    ]
    plan = {"epochs": steps, "learningRate": PLAN.learning_rate, "schedule": "constant", "patience": None}
    plan |= {"copies": 1, "steps": 1, "keepsLast": True, "epsilon": 1e-7, "isKeras": True}
    draws = [{"noise": each.ravel().tolist(), "weight": 0.6, "pictures": pixels.tolist()} for each in noise]
    facts = facts_of(PLAN.encoder_activation, PLAN.latent_activation, PLAN.decoder_activation)
    measures, found, means, _ = compute(
        DESCEND, facts, parameters.tolist(), pixels.ravel().tolist(), plan, draws
    )
    told = [[each["reconstruction"], each["kl"]] for each in measures]
    np.testing.assert_allclose(told, np.array(wanted) / EXAMPLES, rtol=2e-4)
    trained = TrainedVae(PLAN, trainer.networks.weights())
    np.testing.assert_allclose(found, in_a_row(trained), atol=2e-3)
    np.testing.assert_allclose(means, trained.encode(pixels)[0], atol=2e-3)


def in_a_row(trained):
    """The weights as a Learner has them: each unit's, and then its bias."""
    encoder, decoder = VariationalAutoencoder(trained).layers()
    layers = [*encoder, VariationalAutoencoder(trained).spread_layer(), *decoder]
    return np.concatenate([np.column_stack([each.weights, each.bias]).ravel() for each in layers])
