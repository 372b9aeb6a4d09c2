"""What came out of a run: everything that can be derived from its data and its trained network.

A result asks its data and its network for what it needs, never for their kind. What a combination has
no place for is left out, by these rules:

- wrong pixels and learned pictures: where all pixels are 0 or 1;
- the nearest known picture of a drawing: where these are few, too;
- nearest neighbours of codes: where there are classes and a test part;
- −ELBO: where codes are normals; it is that of the test part, or of all pictures if there is none;
- the best possible denoiser: where the pictures are few and of 0 and 1;
- whatever takes long: in a training that was stopped, because whoever stops it does not wait.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from latent.pairs import POINTS_BETWEEN, Pair, notable_pairs, points_between
from latent.plane import Plane
from runner.data import MOST_FEW
from runner.result.decoding import Decoded, decode
from runner.result.model_file import known_pictures, model_bytes
from runner.result.moments import Moment, moments_of
from runner.result.outcome import Outcome
from runner.result.summary import Numbers, summarize
from training.streams import Stream, generator

GRID_SIDE = 15
SHOWN_OF_MANY = 20
MOST_MOVING, SHUFFLING_SEED = 3000, 0
RANDOM_SAMPLES = 40
MOST_MISPLACED = 12
# A network that is given classes draws in so many of them, and so many samples of each.
MOST_CLASSES_DRAWN, SAMPLES_OF_A_CLASS = 12, 10


@dataclass(frozen=True)
class Result(Outcome):
    """The outcome of a training, its final numbers, and what its latent space holds."""

    @cached_property
    def summary(self) -> Numbers:
        """The final numbers, under the names that `summary.json` and sweeps use."""
        return summarize(self)

    def model_bytes(self) -> bytes:
        """The content of `model.npz`."""
        return model_bytes(self.model, self.data)

    @cached_property
    def moments(self) -> list[Moment]:
        """What the kept network was on its way; the last is what it became."""
        return moments_of(self.best)

    @cached_property
    def shuffled(self) -> np.ndarray:
        """The rows of the judged pictures in a random order, of which as many come first as have room."""
        return np.random.default_rng(SHUFFLING_SEED).permutation(len(self.data.judged))

    @cached_property
    def moving(self) -> np.ndarray:
        """The rows of the judged pictures whose codes are followed through the moments, in their order."""
        return np.sort(self.shuffled[:MOST_MOVING])

    @cached_property
    def moving_codes(self) -> list[np.ndarray]:
        """Where these were at each of the moments, `(moving, latent)`."""
        pixels, labels = self.data.judged.pixels[self.moving], self.data.judged.labels_of(self.moving)
        earlier = [moment.model.encode(pixels, labels).means for moment in self.moments[:-1]]
        return [*earlier, self.codes.means[self.moving]]

    @cached_property
    def plane(self) -> Plane:
        """The plane in which the codes are drawn."""
        return Plane.of(self.codes.means)

    @cached_property
    def places(self) -> np.ndarray:
        """Where the codes lie on that plane, `(pictures, 2)`."""
        return self.plane.project(self.codes.means).astype(self.codes.means.dtype)

    @cached_property
    def known(self) -> np.ndarray | None:
        """The pictures that drawings are held against, `(pictures, pixels)`, or None."""
        return known_pictures(self.data)

    def decode(self, codes: np.ndarray, labels: np.ndarray | None = None) -> Decoded:
        """What the network draws at `codes` `(…, latent)`, of classes `(…)` if it is given them."""
        return decode(self.model, codes, self.known, labels, self.data.class_names)

    @property
    def drawn_classes(self) -> np.ndarray:
        """The classes of which everything is drawn, by a network that is given one; else there are none."""
        return np.arange(min(self.model.classes, MOST_CLASSES_DRAWN))

    @cached_property
    def misplaced(self) -> np.ndarray:
        """The judged pictures `(rows,)` that lose most by their codes, the worst first; none if unknown."""
        if self.losses is None:
            return np.empty(0, int)
        lost = self.losses.amortization_gap
        worst = np.argsort(-lost, kind="stable")[:MOST_MISPLACED]
        return worst[lost[worst] > 0]

    @cached_property
    def shown(self) -> np.ndarray:
        """The rows of the judged pictures that are drawn and listed pixel by pixel."""
        return self.data.sample(MOST_FEW if self.data.is_few else SHOWN_OF_MANY)

    @cached_property
    def shown_outputs(self) -> np.ndarray:
        """Reconstructions of these, `(shown, pixels)`: without noise, what their codes decode to."""
        if self.noise is None:
            labels = self.data.judged.labels_of(self.shown)
            return self.model.decode(self.codes.means[self.shown], labels)
        return self.outputs[self.shown]

    @cached_property
    def pairs(self) -> list[Pair]:
        """The closest, the median and the farthest pair of codes."""
        return notable_pairs(self.codes.means)

    @cached_property
    def between(self) -> Decoded:
        """Points between the two codes of each pair, `(pairs, points)`, drawn in the class of its first."""
        means, labels = self.codes.means, self.data.judged.labels
        steps = [points_between(means[pair.first], means[pair.second]) for pair in self.pairs]
        codes = np.reshape(steps, (len(self.pairs), POINTS_BETWEEN, self.model.latent_size))
        if labels is None:
            return self.decode(codes)
        of_first = labels[[pair.first for pair in self.pairs]]
        return self.decode(codes, np.broadcast_to(of_first[:, None], codes.shape[:-1]))

    @cached_property
    def grid(self) -> Decoded:
        """The region of the codes, decoded on a grid `(rows, GRID_SIDE)`, the top row first.

        A network that is given classes has one in each that is drawn, `(classes, rows, GRID_SIDE)`.
        """
        codes, classes = self.region.grid(GRID_SIDE), self.drawn_classes
        if not len(classes):
            return self.decode(codes)
        in_each = np.broadcast_to(codes, (len(classes), *codes.shape))
        return self.decode(in_each, np.broadcast_to(classes[:, None, None], in_each.shape[:-1]))

    @cached_property
    def generated(self) -> Decoded:
        """The points that the config asks for, `(points,)`, each in every class that is drawn."""
        points = np.reshape(self.config.generate, (-1, self.model.latent_size)).astype(float)
        classes = self.drawn_classes
        in_each = np.repeat(points, max(len(classes), 1), axis=0)
        return self.decode(in_each, np.tile(classes, len(points)))

    @cached_property
    def samples(self) -> np.ndarray | None:
        """Decoded random draws from the prior, `(draws, pixels)`; None where there is none.

        They are RANDOM_SAMPLES, or SAMPLES_OF_A_CLASS for each class that is drawn.
        """
        if self.codes.log_variances is None:
            return None
        labels = np.repeat(self.drawn_classes, SAMPLES_OF_A_CLASS)
        count = len(labels) or RANDOM_SAMPLES
        random = generator(self.config.seed, Stream.SAMPLES)
        return self.model.decode(random.standard_normal((count, self.model.latent_size)), labels)
