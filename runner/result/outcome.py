"""What came out of a training: the network that is kept, and what it makes of the judged pictures."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from autoencoder.bayes import Estimate, bayes_limit
from autoencoder.noise import Noise
from latent.codes import Codes
from latent.components import Axes, principal_axes
from latent.measures import squared_error, wrong_pixels
from latent.region import Region
from runner.config.keys import Config
from runner.data import Data, Pictures
from runner.models.face import Candidate, Model, Training, reconstruct
from runner.models.noise import judging_noise, noise_to_judge_by, training_noise, watched_noise
from training.ending import Ending
from training.history import History
from training.streams import Stream, generator

if TYPE_CHECKING:
    from vae.importance import Bound
    from vae.likelihood import Losses

TEST_COPIES = 200
# Of noisy test pictures; of large ones there are fewer copies.
MOST_TEST_PIXELS = 20_000_000
# Of a set with a test part, by so many of its training pictures one network of several is chosen.
MOST_CHOOSING = 10_000
# The noise behind the nats of each picture and behind Bayes' limit, which is the same for every run.
SEED_OF_TABLES = 0
DRAWS = 10


@dataclass(frozen=True)
class DenoisingTest:
    """Fresh noise on the judged pictures, restored by the network and by Bayes' rule."""

    inputs: np.ndarray  # (copies, pictures, pixels)
    outputs: np.ndarray  # the same
    bayes_outputs: np.ndarray | None  # the same; None where it would take too long
    pixels: np.ndarray  # (pictures, pixels)

    @property
    def error(self) -> Estimate | None:
        """The accumulated error of the network; None if one copy does not tell how far it scatters."""
        if len(self.inputs) == 1:
            return None
        return Estimate.of(squared_error(self.outputs, self.pixels))

    @property
    def excess(self) -> Estimate | None:
        """How far the network's error is expected above the limit, as found on the same noise.

        Whatever a denoiser makes of a noisy picture, its expected error there is that of Bayes' rule and
        ½ Σ (its output − that of Bayes' rule)² more.
        """
        if self.bayes_outputs is None or len(self.inputs) == 1:
            return None
        return Estimate.of(squared_error(self.outputs, self.bayes_outputs))


