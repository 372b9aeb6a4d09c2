"""One compiled epoch, against a plain and eager one."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import PLAN

from training.streams import Stream, generator
from vae import evaluation
from vae.trained import TrainedVae

tf = pytest.importorskip("tensorflow", reason="mode VAE needs TensorFlow, which is not installed")
variational = pytest.importorskip("vae.variational")

RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.integers(256, size=(23, 9), dtype=np.uint8)
GREY = (IMAGES / 255).astype(np.float32)


def kl_of_numpy(mean, log_variance):
    return 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance).sum(axis=1)


def test_noise_is_keyed_and_standard_normal():
    compiled = tf.function(variational.standard_normal, jit_compile=True)

    def draw(seed, step):
        return compiled(seed, tf.constant(step), (5000, 2)).numpy()

    noise = draw(2**32 - 1, 7)
    np.testing.assert_array_equal(noise, draw(2**32 - 1, 7))
    assert (noise != draw(2**32 - 1, 8)).mean() > 0.99
    assert (noise != draw(2**31 - 1, 7)).mean() > 0.99
    assert noise.mean() == pytest.approx(0, abs=0.05)
    assert noise.std() == pytest.approx(1, abs=0.05)


def plain_loss(networks, images, noise, beta):
    """The mean loss as the paper writes it, and its two parts."""
    mean, log_variance = networks.encoder(images)
    pixels = tf.sigmoid(networks.decoder(mean + tf.sqrt(tf.exp(log_variance)) * noise))
    likelihood = images * tf.math.log(pixels) + (1 - images) * tf.math.log(1 - pixels)
    reconstruction = -tf.reduce_mean(tf.reduce_sum(likelihood, axis=1))
    kl = -0.5 * tf.reduce_mean(tf.reduce_sum(1 + log_variance - mean**2 - tf.exp(log_variance), axis=1))
    return reconstruction + beta * kl, reconstruction, kl


def eager_epoch(trainer, plan, epoch):
    """One epoch batch by batch in Python; a last smaller batch is simply smaller."""
    draw = tf.function(variational.standard_normal, jit_compile=True)
    rows = trainer._order(epoch).numpy().reshape(-1)[: len(GREY)]
    sums = np.zeros(2)
    for step, start in enumerate(range(0, len(rows), plan.batch_size)):
        images = tf.constant(GREY[rows[start : start + plan.batch_size]])
        noise = draw(plan.seed, tf.constant(epoch * trainer.steps + step), (plan.batch_size, 2))
        values = [variable.value for variable in trainer.networks.variables]
        with tf.GradientTape() as tape:
            loss, *parts = plain_loss(trainer.networks, images, noise[: len(images)], plan.beta_at(epoch))
        trainer.optimizer.apply(tape.gradient(loss, values), trainer.networks.variables)
        sums += len(images) * np.array(parts)
    return sums / len(rows)


def compiled_epoch(trainer, plan, epoch):
    """One epoch of the trainer's own, all its calls."""
    for _ in trainer.epoch(epoch, plan.beta_at(epoch)):
        pass
    return trainer.end_epoch()


@pytest.mark.parametrize("minimizer", variational.OPTIMIZERS)
def test_a_compiled_epoch_equals_an_eager_loop(minimizer):
    plan = replace(PLAN, minimizer=minimizer, learning_rate_schedule="cosine")
    compiled, eager = (variational.Trainer(plan, IMAGES) for _ in range(2))
    for epoch in range(2):
        ours = compiled_epoch(compiled, plan, epoch)
        np.testing.assert_allclose(ours, eager_epoch(eager, plan, epoch), rtol=1e-4)
    for name, values in compiled.networks.weights().items():
        np.testing.assert_allclose(values, eager.networks.weights()[name], atol=1e-4)
    assert int(compiled.optimizer.iterations) == 2 * compiled.steps == 6


