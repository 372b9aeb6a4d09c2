"""What is to be learned: a network, pictures, the noise on its inputs; and which objective that is."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from functools import cached_property

import numpy as np

from autoencoder.network import Network
from autoencoder.noise import Noise
from autoencoder.objective.face import Objective, grey_levels
from autoencoder.objective.fused import FusedObjective, FusedPart
from autoencoder.objective.losses import LOSSES
from autoencoder.objective.parts import PartedObjective, SharedObjective, part_sizes, shares
from autoencoder.objective.tape import TapeObjective
from training.streams import Stream, generator

# So many values are drawn at a time, which bounds the memory that noise needs on its way.
NOISE_BLOCK = 4_000_000
# So many pictures at a time are looked at.
BLOCK = 500


@dataclass(frozen=True)
class Examples:
    """Pictures to try a network on: `inputs` `(examples, pixels)` and what they should become.

    Both are bytes or numbers in 0…1; without `targets` the inputs are the targets. Their accumulated error
    is divided by `copies`: the number of noisy copies of the same pictures, or of pictures for a mean.
    They are tried after every epoch or, where that would cost as much as the training, `sparsely`.
    """

    inputs: np.ndarray
    targets: np.ndarray | None = None
    copies: int = 1
    sparsely: bool = False

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.inputs)

    @classmethod
    def each(cls, inputs: np.ndarray, targets: np.ndarray | None = None) -> "Examples":
        """Examples whose error is a mean over all of them."""
        return cls(inputs, targets, len(inputs))


@dataclass(frozen=True)
class Problem:
    """A network learns to map pictures, or noisy copies of them, to the pictures `targets`.

    `targets` `(pictures, pixels)` are bytes, grey levels of 0…255, or numbers in 0…1. With `noise` the
    inputs are `copies` noisy copies of each picture; with `fresh_noise` those of an epoch are new ones.
    An example is one such copy, and the accumulated error is a mean over the copies. `latent_noise` is the
    standard deviation of noise on the codes, in the range of each latent number. After each epoch the
    error on the examples of `validation` is measured, and on those that are `held_back` what is trained:
    its networks are judged by that. A picture `mean` `(pixels,)` in 0…1 is where networks rest at first.

    Raises ValueError for targets out of 0…1.
    """

    network: Network
    targets: np.ndarray
    _: KW_ONLY
    loss: str = "squared_error"
    precision: str = "float64"
    noise: Noise | None = None
    copies: int = 1
    fresh_noise: bool = False
    latent_noise: float = 0.0
    seed: int = 0
    validation: Examples | None = None
    held_back: Examples | None = None
    mean: np.ndarray | None = None

    def __post_init__(self):
        if self.targets.dtype != np.uint8 and not all(
            (block >= 0).all() and (block <= 1).all() for block in blocks(self.targets)
        ):
            raise ValueError("targets are bytes or numbers in 0…1")

    def __len__(self) -> int:
        """The number of examples."""
        return self.copies * len(self.targets)

    @cached_property
    def is_binary(self) -> bool:
        """Whether all targets are 0 or 1."""
        one = 255 if self.targets.dtype == np.uint8 else 1
        return all(((block == 0) | (block == one)).all() for block in blocks(self.targets))

    @property
    def is_fresh(self) -> bool:
        """Whether what is trained on differs from epoch to epoch."""
        return bool(self.latent_noise) or (self.noise is not None and self.fresh_noise)

    def inputs_at(self, epoch: int) -> np.ndarray:
        """The inputs `(examples, pixels)` of an epoch: all pictures, then all again, …; bytes or in 0…1."""
        if self.noise is None:
            return np.tile(self.targets, (self.copies, 1)) if self.copies > 1 else self.targets
        return self._noisy(epoch) if self.fresh_noise else self._first_inputs

    def examples_at(self, inputs: np.ndarray, rows=None) -> tuple[np.ndarray, np.ndarray | None]:
        """Some `rows` of these inputs, or all, and their targets: None where those are the inputs."""
        if self.noise is None:
            return inputs if rows is None else inputs[rows], None
        if rows is None:
            return inputs, np.tile(self._lean_targets, (self.copies, 1))
        return inputs[rows], self._lean_targets[rows % len(self.targets)]

    def latent_noise_at(self, epoch: int) -> np.ndarray | None:
        """The noise `(examples, latent)` on the codes of an epoch, the same for all networks."""
        if not self.latent_noise:
            return None
        random = generator(self.seed, Stream.LATENT_NOISE, epoch)
        noise = random.normal(0, self.latent_noise, (len(self), self.network.latent_size))
        return noise.astype(self.precision)

    @cached_property
    def _lean_targets(self) -> np.ndarray:
        """The targets in no more bytes than are trained on: there are many copies of them."""
        is_lean = self.targets.dtype.itemsize <= np.dtype(self.precision).itemsize
        return self.targets if is_lean else self.targets.astype(self.precision)

    @cached_property
    def _first_inputs(self) -> np.ndarray:
        return self._noisy(0)

    def _noisy(self, epoch: int) -> np.ndarray:
        """Noise on all copies, drawn block after block from the generator of the epoch."""
        assert self.noise
        random = generator(self.seed, Stream.NOISE, epoch)
        bytes_or_numbers = self.targets.dtype
        drawn_in = np.dtype(self.precision) if bytes_or_numbers == np.uint8 else bytes_or_numbers
        pictures, pixels = self.targets.shape
        result = np.empty((len(self), pixels), self.precision)
        size = max(1, NOISE_BLOCK // pixels)
        for start in range(0, len(self), size):
            rows = np.arange(start, min(start + size, len(self))) % pictures
            clean = grey_levels(self.targets.take(rows, 0), drawn_in)
            result[start : start + size] = self.noise.corrupt(clean, random)
        return result


def blocks(pictures: np.ndarray, size: int = BLOCK) -> Iterator[np.ndarray]:
    """The pictures, so many at a time."""
    return (pictures[start : start + size] for start in range(0, len(pictures), size))


def objective_of(
    problem: Problem, parameters: np.ndarray, examples: int, mean_over: int | None = None
) -> Objective:
    """The objective for so many examples of a problem, which are yet to be loaded.

    This is the one place that decides how it is computed: fused where the loss and all activations have
    a twin, many networks then on all cores; on autograd's tape where one has not. `parameters`
    `(restarts, parameters)` is the array that the minimizer changes in place. Losses are means over all
    these examples, or, where they are only a part of a batch, over the `mean_over` examples of that.
    """
    network, loss = problem.network, LOSSES[problem.loss]
    twin = loss.twin(problem.is_binary)
    if not (twin and network.has_twins):
        return TapeObjective(network, loss.plain, parameters.dtype, mean_over or examples)
    kind = FusedPart if mean_over else FusedObjective

    def fused(some: np.ndarray, gradient: np.ndarray | None = None) -> Objective:
        return kind(network, twin, some, examples, mean_over or examples, gradient)

    rows = shares(len(parameters), examples * bytes_of_outputs(network, parameters))
    return SharedObjective(fused, parameters, rows) if len(rows) > 1 else fused(parameters)


def objective_in_parts(problem: Problem, parameters: np.ndarray, examples: int) -> Objective:
    """The same for a minimizer that changes `parameters` in place: many examples are spread over the cores.

    SciPy's methods ask for parameters of their own, and so have all examples in one objective.
    """
    sizes = part_sizes(examples, bytes_of_outputs(problem.network, parameters))
    if len(sizes) == 1:
        return objective_of(problem, parameters, examples)
    parts = [objective_of(problem, parameters, size, examples) for size in sizes]
    return PartedObjective(parts, sizes)


def bytes_of_outputs(network: Network, parameters: np.ndarray) -> int:
    """What the outputs of all layers of a network take for one example."""
    return sum(network.sizes) * parameters.itemsize
