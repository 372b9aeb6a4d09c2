"""What is to be fitted and how: the settings and the layers."""

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import prod
from typing import Literal

from vae.layers import Convolution, Dense, Layer, Shape, Transposed, halved

# Of the log-variance of a code. Where training settles it is negative; but a step too far can raise it
# for a single image, and its exponential in the KL term then ends the training with infinities.
LARGEST_LOG_VARIANCE = 4.0
# So many images at a time keep the arrays of a dense layer in the processor's cache; of convolutions, as
# many as have so many numbers in the largest of them.
BLOCK, LARGEST_BLOCK = 500, 2**20


@dataclass(frozen=True)
class Plan:
    """How a variational autoencoder is fitted, with every default filled in.

    `neurons_per_layer` are the units of dense layers, or the maps of convolutions.
    `latent_activation` belongs to the layer of the means; the logits are linear, and so are the
    log-variances up to LARGEST_LOG_VARIANCE.
    In the last `exact_posterior_epochs` the decoder learns at codes that are drawn from p(z | x).
    `batch_size` None means all images in one batch; `patience` None means never to stop early.
    """

    shape: Shape  # rows, columns and channels of an image
    layer_kind: Literal["dense", "convolutional"]
    neurons_per_layer: list[int]
    latent_layer_neurons: int
    encoder_activation: str
    latent_activation: str
    decoder_activation: str
    minimizer: str
    learning_rate: float
    epsilon: float
    learning_rate_schedule: str
    batch_size: int | None
    epochs: int
    beta: float
    kl_warmup_epochs: int
    patience: int | None
    seed: int
    exact_posterior_epochs: int = 0
    classes: int = 0  # of which encoder and decoder are given one; 0 if they are given none

    @property
    def pixels(self) -> int:
        """How many numbers an image has; in what is trained on, the class follows as so many 0 and a 1."""
        return prod(self.shape)

    @property
    def shapes(self) -> list[Shape]:
        """What goes into the network and what each of its layers gives, the means among them."""
        inwards = self._inwards
        return [*inwards, (self.latent_layer_neurons,), *reversed(inwards)]

    @property
    def encoder_layers(self) -> list[Layer]:
        """The hidden layers of the encoder, from the input inwards."""
        names = [f"encoder_{number}" for number in self._numbers]
        return self._given_class(_chain(self._inwards, names, self.encoder_activation, Convolution))

    @property
    def latent_layers(self) -> tuple[Dense, Dense]:
        """The two layers on top of the encoder: means and log-variances."""
        inputs, units = prod(self._inwards[-1]), self.latent_layer_neurons
        classes = 0 if self.neurons_per_layer else self.classes
        mean = Dense("mean", inputs, units, self.latent_activation, classes)
        return mean, Dense("log_variance", inputs, units, "linear", classes)

    @property
    def decoder_layers(self) -> list[Layer]:
        """The hidden layers of the decoder, which mirror the encoder's, and the layer of the logits."""
        shapes: list[Shape] = [(self.latent_layer_neurons,), *reversed(self._inwards)]
        names = [f"decoder_{number}" for number in self._numbers]
        hidden = _chain(shapes[:-1], names, self.decoder_activation, Transposed)
        return self._given_class([*hidden, *_chain(shapes[-2:], ["output"], "linear", Transposed)])

    @property
    def layers(self) -> list[Layer]:
        """All of them."""
        return [*self.encoder_layers, *self.latent_layers, *self.decoder_layers]

    @property
    def images_at_once(self) -> int:
        """So many images are computed together wherever their number is free."""
        largest = max([1, *(layer.unfolded for layer in self._of_maps)])
        return max(1, min(BLOCK, LARGEST_BLOCK // largest))

    def step_bytes(self, batch: int) -> int:
        """About how much memory the convolutions of a step take.

        Of each layer there are maps, what unfolds from them, and the derivatives of both.
        """
        return 4 * batch * sum(2 * (layer.unfolded + prod(layer.outputs)) for layer in self._of_maps)

    def beta_at(self, epoch: int) -> float:
        """The weight of the KL term in an epoch: it grows on a line and is `beta` after the warm-up.

        With 2 epochs of warm-up it is 1/3, 2/3 and then 3/3 of `beta`.
        """
        return self.beta * min(1.0, (epoch + 1) / (self.kl_warmup_epochs + 1))

    def is_exact(self, epoch: int) -> bool:
        """Whether the decoder learns at codes that are drawn from the true posterior in an epoch."""
        return epoch >= self.epochs - self.exact_posterior_epochs

    @property
    def _inwards(self) -> list[Shape]:
        """An image, and what each layer makes of it on the way to the code."""
        if self.layer_kind == "convolutional":
            return list(accumulate(self.neurons_per_layer, halved, initial=self.shape))
        return [(self.pixels,), *((units,) for units in self.neurons_per_layer)]

    def _given_class(self, layers: list[Layer]) -> list[Layer]:
        """The same, of which the first is given the class."""
        return [replace(layer, classes=self.classes) for layer in layers[:1]] + layers[1:]

    @property
    def _of_maps(self) -> list[Convolution | Transposed]:
        """The layers that lead from maps to maps."""
        return [layer for layer in self.layers if not isinstance(layer, Dense)]

    @property
    def _numbers(self) -> range:
        """Of the hidden layers."""
        return range(1, len(self.neurons_per_layer) + 1)


def _chain(
    shapes: list[Shape], names: list[str], activation: str, of_maps: type[Convolution] | type[Transposed]
) -> list[Layer]:
    """Layers through `shapes`, the first of which is what comes in; `of_maps` lead from maps to maps."""
    return [
        of_maps(name, inputs, outputs, activation)
        if len(inputs) == len(outputs) == 3
        else Dense(name, prod(inputs), prod(outputs), activation)
        for name, (inputs, outputs) in zip(names, pairwise(shapes), strict=True)
    ]
