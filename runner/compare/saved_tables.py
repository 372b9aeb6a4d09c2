"""Columns of the CSV files that runs leave behind."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from runner.storage.csv_text import columns_of

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


def read_columns(path: Path, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Columns of numbers of a CSV file by name, `(rows,)` each; NaN where a cell is empty."""
    columns = columns_of(path.read_text(encoding="utf-8"))
    return {name: columns[name].astype(float) for name in names}


def curve_column(run: Path) -> str:
    """The column of a run's `metrics.csv` that tells how well it learned, on a test part if it has one."""
    with (run / "metrics.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    return next(name for name in JUDGING_COLUMNS if name in header)


def read_curve(run: Path) -> Curve:
    """How well a run had learned by epoch, where that was measured: its error, or −ELBO."""
    name = curve_column(run)
    columns = read_columns(run / "metrics.csv", ("epoch", name))
    is_measured = np.isfinite(columns[name])
    return Curve(columns["epoch"][is_measured], columns[name][is_measured])


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
