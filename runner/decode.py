"""Decode latent points of a finished run: `--decode results/<run> 0,0.2 1,0.2`.

Where the network is given a class, it stands before the point: `3:0,0.2`.
"""

import math
from pathlib import Path

import numpy as np

from runner.classes import label_of, listed_classes, short_name
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.console.terminal import Terminal
from runner.library.finished import finished_run
from runner.result.decoding import Decoded
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
    stored = read_model(content, config)
    if not words:
        raise UserError(f"--decode: name at least one point, e.g. {_example(stored)}")
    labels, points = zip(*(parse_point(word, stored) for word in words), strict=True)
    decoded = stored.decode(np.array(points), np.array(labels))
    _save(stored, decoded, folder, terminal)
    terminal.say(f"look into {run / PICTURE} and {run / TABLE}")


def _save(stored: StoredModel, decoded: Decoded, folder: OutputFolder, terminal: Terminal) -> None:
    from runner.figures.decoded import points_figure
    from runner.figures.style import png

    folder.write(TABLE, csv_text(decoded_points(decoded, stored.names, stored.cell)))
    pictures = decoded if stored.is_ink else decoded.negative()
    folder.write(PICTURE, png(points_figure(pictures, stored.names, stored.cell, "Decoded points")))
    if decoded.nearest is None or decoded.distance is None:
        return
    for point, row, distance in zip(decoded.codes, decoded.nearest, decoded.distance, strict=True):
        name = stored.names[row].removeprefix("digit ")
        near = f"is {name}" if distance == 0 else f"is new; nearest is {name}, {distance} pixels away"
        terminal.say(f"{','.join(f'{number:g}' for number in point)} {near}")


def parse_point(word: str, stored: StoredModel) -> tuple[int, list[float]]:
    """The class and the numbers of `3:0,0.2`, or of `0,0.2` where the network is given no class: 0.

    Raises UserError if they are not one for each latent neuron, and for a class that there is not.
    """
    size, label, numbers = stored.model.latent_size, 0, word
    if stored.class_names and ":" in word:
        name, numbers = word.rsplit(":", 1)
        label = _label(name, stored)
    elif stored.class_names:
        raise UserError(
            f"--decode: got {word!r}; this network is given a class, which stands before a point:"
            f" {_example(stored)}"
        )
    # As pages print them: with brackets, blanks and a proper minus.
    plain = numbers.strip().strip("()").replace("−", "-")
    try:
        point = [float(number) for number in plain.split(",")]
    except ValueError:
        point = []
    if len(point) != size or not all(map(math.isfinite, point)):
        raise UserError(f"--decode: got {word!r}; a point of this run looks like {_example(stored)}")
    return label, point


def _label(name: str, stored: StoredModel) -> int:
    label = label_of(name, stored.class_names)
    if label is None:
        raise UserError(f"--decode: no class {name!r}; there are {listed_classes(stored.class_names)}")
    return label


def _example(stored: StoredModel) -> str:
    point = ",".join(["0", "0.2", "-1"][i % 3] for i in range(stored.model.latent_size))
    return f"{short_name(stored.class_names[0])}:{point}" if stored.class_names else point
