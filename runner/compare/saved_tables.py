"""Columns of the CSV files that runs leave behind."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from runner.storage.csv_text import columns_of
from runner.storage.folder import read_whole

JUDGING_COLUMNS = ("validation_loss", "validation_error", "error")


@dataclass(frozen=True)
class Curve:
    """An error by epoch, arrays `(epochs,)`."""

    epochs: np.ndarray
    values: np.ndarray


@dataclass(frozen=True)
class Map:
    """A latent map: places `(points, 2)`, and for each point what is drawn there."""

    places: np.ndarray
    characters: list[str] | None  # what each picture is called, where they have names
    classes: list[str] | None  # of pictures with classes; empty text without labels


def curve_column(run: Path) -> str:
    """The column of a run's `metrics.csv` that tells how well it learned, on a test part if it has one."""
    return _judging_column(_metrics(run))


def _metrics(run: Path) -> str:
    return read_whole(run, "metrics.csv").decode()


def _judging_column(metrics: str) -> str:
    header = metrics.partition("\n")[0].split(",")
    return next(name for name in JUDGING_COLUMNS if name in header)


def read_curve(run: Path) -> Curve:
    """How well a run had learned by epoch, where that was measured: its error, or −ELBO."""
    text = _metrics(run)
    columns = columns_of(text, ("epoch", _judging_column(text)))
    epochs, values = (column.astype(float) for column in columns.values())
    is_measured = np.isfinite(values)
    return Curve(epochs[is_measured], values[is_measured])


def read_map(run: Path) -> Map:
    """The latent map of a run."""
    with (run / "latent.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = np.array([(float(row["x"]), float(row["y"])) for row in rows]).reshape(-1, 2)
    if "character" not in rows[0]:
        return Map(places, None, [row["class_name"] for row in rows])
    # What cannot be seen is drawn by its name.
    characters = [row["character"] if _is_visible(row["character"]) else row["name"] for row in rows]
    return Map(places, characters, None)


def _is_visible(character: str) -> bool:
    return character.isprintable() and character.strip() != ""
