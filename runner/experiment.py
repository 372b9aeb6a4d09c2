"""From a config to a result, in memory: nothing is written and nothing is printed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from runner.config.errors import UserError
from runner.config.keys import Config
from runner.storage.csv_text import Table
from training.watch import Watch

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Result(Protocol):
    """What an experiment found."""

    @property
    def summary(self) -> dict[str, Any]:
        """The final numbers."""

    @property
    def diverged(self) -> bool:
        """Whether the training ended in numbers that are none."""

    def model_bytes(self) -> bytes:
        """The content of `model.npz`."""


class Experiment(Protocol):
    """A config that was found fit to run: it trains, and turns the result into tables and pictures."""

    @property
    def data_sha256(self) -> str:
        """The content hash of the data."""

    def run(self, watch: Watch) -> Any:
        """Train under the eyes of `watch`, which may end it. Returns a `Result`."""

    def tables(self, result: Any) -> dict[str, Table]:
        """The CSV files by name."""

    def figures(self, result: Any) -> Iterator[tuple[str, "Figure"]]:
        """The pictures by name, drawn one at a time."""

    def pages(self, result: Any) -> dict[str, str]:
        """The interactive page and the notebook by name."""

    def describe(self, result: Any) -> list[str]:
        """The last words of a run."""


def run_experiment(config: Config, watch: Watch | None = None) -> Any:
    """Train what `config` describes.

    Raises UserError for data that does not fit the config and for a network too large to train.
    """
    return prepare(config).run(watch or Watch())


def prepare(config: Config) -> Experiment:
    """Everything that can be checked before training; raises UserError if it cannot be trained."""
    if config.sweep:
        raise UserError("sweep: this trains one network; use runner.sweep.sweep, or set it to []")
    return EXPERIMENTS[config.mode](config)


def _font_experiment(config: Config) -> Experiment:
    from runner.font_experiment import FontExperiment

    return FontExperiment.prepare(config)


def _image_experiment(config: Config) -> Experiment:
    from runner.image_experiment import ImageExperiment

    return ImageExperiment.prepare(config)


# Each mode loads only what it needs.
EXPERIMENTS = {"DEFAULT": _font_experiment, "DAE": _font_experiment, "VAE": _image_experiment}
