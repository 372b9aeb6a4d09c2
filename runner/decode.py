"""Decode latent points of a finished run: `--decode results/<run> 0,0.2 1,0.2`."""

import math
from pathlib import Path

import numpy as np

from runner.csv_text import csv_text
from runner.errors import UserError
from runner.font_model import FontModel
from runner.font_tables import decoded_points
from runner.latent_figures import decoded_points as draw_points
from runner.storage import RunFolder
from runner.style import png
from runner.terminal import Terminal

TABLE, PICTURE = "decoded.csv", "plots/decoded.png"


def decode_and_save(run: Path, words: list[str], terminal: Terminal) -> None:
    """Decode the points that `words` name; a picture and a table go to the folder of the run.

    Raises UserError if the run has no model or a word is not a point of its latent space.
    """
    folder = RunFolder(run)
    model = FontModel.from_bytes(folder.read("model.npz"))
    if not words:
        raise UserError(f"--decode: name at least one point, e.g. {_example(model)}")
    decoded = model.decode(np.array([parse_point(word, model) for word in words]))
    folder.write(TABLE, csv_text(decoded_points(model, decoded)))
    cell = (model.font.rows, model.font.columns)
    folder.write(PICTURE, png(draw_points(decoded, model.font.labels, cell, "Decoded points")))
    for word, index, distance in zip(words, decoded.nearest, decoded.distance, strict=True):
        name = model.font.names[index]
        near = f"is {name}" if distance == 0 else f"is new; nearest is {name}, {distance} pixels away"
        terminal.say(f"{word.strip()} {near}")
    terminal.say(f"look into {run / PICTURE} and {run / TABLE}")


def parse_point(word: str, model: FontModel) -> list[float]:
    """The numbers of `0,0.2`. Raises UserError if they are not one for each latent neuron."""
    try:
        point = [float(number) for number in word.split(",")]
    except ValueError:
        point = []
    if len(point) != model.network.latent_size or not all(map(math.isfinite, point)):
        raise UserError(f"--decode: got {word!r}; a point of this run looks like {_example(model)}")
    return point


def _example(model: FontModel) -> str:
    return ",".join(["0", "0.2", "-1"][i % 3] for i in range(model.network.latent_size))
