"""The 96 characters through the readers of others."""

import csv
from pathlib import Path

import numpy as np
import pandas

from fonts import load_fonts

from .finding import Finding
from .modes import FONT
from .processes import run, words_of

FONTS = ["font1", "font2", "font3"]
COLUMNS = ["name", "code_point"]


def characters(workspace: Path) -> Finding:
    """Names and numbers of `latent.csv` and `reconstructions.csv` in `csv` and pandas, as they were."""
    workspace.mkdir(parents=True, exist_ok=True)
    (workspace / "config.json").write_text("{}")
    font = load_fonts(FONTS)
    names, points = font.names, [f"U+{ord(character):04X}" for character in font.characters]
    keys = {**FONT, "font_set": FONTS, "epochs": 50, "bias": True}
    failures = run([*words_of(keys), "--name", "run", "--quiet"], workspace).failures(0)
    place = workspace / "results" / "run"
    with (place / "latent.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    frame = pandas.read_csv(place / "latent.csv")
    for name, expected in zip(COLUMNS, (names, points), strict=True):
        failures += [f"csv: {a!r} became {b!r}" for a, b in _pairs(expected, [row[name] for row in rows])]
        failures += [f"pandas: {a!r} became {b!r}" for a, b in _pairs(expected, frame[name].tolist())]
    with np.load(place / "model.npz", allow_pickle=False) as model:
        failures += [] if model["names"].tolist() == names else ["model.npz has other names"]
    numbers = ["x", "y", "z1", "z2", "error"]
    texts = np.array([[float(row[name]) for name in numbers] for row in rows])
    same = np.array_equal(texts, frame[numbers].to_numpy())
    failures += [] if same and (texts < 0).any() else ["numbers differ, or none is negative"]
    pixels = pandas.read_csv(place / "reconstructions.csv")
    failures += [f"a pixel's {a!r} became {b!r}" for a, b in _pairs(names, list(pixels["name"].unique()))]
    good = len(names) - sum(line.startswith(("csv", "pandas", "a pixel")) for line in failures)
    done = f"{len(names)} characters and {texts.size} numbers, {(texts < 0).sum()} negative, csv and pandas"
    return Finding("CSV", done, f"{good} of {len(names)}", f"{len(names)} of {len(names)}", failures)


def _pairs(expected: list, found: list) -> list[tuple]:
    if len(expected) != len(found):
        return [(f"{len(expected)} characters", f"{len(found)}")]
    return [(a, b) for a, b in zip(expected, found, strict=True) if a != b]
