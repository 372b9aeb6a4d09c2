"""What a variational autoencoder made of a set of images: the arrays, and the numbers that sum them up."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import norm

from images.datasets import ImageSet
from latent.plane import Plane
from runner.config.keys import Config
from runner.image_model import model_bytes
from vae.evaluation import (
    DRAWS,
    active_dimensions,
    kl_per_dimension,
    knn_accuracy,
    negative_elbo,
    pca_codes,
    per_image,
)
from vae.fitting import FittingHistory, TrainedVae

GRID_SIDE = 15
SMALLEST_QUANTILE, LARGEST_QUANTILE = 0.05, 0.95
SHOWN_IMAGES = 20
RANDOM_SAMPLES = 40
SAMPLES_STREAM = 4
# The noise behind the numbers of each test image, which is the same for every run.
SEED_OF_TABLES = 0


@dataclass(frozen=True)
class ImageResult:
    """A trained network and all that is derived from it. Codes are means of the encoder's normals.

    A training that was ended before its time is partial: whoever ends it does not wait for the slow
    numbers, and the others come from one draw of the code.
    """

    config: Config
    images: ImageSet
    trained: TrainedVae
    training_seconds: float
    is_partial: bool = False

    @property
    def history(self) -> FittingHistory:
        """What was measured in each epoch."""
        if self.trained.history is None:
            raise ValueError("a network read from a file has no history")
        return self.trained.history

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of an image."""
        rows, columns = self.images.test_images.shape[1:]
        return rows, columns

    @cached_property
    def test_pixels(self) -> np.ndarray:
        """The test images `(images, pixels)`, uint8."""
        return self.images.test_images.reshape(len(self.images.test_images), -1)

    @cached_property
    def train_pixels(self) -> np.ndarray:
        """The training images `(images, pixels)`, uint8."""
        return self.images.train_images.reshape(len(self.images.train_images), -1)

    @cached_property
    def codes(self) -> tuple[np.ndarray, np.ndarray]:
        """Means and log-variances of the test images, `(images, latent)` each."""
        return self.trained.encode(self.test_pixels)

    @cached_property
    def per_image(self) -> tuple[np.ndarray, np.ndarray]:
        """Reconstruction term and KL of each test image in nats, `(images,)` each."""
        return per_image(self.trained, self.test_pixels, SEED_OF_TABLES, self._draws)

    @property
    def _draws(self) -> int:
        return 1 if self.is_partial else DRAWS

    @cached_property
    def plane(self) -> Plane:
        """The plane in which the codes are drawn."""
        return Plane.of(self.codes[0])

    @cached_property
    def grid_codes(self) -> np.ndarray:
        """The manifold's codes `(rows, GRID_SIDE, latent)`: quantiles of the prior, the top row first.

        The first two dimensions vary, all others stay at the prior's mean, 0.
        """
        quantiles = norm.ppf(np.linspace(SMALLEST_QUANTILE, LARGEST_QUANTILE, GRID_SIDE))
        latent = self.codes[0].shape[1]
        down = quantiles[::-1] if latent > 1 else np.zeros(1)
        codes = np.zeros((len(down), GRID_SIDE, latent))
        codes[:, :, 0] = quantiles
        if latent > 1:
            codes[:, :, 1] = down[:, None]
        return codes

    @cached_property
    def grid(self) -> np.ndarray:
        """The decoded manifold `(rows, GRID_SIDE, pixels)`, in one call."""
        return self.decode(self.grid_codes)

    @cached_property
    def generated(self) -> np.ndarray:
        """The decoded points that the config asks for, `(points, pixels)`."""
        return self.decode(np.reshape(self.config.generate, (-1, self.codes[0].shape[1])))

    @cached_property
    def reconstructions(self) -> np.ndarray:
        """The first test images, encoded to their means and decoded, `(SHOWN_IMAGES, pixels)`."""
        return self.decode(self.codes[0][:SHOWN_IMAGES])

    @cached_property
    def samples(self) -> np.ndarray:
        """Decoded random draws from the prior, `(RANDOM_SAMPLES, pixels)`."""
        random = np.random.default_rng((self.config.seed, SAMPLES_STREAM))
        return self.decode(random.standard_normal((RANDOM_SAMPLES, self.codes[0].shape[1])))

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Pixels `(…, pixels)` of `codes` `(…, latent)`."""
        pixels = self.trained.decode(codes.reshape(-1, codes.shape[-1]))
        return pixels.reshape(*codes.shape[:-1], self.test_pixels.shape[1])

    @property
    def diverged(self) -> bool:
        """Whether the training ended in numbers that are none."""
        return self.trained.diverged

    @cached_property
    def class_names(self) -> list[str]:
        """The class of each test image in words; empty without labels."""
        if self.images.test_labels is None:
            return []
        return [self.images.class_names[label] for label in self.images.test_labels]

    @cached_property
    def dimension_kl(self) -> np.ndarray:
        """The KL term of each latent dimension in nats, a mean over the test images."""
        return kl_per_dimension(*self.codes)

    @cached_property
    def summary(self) -> dict[str, int | float | None]:
        """The final numbers, under the names that `summary.json` uses."""
        reconstruction, kl = self._test_means()
        epochs = len(self.history.seconds)
        return {
            "test_negative_elbo": reconstruction + kl,
            "test_reconstruction": reconstruction,
            "test_kl": kl,
            "train_negative_elbo": None if self.is_partial else self._train_negative_elbo(),
            **self._neighbours(),
            "active_dimensions": active_dimensions(*self.codes),
            "epochs_run": epochs,
            "training_seconds": self.training_seconds,
            "seconds_per_epoch": float(np.median(np.diff(self.history.seconds, prepend=0)))
            if epochs
            else None,
        }

    def _test_means(self) -> tuple[float, float]:
        """Reconstruction term and KL, means over the test images, with the noise of the config's seed."""
        drawn, seed = self.per_image, self.config.seed
        if seed != SEED_OF_TABLES:
            drawn = per_image(self.trained, self.test_pixels, seed, self._draws)
        reconstruction, kl = (float(part.mean()) for part in drawn)
        return reconstruction, kl

    def _train_negative_elbo(self) -> float:
        return negative_elbo(self.trained, self.train_pixels, self.config.seed, draws=1)[0]

    def _neighbours(self) -> dict[str, float | None]:
        """15-nearest-neighbour accuracy of the codes, and of as many principal components."""
        images, latent = self.images, self.codes[0].shape[1]
        if self.is_partial or images.train_labels is None or images.test_labels is None:
            return {"knn_accuracy": None, "pca_knn_accuracy": None}
        labels = images.train_labels, images.test_labels
        train_codes, _ = self.trained.encode(self.train_pixels)
        by_pca = pca_codes(self.train_pixels, self.test_pixels, latent)
        return {
            "knn_accuracy": knn_accuracy(train_codes, labels[0], self.codes[0], labels[1]),
            "pca_knn_accuracy": knn_accuracy(by_pca[0], labels[0], by_pca[1], labels[1]),
        }

    def model_bytes(self) -> bytes:
        """The content of `model.npz`."""
        return model_bytes(self.trained, self.shape)
