"""The fully connected autoencoder: its layers, its parameter vector, and what it computes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import autograd.numpy as anp
import numpy as np

from autoencoder.latent_noise import noisy
from training.activations import ACTIVATIONS

# A pixel that is always 0 or always 1 is drawn within this of it at first: a logit as it may become.
FAINTEST = 0.01


@dataclass(frozen=True)
class Layer:
    """One dense layer: `outputs` units that each see `inputs` values, then an activation."""

    inputs: int
    outputs: int
    activation: str


@dataclass(frozen=True)
class Network:
    """The shape of an autoencoder; the numbers live in a parameter array of the caller's.

    Parameters are flat: `(..., parameters)`, the leading axes for restarts. Each layer owns a
    `(outputs, inputs)` block, in order; with `bias` the block has one more column, the weights of
    an input that is always 1. `beta` is the slope of every logistic unit, and `fixed_bias` a number that
    is added to the sum of every unit and is no parameter.
    """

    layers: tuple[Layer, ...]
    encoder_depth: int
    bias: bool
    beta: float
    fixed_bias: float = 0.0

    @classmethod
    def mirrored(cls, sizes, activations, *, bias=False, beta=1.0, fixed_bias=0.0) -> "Network":
        """An encoder through `sizes` (pixels, hidden…, latent) and the decoder that mirrors it.

        `activations` names those of the encoder's hidden layers, the latent layer and the decoder's
        hidden layers. The output layer is always logistic, because pixels lie in 0…1.
        """
        encoder, latent, decoder = activations
        depth = len(sizes) - 1
        names = [encoder] * (depth - 1) + [latent] + [decoder] * (depth - 1) + ["logistic"]
        units = [*sizes, *reversed(sizes[:-1])]
        layers = tuple(map(Layer, units[:-1], units[1:], names))
        return cls(layers, depth, bias, beta, fixed_bias)

    @cached_property
    def parameter_count(self) -> int:
        """The length of the parameter vector."""
        return sum(layer.outputs * (layer.inputs + self.bias) for layer in self.layers)

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first: the [35, 20, …, 35] of the literature."""
        return [self.layers[0].inputs, *(layer.outputs for layer in self.layers)]

    @property
    def latent_size(self) -> int:
        """The number of latent units."""
        return self.layers[self.encoder_depth - 1].outputs

    @property
    def has_twins(self) -> bool:
        """Whether every activation has a twin in place; that of the output belongs to the loss."""
        return all(ACTIVATIONS[layer.activation].in_place for layer in self.layers[:-1])

    def unpack(self, parameters) -> list:
        """Views `(..., outputs, inputs + bias)` of `(..., parameters)`, one for each layer."""
        views, start = [], 0
        for layer in self.layers:
            columns = layer.inputs + self.bias
            stop = start + layer.outputs * columns
            shape = (*parameters.shape[:-1], layer.outputs, columns)
            views.append(parameters[..., start:stop].reshape(shape))
            start = stop
        return views

    def initial_parameters(self, initialization, random: np.random.Generator) -> np.ndarray:
        """Draw `(parameters,)` initial weights; biases start at 0.

        `normal` is standard normal, `uniform` uniform in ±1, `glorot` uniform in ±√(6 / (inputs + outputs))
        (Glorot & Bengio 2010), `he` normal with variance 2 / inputs (He et al. 2015).
        """
        parameters = np.zeros(self.parameter_count)
        for layer, block in zip(self.layers, self.unpack(parameters), strict=True):
            weights = INITIALIZATIONS[initialization](layer, random)
            block[:, : layer.inputs] = weights
        return parameters

    def rest_on(self, parameters: np.ndarray, mean: np.ndarray) -> None:
        """Set the biases of `(parameters,)` so that a picture `mean` `(pixels,)` in 0…1 is where it rests.

        The first layer then sees only what differs from it (LeCun et al. 1998, "Efficient BackProp", 4.3),
        and an output layer that is told nothing draws it. Raises ValueError for a network without biases.
        """
        if not self.bias:
            raise ValueError("a network without biases cannot rest on a picture")
        first, *_, last = self.unpack(parameters)
        first[:, -1] = -(first[:, :-1] @ mean)
        inside = np.clip(mean, FAINTEST, 1 - FAINTEST)
        last[:, -1] = np.log(inside / (1 - inside)) / (2 * self.beta)

    def encode(self, parameters, pixels):
        """Codes `(..., examples, latent)` of `pixels` `(..., examples, pixels)`."""
        return self._run(slice(None, self.encoder_depth), self.unpack(parameters), pixels)

    def decode(self, parameters, codes):
        """Pixels `(..., examples, pixels)` of `codes` `(..., examples, latent)`."""
        return self._run(slice(self.encoder_depth, None), self.unpack(parameters), codes)

    def reconstruct(self, parameters, pixels):
        """Encode and decode: pixels in, pixels out."""
        return self.decode(parameters, self.encode(parameters, pixels))

    def logits(self, parameters, pixels, latent_noise=None):
        """2 beta x `(..., examples, pixels)` for the sums x of the output layer.

        `latent_noise` `(examples, latent)` moves the codes by shares of their range.
        """
        weights = self.unpack(parameters)
        codes = self._run(slice(None, self.encoder_depth), weights, pixels)
        if latent_noise is not None:
            codes = noisy(codes, latent_noise)
        values = self._run(slice(self.encoder_depth, -1), weights, codes)
        return 2 * self.beta * self._sums(self.layers[-1], weights[-1], values)

    def _run(self, part: slice, all_weights, values):
        for layer, weights in zip(self.layers[part], all_weights[part], strict=True):
            sums = self._sums(layer, weights, values)
            values = ACTIVATIONS[layer.activation].plain(sums, self.beta)
        return values

    @np.errstate(over="ignore")  # where weights are enormous a sum is infinite, and the unit saturated
    def _sums(self, layer: Layer, weights, values):
        sums = values @ anp.swapaxes(weights[..., : layer.inputs], -1, -2)
        if self.bias:
            sums = sums + weights[..., None, :, -1]
        return sums + self.fixed_bias if self.fixed_bias else sums


def _normal(layer: Layer, random: np.random.Generator) -> np.ndarray:
    return random.standard_normal((layer.outputs, layer.inputs))


def _uniform(layer: Layer, random: np.random.Generator) -> np.ndarray:
    return random.uniform(-1, 1, (layer.outputs, layer.inputs))


def _glorot(layer: Layer, random: np.random.Generator) -> np.ndarray:
    limit = np.sqrt(6 / (layer.inputs + layer.outputs))
    return random.uniform(-limit, limit, (layer.outputs, layer.inputs))


def _he(layer: Layer, random: np.random.Generator) -> np.ndarray:
    return np.sqrt(2 / layer.inputs) * _normal(layer, random)


INITIALIZATIONS: dict[str, Callable[[Layer, np.random.Generator], np.ndarray]] = {
    "normal": _normal,
    "uniform": _uniform,
    "glorot": _glorot,
    "he": _he,
}
