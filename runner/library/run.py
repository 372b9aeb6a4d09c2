"""A run that has ended, and all that can be asked of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config
from runner.data import Cell
from runner.experiment import run_experiment
from runner.library.finished import finished_run
from runner.library.given import given_classes, given_codes, given_pictures
from runner.library.shown import Figures, drawn_figures, drawn_thumbnails, run_html, saved_thumbnails
from runner.library.tables import Tables
from runner.models.face import Model
from runner.page.facts import counted, headline, title
from runner.result.model_file import StoredModel, read_model
from runner.result.restored import restored_result
from runner.result.result import Result
from runner.storage.csv_text import csv_text
from runner.storage.folder import OutputFolder
from runner.tables.tables import TABLES


@dataclass(frozen=True)
class Run:
    """A trained network and what is known of it; it shows itself in a notebook.

    `config` has every key, `summary` the final numbers, `tables["latent.csv"]["x"]` the columns of every
    table. Pictures are `(…, rows, columns)` or `(…, pixels)`, as many as you like, with the levels that
    the network learned: for a font and for MNIST 0 is paper, for your own pictures 0 is black.
    """

    config: Config
    summary: Mapping[str, Any]
    tables: Mapping[str, Mapping[str, np.ndarray]]
    stored: StoredModel
    _heading: str
    _line: str
    _make_result: Callable[[], Result]
    _thumbnails: Callable[[], dict[str, bytes]]

    @property
    def model(self) -> Model:
        """The network."""
        return self.stored.model

    @property
    def cell(self) -> Cell:
        """Rows and columns of a picture, and of one in colour its channels."""
        return self.stored.cell

    def encode(self, pictures, classes=None) -> np.ndarray:
        """The codes `(…, latent)` of pictures; a variational encoder's are the means.

        A conditional network is given their `classes`, by name or label: one for all, or one of each.
        Raises UserError for pictures of another shape, for numbers that are neither bytes nor 0…1, and
        where classes are missing or too many.
        """
        flat = given_pictures(pictures, self.cell)
        labels = self._labels(classes, flat.shape[:-1])
        means = self.model.encode(flat.reshape(-1, flat.shape[-1]), labels).means
        return means.reshape(*flat.shape[:-1], means.shape[-1])

    def decode(self, codes, classes=None) -> np.ndarray:
        """Pictures `(…, *cell)` in 0…1 of codes `(…, latent)`, and of `classes` as with `encode`.

        Raises UserError for others.
        """
        points = given_codes(codes, self.model.latent_size)
        labels = self._labels(classes, points.shape[:-1])
        pixels = self.model.decode(points.reshape(-1, points.shape[-1]), labels)
        return pixels.reshape(*points.shape[:-1], *self.cell)

    def reconstruct(self, pictures, classes=None) -> np.ndarray:
        """What becomes of pictures, `(…, *cell)` in 0…1. Raises UserError as `encode` does."""
        return self.decode(self.encode(pictures, classes), classes)

    def _labels(self, classes, shape: tuple[int, ...]) -> np.ndarray | None:
        """The labels of all, in a row."""
        labels = given_classes(classes, self.stored.class_names, shape)
        return None if labels is None else labels.reshape(-1)

    def figures(self) -> Figures:
        """Every picture of `plots/` by the name of its file; of several restarts the kept one alone.

        Raises UserError if the data that the run learned cannot be found any more.
        """
        return drawn_figures(self.result)

    def keras_models(self) -> tuple[Any, Any]:
        """Encoder and decoder of mode VAE as Keras models with the trained weights.

        Pixels `(n, pixels)` in 0…1 → [means, log-variances]; codes `(n, latent)` → pixels. Raises
        UserError for a network of another mode, and without TensorFlow.
        """
        models = self.model.keras_models()
        if models is None:
            raise UserError(
                f"mode {self.config.mode} has a NumPy network; runs of mode VAE have one of Keras"
            )
        return models

    @cached_property
    def result(self) -> Result:
        """Everything that can be derived from the network and its data, which are read again."""
        return self._make_result()

    def __repr__(self) -> str:
        return f"Run({self._heading}: {self._line})"

    def _repr_html_(self) -> str:
        return run_html(self._heading, self._line, self.config, self.summary, self._thumbnails())


def load_run(path: str | Path) -> Run:
    """The finished run in the folder at `path`, e.g. `results/latest`.

    Raises UserError, with the remedy, if there is no run, or one that is not finished.
    """
    record = finished_run(path)
    folder, config = OutputFolder(record.path), load_config(record.path / "config.json")
    stored = read_model(folder.read("model.npz"), config)
    epochs = counted(record.summary.get("epochs_run", config.epochs), "epoch")
    return Run(
        config=config,
        summary=record.summary,
        tables=Tables(
            (file.name for file in record.path.glob("*.csv")), lambda name: folder.read(name).decode()
        ),
        stored=stored,
        _heading=record.path.resolve().name,  # and not `latest`
        _line=f"{stored.model.sizes} · mode {config.mode} · {config.minimizer}, {epochs}",
        _make_result=partial(restored_result, folder),
        _thumbnails=partial(saved_thumbnails, record.path),
    )


def train(config: str | Path | None = "config.json", **keys: Any) -> Run:
    """Train what a config file describes, with `keys` on top; nothing is written and nothing is printed.

    Without a file, `train(None, epochs=500)`, all other keys have their defaults. Raises UserError for
    mistakes in the config, and for data that cannot be found.
    """
    result = run_experiment(load_config(config, keys))
    return Run(
        config=result.config,
        summary=result.summary,
        tables=Tables(TABLES, lambda name: csv_text(TABLES[name](result))),
        stored=read_model(result.model_bytes(), result.config),
        _heading=title(result),
        _line=headline(result),
        _make_result=lambda: result,
        _thumbnails=partial(drawn_thumbnails, result),
    )
