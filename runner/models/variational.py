"""Mode VAE: the Keras network."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from latent.codes import Codes
from latent.region import NormalPrior, Region
from runner.config.keys import Config
from runner.data import Data
from runner.models.face import Candidate, ConvolutionLayer, DenseLayer, Layers, Training
from runner.models.held_back import without_held_back
from runner.models.variational_plan import (
    check_depth,
    check_size,
    check_tensorflow,
    classes_given,
    fitting_plan,
    sizes_of,
    with_classes,
)
from training.ending import Ending
from training.watch import Watch
from vae.evaluation import reconstruction_terms
from vae.expectation import CELLS, posterior_modes
from vae.fitting import fit
from vae.importance import Bound, importance_bound
from vae.keras_models import keras_models
from vae.layers import Dense, Layer, Transposed
from vae.likelihood import Losses, losses
from vae.plan import Plan
from vae.posterior import SPACINGS
from vae.tensorflow_setup import accelerator
from vae.trained import BETA, TrainedVae, rebuild

Arrays = tuple[np.ndarray, ...]
Work = Callable[[TrainedVae, np.ndarray], Arrays]


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

    @property
    def classes(self) -> int:
        """Of how many classes it is given one; 0 if it is given none."""
        return self.trained.plan.classes

    def encode(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> Codes:
        """Means and log-variances of pictures `(n, pixels)` of classes `(n,)`."""
        return Codes(*self._by_class(TrainedVae.encode, pixels, labels))

    def decode(self, codes: np.ndarray, labels: np.ndarray | None = None) -> np.ndarray:
        """Pixels `(…, pixels)`, float32 in 0…1, of codes `(…, latent)` of classes `(…)`."""
        flat = codes.reshape(-1, codes.shape[-1])
        of_each = labels.ravel() if self.classes and labels is not None else None
        (pixels,) = self._by_class(lambda trained, rows: (trained.decode(rows),), flat, of_each)
        return pixels.reshape(*codes.shape[:-1], pixels.shape[-1])

    def region(self, codes: Codes) -> Region:
        """The prior, seen along what the codes tell most by."""
        return NormalPrior.of(codes)

    def nats(
        self, pixels: np.ndarray, seed: int, draws: int, labels: np.ndarray | None = None
    ) -> np.ndarray:
        """The reconstruction term of −ELBO `(n,)` of pictures `(n, pixels)` of classes `(n,)`."""
        (terms,) = self._by_class(
            lambda trained, rows: (reconstruction_terms(trained, rows, seed, draws),), pixels, labels
        )
        return terms

    def losses(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> Losses | None:
        """The parts of −ELBO of pictures `(n, pixels)` of classes `(n,)`, where that is given p(x | class).

        None beyond two latent numbers, where there is no grid over all codes.
        """
        if self.latent_size not in SPACINGS:
            return None
        return Losses.of_arrays(
            self._by_class(lambda trained, rows: losses(trained, rows).arrays(), pixels, labels)
        )

    def modes(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> np.ndarray | None:
        """The most probable codes of pictures `(n, pixels)` of classes `(n,)`; None beyond two numbers."""
        if self.latent_size not in CELLS:
            return None
        (modes,) = self._by_class(lambda trained, rows: (posterior_modes(trained, rows),), pixels, labels)
        return modes

    def bound(self, pixels: np.ndarray, seed: int, labels: np.ndarray | None = None) -> Bound:
        """A lower bound of log p(x), or given the class of log p(x | class), by importance weighting."""

        def work(trained: TrainedVae, rows: np.ndarray) -> Arrays:
            return importance_bound(trained, rows, seed).arrays

        log_likelihood, gain = self._by_class(work, pixels, labels)
        return Bound(log_likelihood, gain)

    def _by_class(self, work: Work, values: np.ndarray, labels: np.ndarray | None) -> Arrays:
        """What `work` gives of each of `values` `(n, …)`, by the network that is given its class."""
        if not self.classes:
            return work(self.trained, values)
        if labels is None:
            raise ValueError("this network is given a class, and there is none")
        found = [np.flatnonzero(labels == label) for label in range(self.classes)]
        parts = [work(self.trained.of_class(label), values[rows]) for label, rows in enumerate(found)]
        order = np.argsort(np.concatenate(found), kind="stable")
        return tuple(np.concatenate(arrays)[order] for arrays in zip(*parts, strict=True))

    def with_weights(self, weights: np.ndarray) -> "VariationalAutoencoder":
        """The same networks with other weights `(weights,)`, layer by layer."""
        return VariationalAutoencoder(self.trained.with_weights(weights))

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights by name."""
        return self.trained.weights

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], config: Config) -> "VariationalAutoencoder":
        """The network of a run with that `config`. Raises ValueError if they do not fit it."""
        given = (len(array) for name, array in arrays.items() if name.endswith("_class_kernel"))
        return cls(rebuild(fitting_plan(config, tuple(arrays["cell"].tolist()), next(given, 0)), arrays))

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

        If it is given classes, both take `(n, classes)` of 0 and one 1 beside these. Raises UserError
        without TensorFlow.
        """
        check_tensorflow()
        return keras_models(self.trained)

    def _layer(self, layer: Layer) -> DenseLayer | ConvolutionLayer:
        weights = self.trained.weights
        kernel, bias = weights[f"{layer.name}_kernel"], weights[f"{layer.name}_bias"]
        rows = weights.get(f"{layer.name}_class_kernel")
        if isinstance(layer, Dense):
            return DenseLayer(kernel.T, bias, layer.activation, BETA, rows)
        is_transposed = isinstance(layer, Transposed)
        kernel = kernel.swapaxes(2, 3) if is_transposed else kernel
        shapes = layer.inputs, layer.outputs
        return ConvolutionLayer(kernel, bias, layer.activation, BETA, *shapes, is_transposed, rows)


@dataclass(frozen=True)
class VariationalTrainer:
    """A plan and pictures, ready to be trained."""

    data: Data
    plan: Plan

    @classmethod
    def prepare(cls, config: Config, data: Data) -> "VariationalTrainer":
        """Lay out the networks of a config. Raises UserError if they are too large to train."""
        check_tensorflow()
        plan = fitting_plan(config, data.cell, classes_given(config, data))
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
        data = with_classes(self.data, self.plan.classes)
        validation = _numbers(data.test.pixels) if data.test else None
        pixels, held_back = without_held_back(data, self.plan.patience, self.plan.seed)
        beside = None if held_back is None else _numbers(held_back)
        fitted = fit(_numbers(pixels), validation, self.plan, watch, beside)
        model = VariationalAutoencoder(fitted.trained)
        diverged = fitted.ending is Ending.DIVERGED
        candidate = Candidate(self.plan.seed, model, fitted.history, diverged, fitted.moments)
        return Training([candidate], fitted.ending)


def _numbers(pixels: np.ndarray) -> np.ndarray:
    """Bytes as they are, floats in the precision of the network."""
    return pixels if pixels.dtype == np.uint8 else pixels.astype(np.float32)
