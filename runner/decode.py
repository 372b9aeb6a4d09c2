"""Decode latent points of a finished run: `--decode results/<run> 0,0.2 1,0.2`."""

import math
from pathlib import Path

import numpy as np

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.console.terminal import Terminal
from runner.library.finished import finished_run
from runner.result.model_file import StoredModel, read_model
from runner.storage.csv_text import csv_text
from runner.storage.folder import OutputFolder
from runner.tables.decoded import decoded_points

TABLE, PICTURE = "decoded.csv", "plots/decoded.png"


def decode_and_save(run: Path, words: list[str], terminal: Terminal) -> None:
    """Decode the points that `words` name; a picture and a table go to the folder of the run.

    Raises UserError if the run has no model or a word is not a point of its latent space.
    """
    if not (run / "model.npz").exists():
        finished_run(run)  # which says what is there instead
    folder = OutputFolder(run)
    content = folder.read("model.npz")
    config = load_config(run / "config.json")
    size = config.latent_layer_neurons
    if not words:
        raise UserError(f"--decode: name at least one point, e.g. {_example(size)}")
    points = np.array([parse_point(word, size) for word in words])
    _save(read_model(content, config), points, folder, terminal)
    terminal.say(f"look into {run / PICTURE} and {run / TABLE}")


def _save(stored: StoredModel, points: np.ndarray, folder: OutputFolder, terminal: Terminal) -> None:
    from runner.figures.decoded import points_figure
    from runner.figures.style import png

    decoded = stored.decode(points)
    folder.write(TABLE, csv_text(decoded_points(decoded, stored.names, stored.cell)))
    pictures = decoded if stored.is_ink else decoded.negative()
    folder.write(PICTURE, png(points_figure(pictures, stored.names, stored.cell, "Decoded points")))
    if decoded.nearest is None or decoded.distance is None:
        return
    for point, row, distance in zip(points, decoded.nearest, decoded.distance, strict=True):
        name = stored.names[row].removeprefix("digit ")
        near = f"is {name}" if distance == 0 else f"is new; nearest is {name}, {distance} pixels away"
        terminal.say(f"{','.join(f'{number:g}' for number in point)} {near}")


def parse_point(word: str, size: int) -> list[float]:
    """The numbers of `0,0.2`. Raises UserError if they are not one for each latent neuron."""
    # As pages print them: with brackets, blanks and a proper minus.
    plain = word.strip().strip("()").replace("−", "-")
    try:
        point = [float(number) for number in plain.split(",")]
    except ValueError:
        point = []
    if len(point) != size or not all(map(math.isfinite, point)):
        raise UserError(f"--decode: got {word!r}; a point of this run looks like {_example(size)}")
    return point


def _example(size: int) -> str:
    return ",".join(["0", "0.2", "-1"][i % 3] for i in range(size))
