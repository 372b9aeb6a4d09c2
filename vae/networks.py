"""The two Keras networks of a variational autoencoder, and its losses.

Losses are in nats. Import it after `tensorflow_setup.load_tensorflow`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from training.activations import ACTIVATIONS
from training.streams import Stream, generator
from vae.convolution import examples_first, examples_last, fold, gathered, scattered, unfold
from vae.layers import Convolution, Dense, Layer, Transposed
from vae.plan import LARGEST_LOG_VARIANCE, Plan

# How a layer is applied to values: `apply(layer, values, initializer)` gives sums without activation.
Apply = Callable[[Layer, keras.KerasTensor, keras.Initializer], keras.KerasTensor]


@dataclass(frozen=True)
class Networks:
    """Two Keras models: pixels `(n, pixels)` → mean, log-variance; codes `(n, latent)` → logits.

    Of a plan with classes both take a second input, `(n, classes)` of 0 and one 1.
    """

    encoder: keras.Model
    decoder: keras.Model

    @classmethod
    def build(cls, plan: Plan, apply: Apply | None = None) -> "Networks":
        """Untrained networks; the weights are Glorot's (2010), drawn from the seed, the biases zero."""
        random = generator(plan.seed, Stream.WEIGHTS)
        through = _Through(apply or as_products, random)
        images, *given = _inputs("images", plan.pixels, plan.classes)
        hidden = through(plan.encoder_layers, images, *given)
        mean, log_variance = (through([layer], hidden, *given) for layer in plan.latent_layers)
        log_variance = keras.ops.minimum(log_variance, LARGEST_LOG_VARIANCE)
        encoder = keras.Model(_alone([images, *given]), [mean, log_variance], name="encoder")
        codes, *given = _inputs("codes", plan.latent_layer_neurons, plan.classes)
        logits = flat(through(plan.decoder_layers, codes, *given))
        return cls(encoder, keras.Model(_alone([codes, *given]), logits, name="decoder"))

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

    def losses(self, examples: tf.Tensor, noise: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Reconstruction and KL `(n,)` of images, with one `noise` `(n, latent)`.

        `examples` are their pixels `(n, pixels)`, behind which their classes follow, if they are given.
        """
        pixels = self.encoder.inputs[0].shape[1]
        images, given = examples[:, :pixels], [examples[:, pixels:]] * (examples.shape[1] > pixels)
        mean, log_variance = self.encoder(_alone([images, *given]))
        logits = self.decoder(_alone([mean + tf.exp(0.5 * log_variance) * noise, *given]))
        return cross_entropy(logits, images), kl_divergence(mean, log_variance)


@dataclass(frozen=True)
class _Through:
    """Leads values through layers, each with initial weights from a seed of its own."""

    apply: Apply
    random: np.random.Generator

    def __call__(
        self, layers: list[Layer], values: keras.KerasTensor, given: keras.KerasTensor | None = None
    ) -> keras.KerasTensor:
        """`given` are the classes `(n, classes)`, for a layer that takes them."""
        for layer in layers:
            sums = self.apply(layer, values, self._initializer())
            if layer.classes:
                name, kernel = f"{layer.name}_class", self._initializer()
                rows = keras.layers.Dense(layer.units, use_bias=False, kernel_initializer=kernel, name=name)
                sums = added(sums, rows(given), layer.units)
            values = activated(ACTIVATIONS[layer.activation].keras, sums)
        return values

    def _initializer(self) -> keras.Initializer:
        return keras.initializers.GlorotUniform(seed=int(self.random.integers(2**31)))


def _inputs(name: str, numbers: int, classes: int) -> list[keras.KerasTensor]:
    """The inputs of a network: so many numbers, and if there are classes one of them."""
    given = [keras.Input((classes,), name="classes")] if classes else []
    return [keras.Input((numbers,), name=name), *given]


def _alone(inputs: list) -> Any:
    """The inputs of a network as Keras takes them: a single one not in a list."""
    return inputs if len(inputs) > 1 else inputs[0]


def added(sums: keras.KerasTensor, rows: keras.KerasTensor, units: int) -> keras.KerasTensor:
    """Sums of a layer and a number for each of its units, or maps, `(n, units)`."""
    if len(sums.shape) == 4:
        return sums + keras.ops.transpose(rows)[:, None, None, :]
    places = sums.shape[1] // units
    return sums + (keras.ops.tile(rows, (1, places)) if places > 1 else rows)


def as_products(
    layer: Layer, values: keras.KerasTensor, initializer: keras.Initializer
) -> keras.KerasTensor:
    """The sums of a layer, convolutions as products of matrices: what XLA is fast at on a processor."""
    if isinstance(layer, Dense):
        return keras.layers.Dense(layer.units, kernel_initializer=initializer, name=layer.name)(
            flat(values)
        )
    if len(values.shape) == 2:
        values = examples_last(values, layer.inputs, keras.ops)
    return ConvolutionAsProduct(layer, initializer)(values)


class ConvolutionAsProduct(keras.layers.Layer):
    """A convolution or its mirror image on maps `(maps, rows, columns, n)`."""

    def __init__(self, layer: Convolution | Transposed, initializer: keras.Initializer):
        super().__init__(name=layer.name)
        self._layer = layer
        self._kernel = self.add_weight(layer.kernel_shape, initializer, name="kernel")
        self._bias = self.add_weight((layer.units,), "zeros", name="bias")

    def call(self, maps: tf.Tensor) -> tf.Tensor:
        """The sums, likewise `(maps, rows, columns, n)`."""
        if isinstance(self._layer, Transposed):
            rows, columns, _ = self._layer.outputs
            sums = _folded(scattered(maps, self._kernel.value, tf), rows, columns)
        else:
            sums = gathered(_unfolded(maps), self._kernel.value, tf)
        return sums + tf.reshape(self._bias.value, (-1, 1, 1, 1))


# Two functions that are each other's derivatives: TensorFlow would find slower ones.
def _unfolded(maps: tf.Tensor) -> tf.Tensor:
    rows, columns = maps.shape[1:3]

    @tf.custom_gradient
    def function(maps):
        return unfold(maps, tf), lambda gradient: fold(gradient, rows, columns, tf)

    return function(maps)


def _folded(copies: tf.Tensor, rows: int, columns: int) -> tf.Tensor:
    @tf.custom_gradient
    def function(copies):
        return fold(copies, rows, columns, tf), lambda gradient: unfold(gradient, tf)

    return function(copies)


def flat(values: keras.KerasTensor) -> keras.KerasTensor:
    """Maps as rows of numbers; rows of numbers as they are."""
    return examples_first(values, keras.ops) if len(values.shape) == 4 else values


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
