"""A trained variational autoencoder: plain arrays, which encode and decode without TensorFlow.

Training is Keras's; afterwards a forward pass is a handful of matrix products, and a finished run
can be looked at without waiting for TensorFlow. The tests hold it against the Keras models.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from training.activations import ACTIVATIONS, quick_logistic
from vae.plan import LARGEST_LOG_VARIANCE, Dense, Plan

# The slope at which the logistic function is Keras's sigmoid, 1 / (1 + exp(−x)).
BETA = 0.5
# So many images at a time keep the arrays of a layer in the processor's cache.
BLOCK = 500


@dataclass(frozen=True)
class TrainedVae:
    """The weights by name (`encoder_1_kernel`, …), the plan, and the number of pixels of an image."""

    plan: Plan
    pixels: int
    weights: dict[str, np.ndarray]

    def encode(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and log-variance, `(n, latent)` each, of `images` `(n, pixels)`, bytes or 0…1."""
        parts = [self._encode_block(grey_levels(images[rows])) for rows in blocks(len(images))]
        empty = np.empty((0, self.plan.latent_layer_neurons), np.float32)
        means, log_variances = zip((empty, empty), *parts, strict=True)
        return np.concatenate(means), np.concatenate(log_variances)

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Pixels `(n, pixels)`, float32 in 0…1, of `codes` `(n, latent)`."""
        result = np.empty((len(codes), self.pixels), np.float32)
        for rows in blocks(len(codes)):
            result[rows] = quick_logistic(self.logits(codes[rows]), BETA)
        return result

    def logits(self, codes: np.ndarray) -> np.ndarray:
        """What the decoder gives before the logistic function, `(n, pixels)`, of `codes` `(n, latent)`."""
        return self._through(self.plan.decoder_layers(self.pixels), codes.astype(np.float32, copy=False))

    def _encode_block(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = self._through(self.plan.encoder_layers(self.pixels), images)
        mean, log_variance = (
            self._through([layer], hidden) for layer in self.plan.latent_layers(self.pixels)
        )
        return mean, np.minimum(log_variance, LARGEST_LOG_VARIANCE)

    def _through(self, layers: list[Dense], values: np.ndarray) -> np.ndarray:
        for layer in layers:
            values = values @ self.weights[f"{layer.name}_kernel"] + self.weights[f"{layer.name}_bias"]
            values = ACTIVATIONS[layer.activation].quick(values, BETA)
        return values


def rebuild(plan: Plan, pixels: int, weights: dict[str, np.ndarray]) -> TrainedVae:
    """The trained autoencoder from its stored `weights`; ValueError if they do not fit the plan."""
    layers = [*plan.encoder_layers(pixels), *plan.latent_layers(pixels), *plan.decoder_layers(pixels)]
    shapes: dict[str, tuple[int, ...]] = {}
    for layer in layers:
        shapes[f"{layer.name}_kernel"] = (layer.inputs, layer.units)
        shapes[f"{layer.name}_bias"] = (layer.units,)
    for name, shape in shapes.items():
        if name not in weights:
            raise ValueError(f"{name} is missing")
        if weights[name].shape != shape:
            raise ValueError(f"{name} has the shape {weights[name].shape} instead of {shape}")
    return TrainedVae(plan, pixels, {name: weights[name] for name in shapes})


def grey_levels(images: np.ndarray) -> np.ndarray:
    """Pixels as float32 in 0…1: bytes are divided by 255, floats are taken as they are."""
    if images.dtype == np.uint8:
        return images * np.float32(1 / 255)
    return images.astype(np.float32, copy=False)


def blocks(count: int) -> Iterator[slice]:
    """Slices that cover `count` rows."""
    return (slice(start, start + BLOCK) for start in range(0, count, BLOCK))
