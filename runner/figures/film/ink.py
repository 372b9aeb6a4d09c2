"""Frames of a film are arrays of palette numbers: what colours there are, and how things get into them.

A GIF has a palette anyhow. To paint with its numbers takes a tenth of the time of finding, frame by frame,
which colours of the palette are nearest.
"""

from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont
from scipy.ndimage import maximum_filter

from runner.figures import style
from runner.figures.style import CLASS_COLORS, PALE

# The first colours lead from paper to ink; so do others from paper to a colour, for smooth edges.
SHADES = 16
RAMPS = style.INK, style.BLUE, style.ORANGE, style.GREEN
INK, BLUE, ORANGE, GREEN = range(len(RAMPS))
FAINT = SHADES * len(RAMPS)
FIRST_CLASS = FAINT + 1
# Behind those of the classes come all colours, in so many steps of red, green and blue.
FIRST_MIXED, STEPS = FIRST_CLASS + len(CLASS_COLORS), (5, 6, 5)
CLEAR = 255  # no colour: what is there stays


@cache
def palette() -> np.ndarray:
    """The colours `(colours, 3)`, bytes."""
    shares = np.linspace(0, 1, SHADES)[:, None]
    ramps = [255 + shares * (_channels(color) - 255) for color in RAMPS]
    singles = [_channels(color)[None] for color in (PALE, *CLASS_COLORS)]
    steps = np.array(STEPS)
    mixed = 255 * np.indices(STEPS).reshape(3, -1).T / (steps - 1)
    return np.concatenate([*ramps, *singles, mixed]).round().astype(np.uint8)


def shaded(levels: np.ndarray, color: int | np.ndarray = INK) -> np.ndarray:
    """The palette numbers of levels, from 0 for paper to 1 for a colour of RAMPS."""
    return (SHADES * color + np.clip(levels, 0, 1) * (SHADES - 1)).round().astype(np.uint8)


def mixed(levels: np.ndarray) -> np.ndarray:
    """The palette numbers `(…)` of levels of red, green and blue `(…, 3)`."""
    places = np.clip(levels * (np.array(STEPS) - 1), 0, np.array(STEPS) - 1).round().astype(int)
    return (FIRST_MIXED + np.ravel_multi_index(tuple(np.moveaxis(places, -1, 0)), STEPS)).astype(np.uint8)


def of_class(labels: np.ndarray) -> np.ndarray:
    """The palette numbers of classes."""
    return (FIRST_CLASS + labels % len(CLASS_COLORS)).astype(np.uint8)


def text(words: str, size: int, color: int = INK) -> np.ndarray:
    """A line of text as palette numbers `(rows, columns)`, without paper."""
    font = _font(size)
    width, height = int(font.getlength(words)) + 2, int(1.3 * size)
    image = Image.new("L", (width, height))
    ImageDraw.Draw(image).text((0, height // 2), words, 255, font, anchor="lm")
    return cut_out(shaded(np.asarray(image) / 255, color))


def cut_out(part: np.ndarray) -> np.ndarray:
    """The same without its paper."""
    return np.where(part % SHADES == 0, CLEAR, part)


def with_edge(parts: np.ndarray) -> np.ndarray:
    """What was cut out `(n, rows, columns)` with a pixel of paper all around, so that it stands out."""
    padded = np.pad(parts, ((0, 0), (1, 1), (1, 1)), constant_values=CLEAR)
    near = maximum_filter(padded != CLEAR, size=(1, 3, 3))
    return np.where((padded == CLEAR) & near, 0, padded)


def paste(frame: np.ndarray, part: np.ndarray, left: int, top: int) -> None:
    """Put a part into a frame, as far as it has room there."""
    bottom, right = top + part.shape[0], left + part.shape[1]
    place = frame[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    seen = part[max(-top, 0) :, max(-left, 0) :][: place.shape[0], : place.shape[1]]
    np.copyto(place, seen, where=seen != CLEAR)


def image_of(frame: np.ndarray) -> Image.Image:
    """A frame as an image."""
    image = Image.fromarray(frame, "P")
    image.putpalette(palette().tobytes())
    return image


def _channels(color: str) -> np.ndarray:
    return np.array(ImageColor.getrgb(color), float)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The font of all other pictures."""
    return ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), size)
