"""The variational autoencoder of a set of images (mode VAE): what is trained, and how it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING

from images.datasets import DataError, ImageSet, load_images
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.image_model import fitting_plan
from runner.image_result import ImageResult
from runner.storage.csv_text import Table
from runner.tables.image_tables import TABLES
from training.watch import Watch
from vae.evaluation import ACTIVE_FROM
from vae.fitting import FittingPlan, fit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_WEIGHTS = 50_000_000


@dataclass(frozen=True)
class ImageExperiment:
    """The variational autoencoder of a set of images, ready to be trained."""

    config: Config
    images: ImageSet
    plan: FittingPlan

    @classmethod
    def prepare(cls, config: Config) -> "ImageExperiment":
        """Find the images, or say what is missing."""
        if find_spec("tensorflow") is None:
            raise UserError("mode: VAE needs TensorFlow; install it with: pip install tensorflow")
        try:
            images = load_images(config.vae_dataset)
        except DataError as error:
            raise UserError(f"vae_dataset: {error}") from None
        experiment = cls(config, images, fitting_plan(config))
        check_size(experiment.sizes)
        return experiment

    @property
    def sizes(self) -> list[int]:
        """The number of units of each layer, input first."""
        rows, columns = self.images.train_images.shape[1:]
        hidden = self.config.neurons_per_layer
        latent = self.config.latent_layer_neurons
        return [rows * columns, *hidden, latent, *reversed(hidden), rows * columns]

    @property
    def data_sha256(self) -> str:
        """The content hash of images and labels."""
        return self.images.sha256

    def run(self, watch: Watch) -> ImageResult:
        """Train."""
        start = perf_counter()
        train, test = self.images.train_images, self.images.test_images
        trained = fit(train.reshape(len(train), -1), test.reshape(len(test), -1), self.plan, watch)
        seconds = watch.earlier_seconds + perf_counter() - start
        return ImageResult(self.config, self.images, trained, seconds, is_partial=watch.was_stopped)

    def tables(self, result: ImageResult) -> dict[str, Table]:
        """The CSV files by name."""
        return {name: table(result) for name, table in TABLES.items()}

    def figures(self, result: ImageResult) -> Iterator[tuple[str, "Figure"]]:
        """The pictures by name."""
        from runner.figures.image_figures import draw_figures

        return draw_figures(result)

    def pages(self, result: ImageResult) -> dict[str, str]:
        """The interactive page and the notebook by name."""
        # Bokeh takes half a second to import.
        from runner.page.image_page import image_page
        from runner.page.notebook import image_notebook

        return {"explore.html": image_page(result), "notebook.html": image_notebook(result)}

    def describe(self, result: ImageResult) -> list[str]:
        """The last words of a run: what was trained, what it learned, and the figures beside it."""
        config, summary = self.config, result.summary
        lines = [
            f"{self.sizes} learned {self.images.name} ({self.images.source}) with {config.minimizer}:"
            f" {summary['epochs_run']} epochs in {summary['training_seconds']:.0f} s",
            f"  −ELBO of the test set     {summary['test_negative_elbo']:10.2f} nats"
            f"   (reconstruction {summary['test_reconstruction']:.2f} + KL {summary['test_kl']:.2f})",
        ]
        if config.published:
            lines[-1] += f"; published: {config.published.error:.4g}, {config.published.source}"
        if summary["knn_accuracy"] is not None:
            lines.append(
                f"  15-NN accuracy            {summary['knn_accuracy']:10.4f}"
                f"        (PCA of size {config.latent_layer_neurons}: {summary['pca_knn_accuracy']:.4f})"
            )
        collapsed = [f"z{i + 1}" for i, kl in enumerate(result.dimension_kl) if kl < ACTIVE_FROM]
        if collapsed:
            lines.append(f"  Collapsed: {', '.join(collapsed)} tells the decoder nothing.")
            lines.append("  Try a smaller beta or a longer kl_warmup_epochs.")
        if result.diverged:
            lines.append("  The training diverged; these are its last finite weights.")
            lines.append("  Write a smaller learning_rate.")
        return lines


def check_size(sizes: list[int]) -> None:
    """Raise UserError for more weights than this machine should be asked to hold."""
    weights = sum(a * b for a, b in pairwise(sizes))
    if weights > MOST_WEIGHTS:
        raise UserError(
            f"neurons_per_layer: {weights:,} weights are more than {MOST_WEIGHTS:,}; take fewer"
        )
