"""The two Keras networks of a variational autoencoder, and its losses.

Losses are in nats. Import it after `tensorflow_setup.load_tensorflow`.
"""

from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

from training.activations import ACTIVATIONS
from training.streams import Stream, generator
from vae.plan import LARGEST_LOG_VARIANCE, Dense, Plan


@dataclass(frozen=True)
class Networks:
    """Two Keras models: pixels `(n, pixels)` → mean, log-variance; codes `(n, latent)` → logits."""

    encoder: keras.Model
    decoder: keras.Model

    @classmethod
    def build(cls, plan: Plan, pixels: int) -> "Networks":
        """Untrained networks; the weights are Glorot's (2010), drawn from the seed, the biases zero."""
        random = generator(plan.seed, Stream.WEIGHTS)
        images = keras.Input((pixels,), name="images")
        hidden = _through(plan.encoder_layers(pixels), images, random)
        mean, log_variance = (_through([layer], hidden, random) for layer in plan.latent_layers(pixels))
        log_variance = keras.ops.minimum(log_variance, LARGEST_LOG_VARIANCE)
        codes = keras.Input((plan.latent_layer_neurons,), name="codes")
        logits = _through(plan.decoder_layers(pixels), codes, random)
        encoder = keras.Model(images, [mean, log_variance], name="encoder")
        return cls(encoder, keras.Model(codes, logits, name="decoder"))

    @property
    def variables(self) -> list[keras.Variable]:
        """What is trained."""
        return self.encoder.trainable_variables + self.decoder.trainable_variables

    def weights(self) -> dict[str, np.ndarray]:
        """A copy of each weight by name, e.g. `encoder_1_kernel` `(inputs, units)`."""
        return {variable.path.replace("/", "_"): variable.numpy() for variable in self.variables}

    def assign(self, weights: dict[str, np.ndarray]) -> None:
        """Take over `weights()`."""
        for variable in self.variables:
            variable.assign(weights[variable.path.replace("/", "_")])

    def losses(self, images: tf.Tensor, noise: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Reconstruction and KL `(n,)` of `images` `(n, pixels)`, with one `noise` `(n, latent)`."""
        mean, log_variance = self.encoder(images)
        logits = self.decoder(mean + tf.exp(0.5 * log_variance) * noise)
        return cross_entropy(logits, images), kl_divergence(mean, log_variance)


def _through(layers: list[Dense], values, random: np.random.Generator):
    """The output of Keras layers behind `values`, each with a seed of its own."""
    for layer in layers:
        initializer = keras.initializers.GlorotUniform(seed=int(random.integers(2**31)))
        dense = keras.layers.Dense(layer.units, kernel_initializer=initializer, name=layer.name)
        values = activated(ACTIVATIONS[layer.activation].keras, dense(values))
    return values


def activated(name: str, values):
    """A function of `keras.activations`, or else of `keras.ops`, as a step of its own.

    A layer that had a function of `keras.ops` for its activation could be saved, but not loaded.
    """
    if name == "linear":
        return values
    if hasattr(keras.activations, name):
        return keras.layers.Activation(name)(values)
    return getattr(keras.ops, name)(values)


def cross_entropy(logits: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
    """−Σ over pixels of t ln p + (1 − t) ln(1 − p) with p = logistic(logit), `(n,)`; it cannot overflow."""
    return tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=targets, logits=logits), axis=1)


def kl_divergence(mean: tf.Tensor, log_variance: tf.Tensor) -> tf.Tensor:
    """KL of N(mean, variance) from N(0, 1), summed over the latent dimensions, `(n,)`.

    Kingma & Welling (2014), appendix B.
    """
    return 0.5 * tf.reduce_sum(mean**2 + tf.exp(log_variance) - 1 - log_variance, axis=1)
