"""Draw a set of pictures in colour of which everything is known: shapes × colours × places.

`python -m tools.colour_shapes shapes` fills the folder `shapes` with a sub-folder for each colour. All
colours have the same luminance, so that in grey nothing tells them apart.
"""

import argparse
from itertools import product
from pathlib import Path

import numpy as np
from PIL import Image

SIDE, RADIUS = 32, 6
PICTURES = 1000
# Of one luminance each (ITU-R BT.601, 110 of 255), and of another than the ground.
COLORS = {
    "red": (237, 60, 34),
    "green": (29, 157, 82),
    "blue": (75, 102, 243),
    "violet": (177, 65, 167),
}
GROUND = (235, 235, 235)
SHAPES = ("circle", "square", "triangle", "cross")


def draw(shape: str, color: str, row: float, column: float) -> np.ndarray:
    """A picture `(SIDE, SIDE, 3)`, uint8, with a shape around a place."""
    down, across = np.mgrid[:SIDE, :SIDE] - np.reshape([row, column], (2, 1, 1))
    inside = {
        "circle": np.hypot(down, across) <= RADIUS,
        "square": np.maximum(abs(down), abs(across)) <= 0.85 * RADIUS,
        "triangle": (down <= 0.8 * RADIUS) & (abs(across) <= 0.6 * (down + RADIUS)),
        "cross": (np.maximum(abs(down), abs(across)) <= RADIUS)
        & (np.minimum(abs(down), abs(across)) <= RADIUS / 3),
    }[shape]
    return np.where(inside[..., None], COLORS[color], GROUND).astype(np.uint8)


def write_pictures(folder: Path, count: int = PICTURES) -> None:
    """Fill a folder with so many pictures: every shape in every colour as often, at random places."""
    places = np.random.default_rng(0).uniform(RADIUS + 1, SIDE - RADIUS - 2, (count, 2))
    kinds = list(product(SHAPES, COLORS))
    for number, place in enumerate(places):
        shape, color = kinds[number % len(kinds)]
        path = folder / color / f"{shape} {number // len(kinds)}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(draw(shape, color, *place)).save(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tools.colour_shapes", description=__doc__)
    parser.add_argument("folder", type=Path, help="is made, and filled with a folder for each colour")
    write_pictures(parser.parse_args().folder)