@dataclass(frozen=True)
class Outcome:
    """The best of the trained networks, and its codes, reconstructions and errors.

    Reconstructions are those of what the network is given: the judged pictures, or for a denoiser their
    noisy copies. Wrong pixels are those of the first copy, errors are means over the copies.
    """

    config: Config
    data: Data
    noise: Noise | None  # against which the network was trained
    training: Training
    training_seconds: float

    @property
    def is_partial(self) -> bool:
        """Whether the training was stopped before its end."""
        return self.training.ending is Ending.STOPPED

    @property
    def diverged(self) -> bool:
        """Whether no network trained to its end."""
        return all(candidate.diverged for candidate in self.training.candidates)

    @cached_property
    def new_noise(self) -> Noise | None:
        """The noise on which a denoiser is judged; None for a network trained without noise."""
        return noise_to_judge_by(self.config)

    @property
    def other_noise(self) -> str:
        """What it is judged on, in words, if that is not the noise of its training; else empty."""
        if self.new_noise is None or self.new_noise == self.noise:
            return ""
        return f"{self.new_noise.kind}, p = {self.new_noise.probability:g}"

    @cached_property
    def pixels(self) -> np.ndarray:
        """The judged pictures `(pictures, pixels)` in 0…1."""
        return self.data.judged.levels()

    @cached_property
    def inputs(self) -> np.ndarray:
        """What the network is given, `(copies, pictures, pixels)`.

        A denoiser gets the noisy copies it was trained on, or where there is a test part that with new
        noise.
        """
        if self.noise is None:
            return self.pixels[None]
        if self.data.test:
            return self._judging_noise(copies=1)
        return training_noise(self.config, self.noise, self.pixels)

    @cached_property
    def watched(self) -> np.ndarray | None:
        """New noise by which one denoiser of several is chosen, `(copies, pictures, pixels)`."""
        return None if self.noise is None else watched_noise(self.config, self.noise, self._choosing)

    @property
    def _choosing(self) -> np.ndarray:
        """The pictures by which one network of several is chosen: never those of a test part."""
        return self.data.train.levels(slice(MOST_CHOOSING)) if self.data.test else self.pixels

    @property
    def _choosing_labels(self) -> np.ndarray | None:
        """The classes of these pictures."""
        if self.data.test is None:
            return self.data.judged.labels
        return self.data.train.labels_of(slice(MOST_CHOOSING))

    @cached_property
    def _judgements(self) -> list[tuple[float, int]]:
        """The accumulated error and the number of wrong pixels of every network."""
        pixels, found = self._choosing, []
        inputs = pixels[None] if self.watched is None else self.watched
        for candidate in self.training.candidates:
            outputs = _outputs(candidate.model, inputs, self._choosing_labels)
            error = squared_error(outputs, pixels).sum(axis=-1).mean(axis=-1)
            found.append((float(error), int(wrong_pixels(outputs[0], pixels).sum())))
        return found

    @property
    def candidate_errors(self) -> np.ndarray:
        """The accumulated error of every network, `(candidates,)`."""
        return np.array([error for error, _ in self._judgements])

    @property
    def candidate_wrong_pixels(self) -> np.ndarray:
        """The number of wrong pixels of every network, `(candidates,)`."""
        return np.array([wrong for _, wrong in self._judgements])

    @cached_property
    def best_index(self) -> int:
        """The network with the smallest accumulated error."""
        return int(self.candidate_errors.argmin())

    @property
    def best(self) -> Candidate:
        """The network that is kept."""
        return self.training.candidates[self.best_index]

    @property
    def model(self) -> Model:
        """What the kept network computes."""
        return self.best.model

    @property
    def history(self) -> History:
        """What was measured while it was trained."""
        return self.best.history

    @cached_property
    def _all_outputs(self) -> np.ndarray:
        return _outputs(self.model, self.inputs, self.data.judged.labels)

    @property
    def outputs(self) -> np.ndarray:
        """Reconstructions of the first input of each judged picture, `(pictures, pixels)`."""
        return self._all_outputs[0]

    @cached_property
    def errors(self) -> np.ndarray:
        """½ Σ (output − target)² of each judged picture, `(pictures,)`."""
        return squared_error(self._all_outputs, self.pixels).mean(axis=0)

    @cached_property
    def wrong(self) -> np.ndarray | None:
        """Which pixels of `outputs` are wrong, `(pictures, pixels)`; None where none can be."""
        return wrong_pixels(self.outputs, self.pixels) if self.data.is_binary else None

    @cached_property
    def codes(self) -> Codes:
        """The codes of the judged pictures themselves, without noise."""
        return self.encode(self.data.judged)

    def encode(self, pictures: Pictures) -> Codes:
        """The codes of pictures of the set."""
        return self.model.encode(pictures.pixels, pictures.labels)

    def drawn_right(self, codes: np.ndarray) -> int:
        """How many of the judged pictures have no wrong pixel, drawn from `codes` `(pictures, latent)`."""
        outputs = self.model.decode(codes, self.data.judged.labels)
        return int((~wrong_pixels(outputs, self.pixels).any(axis=1)).sum())

    @cached_property
    def nats(self) -> np.ndarray | None:
        """The reconstruction term of −ELBO of each judged picture, `(pictures,)`, or None."""
        return self.nats_of(self.data.judged, SEED_OF_TABLES)

    def nats_of(self, pictures: Pictures, seed: int, draws: int = DRAWS) -> np.ndarray | None:
        """The same of other pictures; of a training that was stopped by one draw of the codes."""
        return self.model.nats(pictures.pixels, seed, 1 if self.is_partial else draws, pictures.labels)

    @cached_property
    def losses(self) -> "Losses | None":
        """The parts of −ELBO of each judged picture, where the config asks for them."""
        if not self.config.exact_likelihood or self.is_partial:
            return None
        return self.model.losses(self.data.judged.pixels, self.data.judged.labels)

    @cached_property
    def bound(self) -> "Bound | None":
        """A lower bound of log p(x) of each judged picture, where that is asked for and no sum can tell."""
        if not self.config.exact_likelihood or self.is_partial or self.losses is not None:
            return None
        return self.model.bound(self.data.judged.pixels, self.config.seed, self.data.judged.labels)

    @cached_property
    def test(self) -> DenoisingTest | None:
        """What a denoiser makes of noise it has not seen; None for a network trained without noise."""
        if self.new_noise is None:
            return None
        inputs = self._judging_noise(max(1, min(TEST_COPIES, MOST_TEST_PIXELS // self.pixels.size)))
        outputs = np.stack([reconstruct(self.model, copy) for copy in inputs])
        best = self.bayes_outputs(self.new_noise, inputs)
        return DenoisingTest(inputs, outputs, best, self.pixels)

    def _judging_noise(self, copies: int) -> np.ndarray:
        assert self.new_noise is not None
        return judging_noise(self.config, self.new_noise, self.pixels, copies)

    @cached_property
    def bayes_limit(self) -> Estimate | None:
        """The expected accumulated error of the best possible denoiser, where that is known."""
        if self.new_noise is None or not self._has_best_denoiser:
            return None
        return bayes_limit(self.new_noise, self.pixels, generator(SEED_OF_TABLES, Stream.TEST_NOISE))

    @property
    def _has_best_denoiser(self) -> bool:
        return self.data.is_few and self.data.is_binary

    def bayes_outputs(self, noise: Noise, inputs: np.ndarray) -> np.ndarray | None:
        """What the best possible denoiser makes of `inputs` `(copies, pictures, pixels)`, or None.

        It is known where the pictures are few and of 0 and 1.
        """
        return noise.posterior_mean(inputs, self.pixels) if self._has_best_denoiser else None

    @cached_property
    def principal_axes(self) -> Axes:
        """The mean and the axes of the pictures to learn, as many as there are latent numbers."""
        return principal_axes(self.data.train.pixels, self.model.latent_size)

    @cached_property
    def region(self) -> Region:
        """Where codes are expected."""
        return self.model.region(self.codes)


def _outputs(model: Model, inputs: np.ndarray, labels: np.ndarray | None) -> np.ndarray:
    """What a network makes of `inputs` `(copies, pictures, pixels)`, the same shape."""
    of_all = None if labels is None else np.tile(labels, len(inputs))
    return reconstruct(model, inputs.reshape(-1, inputs.shape[-1]), of_all).reshape(inputs.shape)
