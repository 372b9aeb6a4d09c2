"""Networks that are given a class: those of Keras, the arrays of each class, and formulas agree."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import CONVOLUTIONAL, PLAN, random_weights

from vae.trained import rebuild, weight_shapes

tf = pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")
networks = pytest.importorskip("vae.networks")
variational = pytest.importorskip("vae.variational")

RANDOM = np.random.default_rng(0)
PLANS = {
    "dense": replace(PLAN, classes=3),
    "convolutional": replace(CONVOLUTIONAL, classes=3),
    "in colour": replace(CONVOLUTIONAL, classes=3, shape=(6, 5, 3), neurons_per_layer=[4]),
    "without hidden layers": replace(PLAN, classes=3, neurons_per_layer=[]),
}
LABELS = np.arange(9) % 3
GIVEN = np.eye(3, dtype=np.float32)[LABELS]


@pytest.fixture(params=PLANS)
def plan(request):
    return PLANS[request.param]


def built(plan, weights):
    both = networks.Networks.build(plan)
    assert set(both.weights()) == set(weights) == set(weight_shapes(plan))
    both.assign(weights)
    return both


def test_only_the_first_layers_of_encoder_and_decoder_are_given_the_class(plan):
    first = {"encoder_1"} if plan.neurons_per_layer else {"mean", "log_variance"}
    first.add("decoder_1" if plan.neurons_per_layer else "output")
    assert {layer.name for layer in plan.layers if layer.classes} == first


def test_the_networks_of_keras_are_those_of_each_class(plan):
    weights = random_weights(plan, 0.5)
    both, trained = built(plan, weights), rebuild(plan, weights)
    images = RANDOM.random((9, plan.pixels)).astype(np.float32)
    codes = RANDOM.normal(size=(9, 2)).astype(np.float32)
    mean, log_variance = both.encoder([images, GIVEN])
    logits = both.decoder([codes, GIVEN])
    for row, label in enumerate(LABELS):
        alone = trained.of_class(label)
        assert alone.plan == replace(plan, classes=0)
        for ours, theirs in zip(alone.encode(images[[row]]), (mean, log_variance), strict=True):
            np.testing.assert_allclose(ours[0], theirs[row], rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(alone.logits(codes[[row]])[0], logits[row], rtol=1e-4, atol=1e-4)


def test_a_dense_layer_has_the_one_hot_class_beside_what_comes_in():
    plan = replace(PLANS["dense"], encoder_activation="tanh")
    weights = random_weights(plan)
    images = RANDOM.random((9, 9)).astype(np.float32)
    kernel = np.vstack([weights["encoder_1_kernel"], weights["encoder_1_class_kernel"]])
    hidden = np.tanh(np.hstack([images, GIVEN]) @ kernel + weights["encoder_1_bias"])
    hidden = np.tanh(hidden @ weights["encoder_2_kernel"] + weights["encoder_2_bias"])
    expected = np.tanh(hidden @ weights["mean_kernel"] + weights["mean_bias"])
    trained = rebuild(plan, weights)
    for row, label in enumerate(LABELS):
        means, _ = trained.of_class(label).encode(images[[row]])
        np.testing.assert_allclose(means[0], expected[row], rtol=1e-4, atol=1e-5)


def test_the_derivatives_by_the_rows_of_classes_are_finite_differences(plan):
    plan = replace(plan, encoder_activation="tanh", decoder_activation="tanh")
    weights = random_weights(plan, 0.3)
    both = built(plan, weights)
    images = RANDOM.random((9, plan.pixels)).astype(np.float32)
    examples, noise = (
        tf.constant(np.hstack([images, GIVEN])),
        tf.constant(RANDOM.normal(size=(9, 2)), tf.float32),
    )

    def loss():
        return tf.reduce_sum(tf.add_n(both.losses(examples, noise)))

    rows = [variable for variable in both.variables if variable.path.endswith("_class/kernel")]
    assert len(rows) == (2 if plan.neurons_per_layer else 3)
    values = [variable.value for variable in rows]
    with tf.GradientTape() as tape:
        total = loss()
    for variable, gradient in zip(rows, tape.gradient(total, values), strict=True):
        before, step = variable.numpy(), 1e-2
        direction = RANDOM.normal(size=before.shape).astype(np.float32)
        ends = []
        for sign in (1, -1):
            variable.assign(before + sign * step * direction)
            ends.append(float(loss()))
        variable.assign(before)
        expected = (ends[0] - ends[1]) / (2 * step)
        assert float(np.sum(gradient * direction)) == pytest.approx(expected, rel=2e-2, abs=0.05)


def test_a_compiled_step_is_that_of_the_eager_tape(plan):
    plan = replace(plan, minimizer="gradient_descent", learning_rate=0.01, batch_size=9, epochs=1)
    images = RANDOM.integers(256, size=(9, plan.pixels), dtype=np.uint8)
    examples = np.hstack([images, np.uint8(255 * GIVEN)])
    compiled, eager = (variational.Trainer(plan, examples) for _ in range(2))
    before = compiled.networks.weights()
    for _ in compiled.epoch(0, 0.7):
        pass
    noise = tf.function(variational.standard_normal, jit_compile=True)(plan.seed, tf.constant(0), (9, 2))
    shuffled = examples[eager._order(0).numpy()[0]]
    eager.step(variational.grey_levels(tf.constant(shuffled)), tf.ones(9), noise, 0.7)
    moved = compiled.networks.weights()
    for name, values in eager.networks.weights().items():
        np.testing.assert_allclose(moved[name], values, atol=1e-4)
    for name in weight_shapes(plan):
        if name.endswith("_class_kernel"):
            assert not np.array_equal(moved[name], before[name])
