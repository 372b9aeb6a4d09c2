"""What every kind of network can do, so that nobody has to ask which it is."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from autoencoder.noise import Noise
from latent.codes import Codes
from latent.region import Region
from training.ending import Ending
from training.history import History
from training.moments import Moments
from training.watch import Watch

if TYPE_CHECKING:
    from vae.importance import Bound
    from vae.likelihood import Losses


@dataclass(frozen=True)
class DenseLayer:
    """One dense layer as it computes: `activation(weights · values + bias)`."""

    weights: np.ndarray  # (outputs, inputs)
    bias: np.ndarray  # (outputs,)
    activation: str
    beta: float  # the slope of its logistic function
    rows: np.ndarray | None = None  # (classes, outputs), of which that of a class is added to the bias


@dataclass(frozen=True)
class ConvolutionLayer:
    """A convolution of 3×3 with stride 2, or its mirror image, between maps as they lie in pictures.

    It computes as `vae.layers.Convolution` and `Transposed` have it, with an activation behind the bias.
    """

    weights: np.ndarray  # (3, 3, maps that come in, maps that go out)
    bias: np.ndarray  # (maps that go out,)
    activation: str
    beta: float
    inputs: tuple[int, ...]  # rows, columns, maps
    outputs: tuple[int, ...]
    is_transposed: bool
    rows: np.ndarray | None = None  # (classes, maps that go out)


Layers = list[DenseLayer | ConvolutionLayer]


class MapUnits(int):
    """The number of units in equal maps, which shows itself as `32@14×14`, and a single map as `28×28`."""

    shape: tuple[int, int, int]

    def __new__(cls, rows: int, columns: int, maps: int) -> "MapUnits":
        """So many rows and columns in each of so many maps."""
        units = super().__new__(cls, rows * columns * maps)
        units.shape = rows, columns, maps
        return units

    def __repr__(self) -> str:
        rows, columns, maps = self.shape
        return f"{maps}@{rows}×{columns}" if maps > 1 else f"{rows}×{columns}"

    __str__ = __repr__


class Model(Protocol):
    """A trained network. `pixels` are numbers 0…1, or bytes 0…255.

    `labels` are the class of each picture or code; only a network that is given classes looks at them, and
    needs them.
    """

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first; those of maps are `MapUnits`."""

    @property
    def latent_size(self) -> int:
        """The number of latent units."""

    @property
    def classes(self) -> int:
        """Of how many classes it is given one; 0 if it is given none."""

    def encode(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> Codes:
        """The codes of pictures `(n, pixels)` of classes `(n,)`."""

    def decode(self, codes: np.ndarray, labels: np.ndarray | None = None) -> np.ndarray:
        """Pixels `(…, pixels)` in 0…1 of codes `(…, latent)` of classes `(…)`."""

    def region(self, codes: Codes) -> Region:
        """Where the codes of pictures are expected, having seen these."""

    def nats(
        self, pixels: np.ndarray, seed: int, draws: int, labels: np.ndarray | None = None
    ) -> np.ndarray | None:
        """The reconstruction term of −ELBO `(n,)` of pictures `(n, pixels)`; None if codes are points."""

    def losses(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> "Losses | None":
        """The parts of −ELBO of pictures `(n, pixels)`; None unless codes are normals of one or two."""

    def modes(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> np.ndarray | None:
        """The most probable codes of pictures `(n, pixels)`; None unless they are normals of one or two."""

    def bound(self, pixels: np.ndarray, seed: int, labels: np.ndarray | None = None) -> "Bound | None":
        """A lower bound of log p(x) of pictures `(n, pixels)`, by draws; None if codes are points."""

    def with_weights(self, weights: np.ndarray) -> "Model":
        """The same network with other `weights` `(weights,)`, in the order that moments have them in."""

    def arrays(self) -> dict[str, np.ndarray]:
        """What `model.npz` holds of it, beside the config."""

    def layers(self) -> tuple[Layers, Layers]:
        """Encoder and decoder, from pixels to pixels; a variational encoder ends with the means.

        Of a network that is given classes the first of both have `rows`.
        """

    def spread_layer(self) -> DenseLayer | None:
        """The layer beside the last one of the encoder, to log-variances; None if codes are points."""

    def keras_models(self) -> tuple[Any, Any] | None:
        """Encoder and decoder as Keras models with their weights; None if Keras did not train them."""


@dataclass(frozen=True)
class Candidate:
    """A network that was trained from one start, and its way; the best of several is kept."""

    seed: int
    model: Model
    history: History
    diverged: bool
    moments: Moments = field(default_factory=Moments.none)


@dataclass(frozen=True)
class Training:
    """The networks of a training, and how it ended."""

    candidates: list[Candidate]
    ending: Ending


class Trainer(Protocol):
    """A network that is ready to be trained on its data."""

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first; those of maps are `MapUnits`."""

    @property
    def measure(self) -> str:
        """What the number is called that is reported after every epoch."""

    @property
    def noise(self) -> Noise | None:
        """What it is trained against; None without noise."""

    @property
    def accelerator(self) -> str | None:
        """The name of what it is trained on if that is not the processor."""

    def fit(self, watch: Watch) -> Training:
        """Train under the eyes of `watch`."""


def reconstruct(model: Model, pixels: np.ndarray, labels: np.ndarray | None = None) -> np.ndarray:
    """Pictures in, pictures out, `(n, pixels)`, through codes or the means of codes."""
    return model.decode(model.encode(pixels, labels).means, labels)
