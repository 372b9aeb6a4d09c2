"""Mode VAE: the Keras network."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from math import prod
from typing import Any

import numpy as np

from latent.codes import Codes
from latent.region import NormalPrior, Region
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import Cell, Data, Pictures, channels_of
from runner.models.face import Candidate, ConvolutionLayer, DenseLayer, Layers, MapUnits, Training
from runner.models.held_back import without_held_back
from runner.models.sizes import LARGEST_MEMORY
from training.ending import Ending
from training.watch import Watch
from vae.evaluation import reconstruction_terms
from vae.fitting import fit
from vae.importance import Bound, importance_bound
from vae.keras_models import keras_models
from vae.layers import Dense, Layer, Transposed, most_convolutions
from vae.likelihood import Losses, losses
from vae.plan import Plan
from vae.posterior import SPACINGS
from vae.tensorflow_setup import accelerator
from vae.trained import BETA, TrainedVae, rebuild

MOST_WEIGHTS = 50_000_000
MOST_CLASSES = 1_000

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


def classes_given(config: Config, data: Data) -> int:
    """Of how many classes a network is given one; 0 for none. Raises UserError if the data have none."""
    if not config.conditional:
        return 0
    count = len(data.class_names)
    if not count:
        remedy = "write conditional=false"
        if config.data == "images":
            remedy = f"make a sub-folder of each class, or an array of labels, or {remedy}"
        raise UserError(f"conditional: {data.title} has no classes; {remedy}")
    if count > MOST_CLASSES:
        raise UserError(
            f"conditional: {data.title} has {count:,} classes; at most {MOST_CLASSES:,} are given"
        )
    return count


def with_classes(data: Data, classes: int) -> Data:
    """The data with the class of each picture behind its pixels, as so many 0 and a 1; with 0 as it is."""
    if not classes:
        return data
    test = None if data.test is None else _with_class(data.test, classes)
    return replace(data, train=_with_class(data.train, classes), test=test)


def _with_class(part: Pictures, classes: int) -> Pictures:
    assert part.labels is not None  # as always where there are classes
    given = np.eye(classes, dtype=part.pixels.dtype)[part.labels]
    full = 255 if part.pixels.dtype == np.uint8 else 1
    return replace(part, pixels=np.concatenate([part.pixels, full * given], axis=1))


def fitting_plan(config: Config, cell: Cell, classes: int = 0) -> Plan:
    """The keys of `config` that say how to train, for images of a `cell` of so many classes to be given."""
    names = Plan.__dataclass_fields__.keys() - {"shape", "classes"}
    return Plan(
        shape=(*cell[:2], channels_of(cell)),
        classes=classes,
        **{name: getattr(config, name) for name in names},
    )


def _numbers(pixels: np.ndarray) -> np.ndarray:
    """Bytes as they are, floats in the precision of the network."""
    return pixels if pixels.dtype == np.uint8 else pixels.astype(np.float32)
