"""Decode latent points of a finished run: `--decode results/<run> 0,0.2 1,0.2`."""

import math
from pathlib import Path

import numpy as np

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config
from runner.console.terminal import Terminal
from runner.figures.style import png
from runner.font_model import FontModel
from runner.storage.csv_text import csv_text
from runner.storage.folder import RunFolder
from runner.tables.font_tables import decoded_points

TABLE, PICTURE = "decoded.csv", "plots/decoded.png"


def decode_and_save(run: Path, words: list[str], terminal: Terminal) -> None:
    """Decode the points that `words` name; a picture and a table go to the folder of the run.

    Raises UserError if the run has no model or a word is not a point of its latent space.
    """
    folder = RunFolder(run)
    data = folder.read("model.npz")
    config = load_config(run / "config.json")
    size = config.latent_layer_neurons
    if not words:
        raise UserError(f"--decode: name at least one point, e.g. {_example(size)}")
    points = np.array([parse_point(word, size) for word in words])
    if config.mode == "VAE":
        _decode_images(folder, data, config, points)
    else:
        _decode_characters(folder, data, points, terminal)
    terminal.say(f"look into {run / PICTURE} and {run / TABLE}")


def _decode_characters(folder: RunFolder, data: bytes, points: np.ndarray, terminal: Terminal) -> None:
    from runner.figures.latent_figures import decoded_points as draw_points

    model = FontModel.from_bytes(data)
    decoded = model.decode(points)
    folder.write(TABLE, csv_text(decoded_points(model, decoded)))
    cell = (model.font.rows, model.font.columns)
    folder.write(PICTURE, png(draw_points(decoded, model.font.labels, cell, "Decoded points")))
    for point, index, distance in zip(points, decoded.nearest, decoded.distance, strict=True):
        name = model.font.names[index]
        near = f"is {name}" if distance == 0 else f"is new; nearest is {name}, {distance} pixels away"
        terminal.say(f"{','.join(f'{number:g}' for number in point)} {near}")


def _decode_images(folder: RunFolder, data: bytes, config: Config, points: np.ndarray) -> None:
    from runner.figures.image_figures import rows_of
    from runner.image_model import read_model
    from runner.tables.image_tables import decoded_table

    trained, shape = read_model(data, config)
    pictures = trained.decode(points)
    folder.write(TABLE, csv_text(decoded_table(points.tolist(), pictures, shape[1])))
    folder.write(PICTURE, png(rows_of(pictures, shape, "Decoded points")))


def parse_point(word: str, size: int) -> list[float]:
    """The numbers of `0,0.2`. Raises UserError if they are not one for each latent neuron."""
    try:
        point = [float(number) for number in word.split(",")]
    except ValueError:
        point = []
    if len(point) != size or not all(map(math.isfinite, point)):
        raise UserError(f"--decode: got {word!r}; a point of this run looks like {_example(size)}")
    return point


def _example(size: int) -> str:
    return ",".join(["0", "0.2", "-1"][i % 3] for i in range(size))
