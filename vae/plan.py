"""What is to be fitted and how: the settings and the layers."""

from dataclasses import dataclass
from itertools import pairwise

# Of the log-variance of a code. Where training settles it is negative; but a step too far can raise it
# for a single image, and its exponential in the KL term then ends the training with infinities.
LARGEST_LOG_VARIANCE = 4.0


@dataclass(frozen=True)
class Dense:
    """One dense layer with biases; its weights are called `{name}_kernel` and `{name}_bias`."""

    name: str
    inputs: int
    units: int
    activation: str


@dataclass(frozen=True)
class Plan:
    """How a variational autoencoder is fitted, with every default filled in.

    `latent_activation` belongs to the layer of the means; the logits are linear, and so are the
    log-variances up to LARGEST_LOG_VARIANCE.
    `batch_size` None means all images in one batch; `patience` None means never to stop early.
    """

    neurons_per_layer: list[int]
    latent_layer_neurons: int
    encoder_activation: str
    latent_activation: str
    decoder_activation: str
    minimizer: str
    learning_rate: float
    learning_rate_schedule: str
    batch_size: int | None
    epochs: int
    beta: float
    kl_warmup_epochs: int
    patience: int | None
    seed: int

    def encoder_layers(self, pixels: int) -> list[Dense]:
        """The hidden layers of the encoder, from the input inwards."""
        return _chain("encoder", [pixels, *self.neurons_per_layer], self.encoder_activation)

    def latent_layers(self, pixels: int) -> tuple[Dense, Dense]:
        """The two layers on top of the encoder: means and log-variances."""
        inputs, units = [pixels, *self.neurons_per_layer][-1], self.latent_layer_neurons
        mean = Dense("mean", inputs, units, self.latent_activation)
        return mean, Dense("log_variance", inputs, units, "linear")

    def decoder_layers(self, pixels: int) -> list[Dense]:
        """The hidden layers of the decoder, which mirror the encoder's, and the layer of the logits."""
        units = [self.latent_layer_neurons, *reversed(self.neurons_per_layer)]
        hidden = _chain("decoder", units, self.decoder_activation)
        return [*hidden, Dense("output", units[-1], pixels, "linear")]

    def beta_at(self, epoch: int) -> float:
        """The weight of the KL term in an epoch: it grows on a line and is `beta` after the warm-up.

        With 2 epochs of warm-up it is 1/3, 2/3 and then 3/3 of `beta`.
        """
        return self.beta * min(1.0, (epoch + 1) / (self.kl_warmup_epochs + 1))


def _chain(name: str, units: list[int], activation: str) -> list[Dense]:
    """Layers `{name}_1`, `{name}_2`, … through `units`, the first of which are the inputs."""
    pairs = enumerate(pairwise(units), start=1)
    return [Dense(f"{name}_{index}", *pair, activation) for index, pair in pairs]
