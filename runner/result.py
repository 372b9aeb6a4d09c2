"""What an experiment on a font found: the arrays, and the numbers that sum them up."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autoencoder.latent import (
    POINTS_BETWEEN,
    Pair,
    Plane,
    grid,
    nearest,
    notable_pairs,
    points_between,
)
from autoencoder.measures import pca_squared_error, squared_error, wrong_pixels
from autoencoder.network import Network
from autoencoder.recorder import Restart
from fonts import FontSet
from runner.config import Config

GRID_SIDE = 15


@dataclass(frozen=True)
class Decoded:
    """Latent points, the pictures they decode to, and the learned character nearest to each picture."""

    codes: np.ndarray  # (…, latent)
    pictures: np.ndarray  # (…, pixels)
    nearest: np.ndarray  # (…), index of the character
    distance: np.ndarray  # (…), pixels that differ from it


@dataclass(frozen=True)
class FontResult:
    """The best of the trained restarts, and all that is derived from it. Characters are axis 0."""

    config: Config
    font: FontSet
    network: Network
    restarts: list[Restart]
    training_seconds: float

    @cached_property
    def restart_outputs(self) -> np.ndarray:
        """Reconstructions of every restart, `(restarts, characters, pixels)`."""
        parameters = np.stack([restart.parameters for restart in self.restarts])
        return self.network.reconstruct(parameters, self.font.pixels[None])

    @cached_property
    def restart_errors(self) -> np.ndarray:
        """The accumulated error of every restart, `(restarts,)`."""
        return squared_error(self.restart_outputs, self.font.pixels).sum(axis=-1)

    @cached_property
    def restart_wrong_pixels(self) -> np.ndarray:
        """The number of wrong pixels of every restart, `(restarts,)`."""
        return wrong_pixels(self.restart_outputs, self.font.pixels).sum(axis=(1, 2))

    @cached_property
    def best_index(self) -> int:
        """The restart with the smallest accumulated error."""
        return int(self.restart_errors.argmin())

    @property
    def best(self) -> Restart:
        """The restart that is kept."""
        return self.restarts[self.best_index]

    @property
    def outputs(self) -> np.ndarray:
        """Reconstructions `(characters, pixels)`."""
        return self.restart_outputs[self.best_index]

    @cached_property
    def codes(self) -> np.ndarray:
        """Latent codes `(characters, latent)`."""
        return self.network.encode(self.best.parameters, self.font.pixels)

    @cached_property
    def errors(self) -> np.ndarray:
        """The accumulated error of each character, `(characters,)`."""
        return squared_error(self.outputs, self.font.pixels)

    @cached_property
    def wrong(self) -> np.ndarray:
        """Which pixels are wrong, `(characters, pixels)`."""
        return wrong_pixels(self.outputs, self.font.pixels)

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
        return self.decode(np.reshape(steps, shape))

    @cached_property
    def grid(self) -> Decoded:
        """The plane of the codes, decoded on a grid `(rows, GRID_SIDE)`."""
        return self.decode(self.plane.lift(grid(self.plane.project(self.codes), GRID_SIDE)))

    @cached_property
    def generated(self) -> Decoded:
        """The points that the config asks for, `(points,)`."""
        points = np.reshape(self.config.generate, (-1, self.network.latent_size))
        return self.decode(points.astype(float))

    def decode(self, codes: np.ndarray) -> Decoded:
        """Decode `codes` `(…, latent)`, all in one call."""
        flat = codes.reshape(-1, codes.shape[-1])
        pictures = self.network.decode(self.best.parameters, flat)
        indices, distances = nearest(pictures, self.font.pixels)
        shape = codes.shape[:-1]
        pictures = pictures.reshape(*shape, self.font.pixels.shape[1])
        return Decoded(codes, pictures, indices.reshape(shape), distances.reshape(shape))

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
            "epochs_run": len(self.best.history.loss) - 1,
            "evaluations": int(self.best.history.evaluations[-1]),
            "training_seconds": self.training_seconds,
            "restarts": len(self.restarts),
            "restarts_learned_all": int((self.restart_wrong_pixels == 0).sum()),
            "pca_accumulated_error": pca_squared_error(self.font.pixels, self.network.latent_size),
        }
