"""A trained variational autoencoder: plain arrays, which encode and decode without TensorFlow.

Training is Keras's; afterwards a forward pass is a handful of matrix products, and a finished run
can be looked at without waiting for TensorFlow. The tests hold it against the Keras models.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from training.activations import ACTIVATIONS, quick_logistic
from vae.convolution import examples_first, examples_last, fold, gathered, scattered, unfold
from vae.layers import Convolution, Dense, Layer
from vae.plan import LARGEST_LOG_VARIANCE, Plan

# The slope at which the logistic function is Keras's sigmoid, 1 / (1 + exp(−x)).
BETA = 0.5


@dataclass(frozen=True)
class TrainedVae:
    """The plan, and the weights by name (`encoder_1_kernel`, …).

    One that is given classes encodes and decodes as the one `of_class` of each.
    """

    plan: Plan
    weights: dict[str, np.ndarray]

    def encode(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and log-variance, `(n, latent)` each, of `images` `(n, pixels)`, bytes or 0…1."""
        parts = [self._encode_block(grey_levels(images[rows])) for rows in self.blocks(len(images))]
        empty = np.empty((0, self.plan.latent_layer_neurons), np.float32)
        means, log_variances = zip((empty, empty), *parts, strict=True)
        return np.concatenate(means), np.concatenate(log_variances)

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Pixels `(n, pixels)`, float32 in 0…1, of `codes` `(n, latent)`."""
        result = np.empty((len(codes), self.plan.pixels), np.float32)
        for rows in self.blocks(len(codes)):
            result[rows] = quick_logistic(self.logits(codes[rows]), BETA)
        return result

    def logits(self, codes: np.ndarray) -> np.ndarray:
        """What the decoder gives before the logistic function, `(n, pixels)`, of `codes` `(n, latent)`."""
        return self._through(self.plan.decoder_layers, codes.astype(np.float32, copy=False))

    def with_weights(self, weights: np.ndarray) -> "TrainedVae":
        """The same with other `weights` `(n,)`, which `flattened` has put into a row."""
        shapes = weight_shapes(self.plan)
        ends = np.cumsum([prod(shape) for shape in shapes.values()])
        parts = np.split(weights.astype(np.float32, copy=False), ends[:-1])
        shaped = zip(shapes.items(), parts, strict=True)
        return TrainedVae(self.plan, {name: part.reshape(shape) for (name, shape), part in shaped})

    def of_class(self, label: int) -> "TrainedVae":
        """The autoencoder that is given this class, as one that is given none."""
        weights = dict(self.weights)
        for layer in self.plan.layers:
            if layer.classes:
                rows = weights.pop(f"{layer.name}_class_kernel")
                weights[f"{layer.name}_bias"] = weights[f"{layer.name}_bias"] + rows[label]
        return TrainedVae(replace(self.plan, classes=0), weights)

    def blocks(self, count: int) -> Iterator[slice]:
        """Slices that cover `count` images, as many at a time as are good for the processor's cache."""
        size = self.plan.images_at_once
        return (slice(start, start + size) for start in range(0, count, size))

    def _encode_block(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = self._through(self.plan.encoder_layers, images)
        mean, log_variance = (self._through([layer], hidden) for layer in self.plan.latent_layers)
        return mean, np.minimum(log_variance, LARGEST_LOG_VARIANCE)

    @np.errstate(over="ignore")  # where weights are enormous a sum is infinite, and the unit saturated
    def _through(self, layers: list[Layer], values: np.ndarray) -> np.ndarray:
        for layer in layers:
            values = ACTIVATIONS[layer.activation].quick(self._sums(layer, values), BETA)
        return examples_first(values, np) if values.ndim == 4 else values

    def _sums(self, layer: Layer, values: np.ndarray) -> np.ndarray:
        """Of images or codes `(n, …)`, or of maps `(maps, rows, columns, n)`, likewise."""
        kernel, bias = self.weights[f"{layer.name}_kernel"], self.weights[f"{layer.name}_bias"]
        if isinstance(layer, Dense):
            return values @ kernel + bias
        maps = values if values.ndim == 4 else examples_last(values, layer.inputs, np)
        if isinstance(layer, Convolution):
            sums = gathered(unfold(maps, np), kernel, np)
        else:
            rows, columns, _ = layer.outputs
            sums = fold(scattered(maps, kernel, np), rows, columns, np)
        return sums + bias[:, None, None, None]


def weight_shapes(plan: Plan) -> dict[str, tuple[int, ...]]:
    """The shape of each weight by its name."""
    shapes: dict[str, tuple[int, ...]] = {}
    for layer in plan.layers:
        shapes[f"{layer.name}_kernel"] = layer.kernel_shape
        shapes[f"{layer.name}_bias"] = (layer.units,)
        if layer.classes:
            shapes[f"{layer.name}_class_kernel"] = layer.classes, layer.units
    return shapes


def flattened(plan: Plan, weights: dict[str, np.ndarray]) -> np.ndarray:
    """All weights in one row `(n,)`."""
    return np.concatenate([weights[name].ravel() for name in weight_shapes(plan)])


def rebuild(plan: Plan, weights: dict[str, np.ndarray]) -> TrainedVae:
    """The trained autoencoder from its stored `weights`; ValueError if they do not fit the plan."""
    shapes = weight_shapes(plan)
    for name, shape in shapes.items():
        if name not in weights:
            raise ValueError(f"{name} is missing")
        if weights[name].shape != shape:
            raise ValueError(f"{name} has the shape {weights[name].shape} instead of {shape}")
    return TrainedVae(plan, {name: weights[name] for name in shapes})


def grey_levels(images: np.ndarray) -> np.ndarray:
    """Pixels as float32 in 0…1: bytes are divided by 255, floats are taken as they are."""
    if images.dtype == np.uint8:
        return images * np.float32(1 / 255)
    return images.astype(np.float32, copy=False)
