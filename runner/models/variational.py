"""Mode VAE: the Keras network."""

from dataclasses import dataclass, replace
from importlib.util import find_spec
from math import prod
from typing import Any

import numpy as np

from latent.codes import Codes
from latent.region import NormalPrior, Region
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import Cell, Data, channels_of
from runner.models.face import Candidate, ConvolutionLayer, DenseLayer, Layers, MapUnits, Training
from runner.models.held_back import without_held_back
from runner.models.sizes import LARGEST_MEMORY
from training.ending import Ending
from training.watch import Watch
from vae.evaluation import reconstruction_terms
from vae.fitting import fit
from vae.keras_models import keras_models
from vae.layers import Dense, Layer, Transposed, most_convolutions
from vae.likelihood import Losses, losses
from vae.plan import Plan
from vae.tensorflow_setup import accelerator
from vae.trained import BETA, TrainedVae, rebuild

MOST_WEIGHTS = 50_000_000


@dataclass(frozen=True)
class VariationalAutoencoder:
    """The Keras network as plain arrays."""

    trained: TrainedVae

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first."""
        return sizes_of(self.trained.plan)

    @property
    def latent_size(self) -> int:
        """The number of latent units."""
        return self.trained.plan.latent_layer_neurons

    def encode(self, pixels: np.ndarray) -> Codes:
        """Means and log-variances of pictures `(n, pixels)`."""
        return Codes(*self.trained.encode(pixels))

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Pixels `(…, pixels)`, float32 in 0…1, of codes `(…, latent)`."""
        pixels = self.trained.decode(codes.reshape(-1, codes.shape[-1]))
        return pixels.reshape(*codes.shape[:-1], pixels.shape[-1])

    def region(self, codes: Codes) -> Region:
        """The prior, seen along what the codes tell most by."""
        return NormalPrior.of(codes)

    def nats(self, pixels: np.ndarray, seed: int, draws: int) -> np.ndarray:
        """The reconstruction term of −ELBO `(n,)` of pictures `(n, pixels)`."""
        return reconstruction_terms(self.trained, pixels, seed, draws)

    def losses(self, pixels: np.ndarray) -> Losses:
        """The parts of −ELBO of pictures `(n, pixels)`. Raises ValueError beyond two latent numbers."""
        return losses(self.trained, pixels)

    def with_weights(self, weights: np.ndarray) -> "VariationalAutoencoder":
        """The same networks with other weights `(weights,)`, layer by layer."""
        return VariationalAutoencoder(self.trained.with_weights(weights))

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights by name."""
        return self.trained.weights

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], config: Config) -> "VariationalAutoencoder":
        """The network of a run with that `config`. Raises ValueError if they do not fit it."""
        return cls(rebuild(fitting_plan(config, tuple(arrays["cell"].tolist())), arrays))

    def layers(self) -> tuple[Layers, Layers]:
        """Encoder and decoder; Keras ends with logits, of which 1 / (1 + exp(−x)) makes pixels."""
        plan = self.trained.plan
        encoder = [*map(self._layer, plan.encoder_layers), self._layer(plan.latent_layers[0])]
        *hidden, output = map(self._layer, plan.decoder_layers)
        return encoder, [*hidden, replace(output, activation="logistic")]

    def spread_layer(self) -> DenseLayer:
        """From what the means are made of to the log-variances."""
        layer = self._layer(self.trained.plan.latent_layers[1])
        assert isinstance(layer, DenseLayer)
        return layer

    def keras_models(self) -> tuple[Any, Any]:
        """Pixels `(n, pixels)` in 0…1 → means, log-variances; codes `(n, latent)` → pixels.

        Raises UserError without TensorFlow.
        """
        check_tensorflow()
        return keras_models(self.trained)

    def _layer(self, layer: Layer) -> DenseLayer | ConvolutionLayer:
        weights = self.trained.weights
        kernel, bias = weights[f"{layer.name}_kernel"], weights[f"{layer.name}_bias"]
        if isinstance(layer, Dense):
            return DenseLayer(kernel.T, bias, layer.activation, BETA)
        is_transposed = isinstance(layer, Transposed)
        kernel = kernel.swapaxes(2, 3) if is_transposed else kernel
        shapes = layer.inputs, layer.outputs
        return ConvolutionLayer(kernel, bias, layer.activation, BETA, *shapes, is_transposed)


@dataclass(frozen=True)
class VariationalTrainer:
    """A plan and pictures, ready to be trained."""

    data: Data
    plan: Plan

    @classmethod
    def prepare(cls, config: Config, data: Data) -> "VariationalTrainer":
        """Lay out the networks of a config. Raises UserError if they are too large to train."""
        check_tensorflow()
        plan = fitting_plan(config, data.cell)
        check_depth(plan)
        check_size(plan, len(data.train))
        return cls(data, plan)

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first."""
        return sizes_of(self.plan)

    @property
    def measure(self) -> str:
        """−ELBO."""
        return "nats"

    @property
    def noise(self) -> None:
        """None: the noise of a variational autoencoder is in its codes."""

    @property
    def accelerator(self) -> str | None:
        """The graphics card that TensorFlow sees."""
        return accelerator()

    def fit(self, watch: Watch) -> Training:
        """Train."""
        test = self.data.test
        validation = _numbers(test.pixels) if test else None
        pixels, held_back = without_held_back(self.data, self.plan.patience, self.plan.seed)
        beside = None if held_back is None else _numbers(held_back)
        fitted = fit(_numbers(pixels), validation, self.plan, watch, beside)
        model = VariationalAutoencoder(fitted.trained)
        diverged = fitted.ending is Ending.DIVERGED
        candidate = Candidate(self.plan.seed, model, fitted.history, diverged, fitted.moments)
        return Training([candidate], fitted.ending)


