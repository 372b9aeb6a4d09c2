"""What an experiment on a font found: the arrays, and the numbers that sum them up."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autoencoder.network import Network
from autoencoder.noise import Noise
from autoencoder.objective import Problem
from autoencoder.recorder import Restart
from fonts import FontSet
from latent.measures import pca_squared_error, squared_error, wrong_pixels
from latent.plane import POINTS_BETWEEN, Pair, Plane, grid, notable_pairs, points_between
from runner.config.keys import Config
from runner.font_model import Decoded, FontModel
from training.streams import Stream, generator

GRID_SIDE = 15
TEST_COPIES = 200


def noise_of(config: Config) -> Noise:
    """The noise that a config of mode DAE describes."""
    return Noise(config.noise, config.noise_probability, config.max_noise)


@dataclass(frozen=True)
class DenoisingTest:
    """Fresh noise on the whole set, restored by the network and by Bayes' rule."""

    inputs: np.ndarray  # (copies, characters, pixels)
    outputs: np.ndarray  # the same
    bayes_outputs: np.ndarray  # the same


@dataclass(frozen=True)
class FontResult:
    """The best of the trained restarts, and all that is derived from it.

    The reconstructions are those of the training inputs: the characters, or in mode DAE their noisy
    copies. Pictures and wrong pixels are those of the first copy, errors are means over the copies.
    """

    config: Config
    font: FontSet
    problem: Problem
    restarts: list[Restart]
    training_seconds: float

    @property
    def network(self) -> Network:
        """The shape of the network."""
        return self.problem.network

    @cached_property
    def inputs(self) -> np.ndarray:
        """The training inputs `(copies, characters, pixels)`."""
        return self.problem.inputs.reshape(self.problem.copies, *self.font.pixels.shape)

    @cached_property
    def restart_outputs(self) -> np.ndarray:
        """Reconstructions by every restart, `(restarts, copies, characters, pixels)`."""
        parameters = np.stack([restart.parameters for restart in self.restarts])
        outputs = self.network.reconstruct(parameters, self.problem.inputs[None])
        return outputs.reshape(len(self.restarts), *self.inputs.shape)

    @cached_property
    def restart_errors(self) -> np.ndarray:
        """The accumulated error of every restart, `(restarts,)`."""
        errors = squared_error(self.restart_outputs, self.font.pixels)
        return errors.sum(axis=-1).mean(axis=-1)

    @cached_property
    def restart_wrong_pixels(self) -> np.ndarray:
        """The number of wrong pixels of every restart, `(restarts,)`."""
        return wrong_pixels(self.restart_outputs[:, 0], self.font.pixels).sum(axis=(1, 2))

    @cached_property
    def best_index(self) -> int:
        """The restart with the smallest accumulated error."""
        return int(self.restart_errors.argmin())

    @property
    def best(self) -> Restart:
        """The restart that is kept."""
        return self.restarts[self.best_index]

    @cached_property
    def model(self) -> FontModel:
        """The network that is kept, with its parameters and characters."""
        return FontModel(self.network, self.best.parameters, self.font)

    def model_bytes(self) -> bytes:
        """The content of `model.npz`."""
        return self.model.to_bytes()

    @property
    def outputs(self) -> np.ndarray:
        """Reconstructions of the first training input of each character, `(characters, pixels)`."""
        return self.restart_outputs[self.best_index, 0]

    @cached_property
    def codes(self) -> np.ndarray:
        """Latent codes `(characters, latent)` of the characters themselves, without noise."""
        return self.model.encode(self.font.pixels)

    @cached_property
    def errors(self) -> np.ndarray:
        """The accumulated error of each character, `(characters,)`."""
        return squared_error(self.restart_outputs[self.best_index], self.font.pixels).mean(axis=0)

    @cached_property
    def wrong(self) -> np.ndarray:
        """Which pixels of `outputs` are wrong, `(characters, pixels)`."""
        return wrong_pixels(self.outputs, self.font.pixels)

    @cached_property
    def test(self) -> DenoisingTest | None:
        """What the network makes of noise it has not seen; None for a network trained without noise."""
        if self.config.mode != "DAE":
            return None
        noise, shape = noise_of(self.config), (TEST_COPIES, *self.font.pixels.shape)
        random = generator(self.config.seed, Stream.TEST_NOISE)
        inputs = noise.corrupt(np.broadcast_to(self.font.pixels, shape), random)
        outputs = self.model.reconstruct(inputs)
        return DenoisingTest(inputs, outputs, noise.posterior_mean(inputs, self.font.pixels))

    @cached_property
    def plane(self) -> Plane:
        """The plane in which the codes are drawn."""
        return Plane.of(self.codes)

    @cached_property
    def pairs(self) -> list[Pair]:
        """The closest, the median and the farthest pair of codes."""
        return notable_pairs(self.codes)

    @cached_property
    def between(self) -> Decoded:
        """Points between the two codes of each pair, `(pairs, points)`."""
        steps = [points_between(self.codes[p.first], self.codes[p.second]) for p in self.pairs]
        shape = (len(self.pairs), POINTS_BETWEEN, self.network.latent_size)
        return self.model.decode(np.reshape(steps, shape))

    @cached_property
    def grid(self) -> Decoded:
        """The plane of the codes, decoded on a grid `(rows, GRID_SIDE)`."""
        points = grid(self.plane.project(self.codes), GRID_SIDE)
        return self.model.decode(self.plane.lift(points))

    @cached_property
    def generated(self) -> Decoded:
        """The points that the config asks for, `(points,)`."""
        points = np.reshape(self.config.generate, (-1, self.network.latent_size))
        return self.model.decode(points.astype(float))

    @property
    def diverged(self) -> bool:
        """Whether no restart trained to its end."""
        return all(restart.diverged for restart in self.restarts)

    @cached_property
    def summary(self) -> dict[str, int | float]:
        """The final numbers, under the names that `summary.json` and sweeps use."""
        wrong = self.wrong.sum(axis=1)
        error = float(self.errors.sum())
        return {
            "accumulated_error": error,
            "mean_error": error / len(self.font),
            "max_wrong_pixels": int(wrong.max()),
            "total_wrong_pixels": int(wrong.sum()),
            "characters_learned": int((wrong == 0).sum()),
            "characters": len(self.font),
            "epochs_run": max(len(self.best.history.loss) - 1, 0),
            "evaluations": int(self.best.history.evaluations[-1:].sum()),
            "training_seconds": self.training_seconds,
            "restarts": len(self.restarts),
            "restarts_learned_all": int((self.restart_wrong_pixels == 0).sum()),
            "pca_accumulated_error": pca_squared_error(self.font.pixels, self.network.latent_size),
            **self._test_summary(),
        }

    def _test_summary(self) -> dict[str, int | float]:
        if self.test is None:
            return {}
        error = float(squared_error(self.test.outputs, self.font.pixels).sum(axis=1).mean())
        bayes = squared_error(self.test.bayes_outputs, self.font.pixels).sum(axis=1).mean()
        wrong = wrong_pixels(self.test.outputs, self.font.pixels).sum(axis=-1).mean()
        return {
            "test_accumulated_error": error,
            "test_mean_error": error / len(self.font),
            "test_mean_wrong_pixels": float(wrong),
            "bayes_accumulated_error": float(bayes),
        }