@pytest.mark.parametrize(
    ("minimizer", "move"),
    [
        ("gradient_descent", lambda g: g),
        ("adam", lambda g: np.sqrt(0.001) * g / (np.sqrt(0.001) * np.abs(g) + 0.3)),
        ("rmsprop", lambda g: g / np.sqrt(0.1 * g**2 + 0.3)),
    ],
)
def test_a_step_follows_the_gradient_of_the_plain_loss_as_its_rule_says(minimizer, move):
    plan = replace(PLAN, minimizer=minimizer, learning_rate=1.0, epsilon=0.3)
    trainer = variational.Trainer(plan, GREY)
    noise = tf.constant(RANDOM.standard_normal((10, 2)).astype(np.float32))
    values = [variable.value for variable in trainer.networks.variables]
    with tf.GradientTape() as tape:
        loss = plain_loss(trainer.networks, tf.constant(GREY[:10]), noise, 0.7)[0]
    gradients = tape.gradient(loss, values)
    before = [value.numpy() for value in values]
    trainer.step(tf.constant(GREY[:10]), tf.ones(10), noise, 0.7)
    for old, new, gradient in zip(before, values, gradients, strict=True):
        np.testing.assert_allclose(old - new.numpy(), move(gradient.numpy()), rtol=1e-3, atol=1e-5)


def test_at_given_codes_the_decoder_learns_to_draw_and_the_encoder_alone_follows_the_elbo():
    plan = replace(PLAN, minimizer="gradient_descent", learning_rate=1.0)
    trainer = variational.Trainer(plan, GREY)
    noise, codes = (tf.constant(RANDOM.standard_normal((10, 2)).astype(np.float32)) for _ in range(2))
    images, networks = tf.constant(GREY[:10]), trainer.networks
    encoder, decoder = (
        [variable.value for variable in model.trainable_variables]
        for model in (networks.encoder, networks.decoder)
    )
    with tf.GradientTape(persistent=True) as tape:
        loss = plain_loss(networks, images, noise, 0.7)[0]
        pixels = tf.sigmoid(networks.decoder(codes))
        likelihood = images * tf.math.log(pixels) + (1 - images) * tf.math.log(1 - pixels)
        drawn = -tf.reduce_mean(tf.reduce_sum(likelihood, axis=1))
    gradients = tape.gradient(loss, encoder) + tape.gradient(drawn, decoder)
    before = [value.numpy() for value in encoder + decoder]
    trainer.step(images, tf.ones(10), noise, 0.7, codes)
    for old, new, gradient in zip(before, networks.variables, gradients, strict=True):
        np.testing.assert_allclose(old - new.numpy(), gradient.numpy(), rtol=1e-3, atol=1e-5)


def test_every_image_is_met_once_in_an_order_of_its_own():
    trainer = variational.Trainer(PLAN, IMAGES)
    first, second = (trainer._order(epoch).numpy() for epoch in (0, 1))
    assert first.shape == (3, 10)
    assert sorted(first.reshape(-1)[:23]) == sorted(second.reshape(-1)[:23]) == list(range(23))
    assert (first != second).any()
    np.testing.assert_array_equal(first, variational.Trainer(PLAN, IMAGES)._order(0))


@pytest.mark.parametrize("count", [1, 3, 500, 501])
def test_validation_covers_every_image(count):
    images = RANDOM.integers(256, size=(count, 9), dtype=np.uint8)
    networks = variational.Networks.build(PLAN)
    vae = TrainedVae(PLAN, networks.weights())
    mean, log_variance = vae.encode(images)
    noise = generator(PLAN.seed, Stream.VALIDATION).standard_normal(mean.shape, np.float32)
    reconstruction = evaluation.cross_entropy(
        vae.logits(mean + np.exp(log_variance / 2) * noise), images / np.float32(255)
    )
    for beta in (1.0, 4.0):
        expected = (reconstruction + beta * kl_of_numpy(mean, log_variance)).mean()
        assert variational.Trial(networks, PLAN, images, beta).loss() == pytest.approx(expected, rel=1e-5)


def test_the_cosine_ends_at_zero():
    plan = replace(PLAN, learning_rate_schedule="cosine")
    rate = variational.Trainer(plan, IMAGES)._learning_rate()
    assert [float(rate(step)) for step in (0, 9, 18)] == pytest.approx([0.01, 0.005, 0])