def check_tensorflow() -> None:
    """Raise UserError if TensorFlow is not installed."""
    if find_spec("tensorflow") is None:
        raise UserError("mode: VAE needs TensorFlow; install it with: pip install tensorflow")


def sizes_of(plan: Plan) -> list[int]:
    """The number of units of each layer, input first."""
    return [MapUnits(*shape) if len(shape) == 3 else shape[0] for shape in plan.shapes]


def check_depth(plan: Plan) -> None:
    """Raise UserError if a picture cannot be halved as often as there are convolutions."""
    most = most_convolutions(plan.shape)
    if plan.layer_kind == "convolutional" and len(plan.neurons_per_layer) > most:
        rows, columns, _ = plan.shape
        raise UserError(
            f"neurons_per_layer: got {len(plan.neurons_per_layer)} layers; each convolution halves the"
            f" picture, and of {rows}×{columns} pixels one is left after {most}, so write at most {most}"
        )


def check_size(plan: Plan, images: int) -> None:
    """Raise UserError if the Keras network needs more than this machine should hold."""
    weights = sum(prod(layer.kernel_shape) for layer in plan.layers)
    if weights > MOST_WEIGHTS:
        raise UserError(
            f"neurons_per_layer: {weights:,} weights are more than {MOST_WEIGHTS:,}; take fewer"
        )
    batch = min(plan.batch_size or images, images)
    if plan.step_bytes(batch) > LARGEST_MEMORY:
        most = LARGEST_MEMORY // plan.step_bytes(1)
        remedy = f"write a batch_size of at most {most}" if most else "take fewer"
        raise UserError(
            f"neurons_per_layer: a step of {batch:,} images through these convolutions needs"
            f" {plan.step_bytes(batch) / 2**30:.0f} GiB, and {LARGEST_MEMORY / 2**30:.0f} GiB are allowed;"
            f" {remedy}"
        )


def fitting_plan(config: Config, cell: Cell) -> Plan:
    """The keys of `config` that say how to train, for images of a `cell`."""
    names = Plan.__dataclass_fields__.keys() - {"shape"}
    return Plan(shape=(*cell[:2], channels_of(cell)), **{name: getattr(config, name) for name in names})


def _numbers(pixels: np.ndarray) -> np.ndarray:
    """Bytes as they are, floats in the precision of the network."""
    return pixels if pixels.dtype == np.uint8 else pixels.astype(np.float32)
