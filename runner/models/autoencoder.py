"""Modes DEFAULT and DAE: the NumPy network."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np

from autoencoder.network import Layer, Network
from autoencoder.noise import Noise
from autoencoder.objective.face import grey_levels
from autoencoder.plan import Plan
from autoencoder.problem import Examples, Problem
from autoencoder.training import Training as NetworksTrained
from autoencoder.training import train, untrained
from latent.codes import Codes
from latent.region import RangeOfCodes, Region
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import Data
from runner.models.face import Candidate, DenseLayer, Layers, Training
from runner.models.held_back import without_held_back
from runner.models.noise import noise_of, watched_noise
from runner.models.resting import resting_picture
from runner.models.side_by_side import ProcessDied, best_at_once, train_side_by_side
from runner.models.sizes import check_size
from training.watch import Watch

# So many pictures at a time keep the arrays of a large network small.
BLOCK = 5_000


@dataclass(frozen=True)
class Autoencoder:
    """The NumPy network and its parameters `(parameters,)`."""

    network: Network
    parameters: np.ndarray

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first."""
        return self.network.sizes

    @property
    def latent_size(self) -> int:
        """The number of latent units."""
        return self.network.latent_size

    @property
    def classes(self) -> int:
        """0: it is given none."""
        return 0

    def encode(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> Codes:
        """The codes of pictures `(n, pixels)`."""
        parts = [self.network.encode(self.parameters, block) for block in _levels_by_block(pixels)]
        return Codes(np.concatenate(parts))

    def decode(self, codes: np.ndarray, labels: np.ndarray | None = None) -> np.ndarray:
        """Pixels `(…, pixels)` in 0…1 of codes `(…, latent)`."""
        flat = codes.reshape(-1, codes.shape[-1])
        blocks = (flat[start : start + BLOCK] for start in range(0, max(len(flat), 1), BLOCK))
        pixels = np.concatenate([self.network.decode(self.parameters, block) for block in blocks])
        return pixels.reshape(*codes.shape[:-1], pixels.shape[-1])

    def region(self, codes: Codes) -> Region:
        """The range of the codes: such a network knows of no other."""
        return RangeOfCodes.of(codes.means)

    def nats(self, pixels: np.ndarray, seed: int, draws: int, labels: np.ndarray | None = None) -> None:
        """Nothing: its codes are points."""

    def losses(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> None:
        """None: a code is a point, which has no likelihood."""

    def modes(self, pixels: np.ndarray, labels: np.ndarray | None = None) -> None:
        """None: its code is the only one."""

    def bound(self, pixels: np.ndarray, seed: int, labels: np.ndarray | None = None) -> None:
        """None, likewise."""

    def with_weights(self, weights: np.ndarray) -> "Autoencoder":
        """The same network with other parameters `(parameters,)`."""
        return Autoencoder(self.network, weights.astype(self.parameters.dtype))

    def arrays(self) -> dict[str, np.ndarray]:
        """Parameters and layout."""
        return {
            "parameters": self.parameters,
            "units": np.array(self.network.sizes),
            "activations": np.array([layer.activation for layer in self.network.layers]),
            "encoder_depth": np.array(self.network.encoder_depth),
            "bias": np.array(self.network.bias),
            "beta": np.array(self.network.beta),
            "fixed_bias": np.array(self.network.fixed_bias),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, np.ndarray], config: Config) -> "Autoencoder":
        """The network of `arrays()`. Raises KeyError or ValueError if they are none."""
        units = arrays["units"].tolist()
        layers = tuple(map(Layer, units[:-1], units[1:], arrays["activations"].tolist()))
        depth, bias, beta = (arrays[name].item() for name in ("encoder_depth", "bias", "beta"))
        fixed_bias = arrays.get("fixed_bias", np.array(0.0)).item()  # Version 0.1.0 had none.
        return cls(Network(layers, depth, bias, beta, fixed_bias), arrays["parameters"])

    def layers(self) -> tuple[Layers, Layers]:
        """Encoder and decoder."""
        network = self.network
        layers: Layers = [
            DenseLayer(
                block[:, : layer.inputs],
                block[:, -1] if network.bias else np.full(layer.outputs, network.fixed_bias, block.dtype),
                layer.activation,
                network.beta,
            )
            for layer, block in zip(network.layers, network.unpack(self.parameters), strict=True)
        ]
        return layers[: network.encoder_depth], layers[network.encoder_depth :]

    def spread_layer(self) -> None:
        """None: its codes are points."""

    def keras_models(self) -> None:
        """None: it is a NumPy network."""


def planned_network(config: Config, pixels: int) -> Network:
    """The network that a config asks for, for pictures of so many pixels."""
    return Network.mirrored(
        [pixels, *config.neurons_per_layer, config.latent_layer_neurons],
        (config.encoder_activation, config.latent_activation, config.decoder_activation),
        bias=config.bias,
        beta=config.beta,
        fixed_bias=config.fixed_bias,
    )


@dataclass(frozen=True)
class AutoencoderTrainer:
    """A problem and a plan, ready to be trained."""

    problem: Problem
    plan: Plan

    @classmethod
    def prepare(cls, config: Config, data: Data) -> "AutoencoderTrainer":
        """Lay out the network of a config. Raises UserError if it is too large to train."""
        network = planned_network(config, prod(data.cell))
        noise = noise_of(config)
        copies = config.noisy_copies if noise else 1
        plan = Plan(**{name: getattr(config, name) for name in Plan.__dataclass_fields__})
        check_size(config, network, plan, copies * len(data.train))
        pixels, held_back = without_held_back(data, config.patience, config.seed)
        validation = _watched(config, noise, data)
        problem = Problem(
            network,
            pixels,
            loss=config.loss,
            precision=config.precision,
            noise=noise,
            copies=copies,
            fresh_noise=config.fresh_noise,
            latent_noise=config.latent_noise,
            seed=config.seed,
            validation=validation,
            held_back=_held_back(config, noise, pixels, held_back, validation),
            mean=resting_picture(config, data),
        )
        return cls(problem, plan)

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first."""
        return self.problem.network.sizes

    @property
    def measure(self) -> str:
        """The accumulated error, or where there is a test part its mean over that."""
        return "error"

    @property
    def noise(self) -> Noise | None:
        """What it is trained against; None without noise."""
        return self.problem.noise

    @property
    def accelerator(self) -> None:
        """None: NumPy knows the processor only."""

    def fit(self, watch: Watch) -> Training:
        """Train."""
        training = self._trained(watch)
        candidates = [
            Candidate(
                trained.seed,
                Autoencoder(self.problem.network, trained.parameters),
                trained.history,
                trained.diverged,
                trained.moments,
            )
            for trained in training.networks
        ]
        return Training(candidates, training.ending)

    def _trained(self, watch: Watch) -> NetworksTrained:
        at_once = best_at_once(self.problem, self.plan)
        if at_once == 1:
            return train(self.problem, self.plan, watch)
        initial = untrained(self.problem, self.plan)
        try:
            return train_side_by_side(self.problem, self.plan, watch, initial, at_once)
        except ProcessDied as error:
            raise UserError(
                f"{error} ended without an answer; is the memory enough?"
                " With --jobs 1 one is trained after the other"
            ) from None


def _watched(config: Config, noise: Noise | None, data: Data) -> Examples | None:
    """What a network is tried on after each epoch: nothing, where that is what it is trained on."""
    if noise is None:
        return Examples.each(data.test.pixels) if data.test else None
    levels = data.judged.levels()
    if data.test:
        return Examples.each(watched_noise(config, noise, levels, copies=1)[0], levels)
    return _noisy(watched_noise(config, noise, levels), levels)


def _held_back(
    config: Config,
    noise: Noise | None,
    trained: np.ndarray,
    pixels: np.ndarray | None,
    watched: Examples | None,
) -> Examples | None:
    """What `patience` looks at: pictures that were held back, or new noise on those that are trained on.

    Noise on the codes alone is left out: then it looks at the `trained` pictures without it.
    """
    if config.patience is None:
        return None
    if pixels is None and noise is None:
        return Examples(trained) if config.latent_noise else None
    if pixels is None:
        return watched
    if noise is None:
        return Examples(pixels)
    levels = grey_levels(pixels, np.dtype(config.precision))
    return _noisy(watched_noise(config, noise, levels), levels)


def _noisy(noisy: np.ndarray, levels: np.ndarray) -> Examples:
    """Noisy copies `(copies, pictures, pixels)` of pictures, which should become these again."""
    copies, _, pixels = noisy.shape
    return Examples(noisy.reshape(-1, pixels), np.tile(levels, (copies, 1)), copies, sparsely=True)


def _levels_by_block(pixels: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, max(len(pixels), 1), BLOCK):
        block = pixels[start : start + BLOCK]
        yield block / np.float32(255) if block.dtype == np.uint8 else block
