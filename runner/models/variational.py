"""Mode VAE: the Keras network."""

from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import numpy as np

from latent.codes import Codes
from latent.region import NormalPrior, Region
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import Data
from runner.models.face import Candidate, DenseLayer, Training
from runner.models.held_back import without_held_back
from training.ending import Ending
from training.watch import Watch
from vae.evaluation import reconstruction_terms
from vae.fitting import fit
from vae.keras_models import keras_models
from vae.plan import Dense, Plan
from vae.trained import BETA, TrainedVae, rebuild

MOST_WEIGHTS = 50_000_000


@dataclass(frozen=True)
class VariationalAutoencoder:
    """The Keras network as plain arrays."""

    trained: TrainedVae

    @cached_property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first."""
        encoder, decoder = self.layers()
        return [self.trained.pixels, *(len(layer.bias) for layer in (*encoder, *decoder))]

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
        """The prior, whatever the codes are."""
        return NormalPrior(self.latent_size)

    def nats(self, pixels: np.ndarray, seed: int, draws: int) -> np.ndarray:
        """The reconstruction term of −ELBO `(n,)` of pictures `(n, pixels)`."""
        return reconstruction_terms(self.trained, pixels, seed, draws)

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights by name."""
        return self.trained.weights

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], config: Config) -> "VariationalAutoencoder":
        """The network of a run with that `config`. Raises ValueError if they do not fit it."""
        pixels = int(arrays["cell"].prod())
        return cls(rebuild(fitting_plan(config), pixels, arrays))

    def layers(self) -> tuple[list[DenseLayer], list[DenseLayer]]:
        """Encoder and decoder; Keras ends with logits, of which 1 / (1 + exp(−x)) makes pixels."""
        plan, pixels = self.trained.plan, self.trained.pixels
        mean, _ = plan.latent_layers(pixels)
        encoder = [*map(self._layer, plan.encoder_layers(pixels)), self._layer(mean)]
        *hidden, output = map(self._layer, plan.decoder_layers(pixels))
        return encoder, [*hidden, DenseLayer(output.weights, output.bias, "logistic", BETA)]

    def keras_models(self) -> tuple[Any, Any]:
        """Pixels `(n, pixels)` in 0…1 → means, log-variances; codes `(n, latent)` → pixels.

        Raises UserError without TensorFlow.
        """
        check_tensorflow()
        return keras_models(self.trained)

    def _layer(self, layer: Dense) -> DenseLayer:
        weights = self.trained.weights
        kernel, bias = weights[f"{layer.name}_kernel"], weights[f"{layer.name}_bias"]
        return DenseLayer(kernel.T, bias, layer.activation, BETA)


@dataclass(frozen=True)
class VariationalTrainer:
    """A plan and pictures, ready to be trained."""

    data: Data
    plan: Plan

    @classmethod
    def prepare(cls, config: Config, data: Data) -> "VariationalTrainer":
        """Lay out the networks of a config. Raises UserError if they are too large to train."""
        check_tensorflow()
        trainer = cls(data, fitting_plan(config))
        check_size(trainer.sizes)
        return trainer

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first."""
        hidden, pixels = self.plan.neurons_per_layer, self.data.rows * self.data.columns
        return [pixels, *hidden, self.plan.latent_layer_neurons, *reversed(hidden), pixels]

    @property
    def measure(self) -> str:
        """−ELBO."""
        return "nats"

    @property
    def noise(self) -> None:
        """None: the noise of a variational autoencoder is in its codes."""

    def fit(self, watch: Watch) -> Training:
        """Train."""
        test = self.data.test
        validation = _numbers(test.pixels) if test else None
        pixels, held_back = without_held_back(self.data, self.plan.patience, self.plan.seed)
        beside = None if held_back is None else _numbers(held_back)
        fitted = fit(_numbers(pixels), validation, self.plan, watch, beside)
        model = VariationalAutoencoder(fitted.trained)
        diverged = fitted.ending is Ending.DIVERGED
        return Training([Candidate(self.plan.seed, model, fitted.history, diverged)], fitted.ending)


def check_tensorflow() -> None:
    """Raise UserError if TensorFlow is not installed."""
    if find_spec("tensorflow") is None:
        raise UserError("mode: VAE needs TensorFlow; install it with: pip install tensorflow")


def check_size(sizes: list[int]) -> None:
    """Raise UserError if the Keras network would have more weights than this machine should hold."""
    weights = sum(a * b for a, b in pairwise(sizes))
    if weights > MOST_WEIGHTS:
        raise UserError(
            f"neurons_per_layer: {weights:,} weights are more than {MOST_WEIGHTS:,}; take fewer"
        )


def fitting_plan(config: Config) -> Plan:
    """The keys of `config` that say how to train."""
    return Plan(**{name: getattr(config, name) for name in Plan.__dataclass_fields__})


def _numbers(pixels: np.ndarray) -> np.ndarray:
    """Bytes as they are, floats in the precision of the network."""
    return pixels if pixels.dtype == np.uint8 else pixels.astype(np.float32)
