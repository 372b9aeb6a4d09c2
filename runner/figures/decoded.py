"""Pictures of what a decoder draws where nobody put a picture."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from runner.data import Cell
from runner.figures.sheets import Sheet
from runner.figures.style import GREY
from runner.result.decoding import Decoded

ACROSS = 10
# Room for the name of a picture and a distance, and for a latent point at most.
LETTERS_OF_A_CAPTION, LETTERS_OF_A_POINT = 8, 24


def interpolations(decoded: Decoded, ends, titles, names, cell) -> Figure:
    """For each pair the two pictures, `ends` `(pairs, 2, pixels)`, and what lies between their codes."""
    first, last = np.swapaxes(np.asarray(ends), 0, 1)[:, :, None]
    pictures = np.concatenate([first, decoded.pictures, last], axis=1)
    pairs, across, pixels = pictures.shape
    sheet = Sheet(across, (1, 1), cell, _lines(decoded), LETTERS_OF_A_CAPTION)
    boxes = pictures.reshape(-1, 1, 1, pixels)
    title = "Between two codes: five equally spaced points"
    figure, axes = sheet.show(boxes, title, _explained(decoded))
    for pair in range(pairs):
        sheet.write_left(axes, pair * across, titles[pair])
        for step in range(across - 2):
            _caption(sheet, axes, pair * across + step + 1, decoded.take((pair, step)), names)
    return figure


def points_figure(decoded: Decoded, names, cell, title: str) -> Figure:
    """Latent points `(points,)` and what they decode to; of more than fit on a page the first."""
    texts = ["(" + ", ".join(f"{value:.3g}" for value in code) + ")" for code in decoded.codes]
    if decoded.class_names is not None:
        texts = [f"{name} {text}" for name, text in zip(decoded.class_names, texts, strict=True)]
    letters = min(LETTERS_OF_A_POINT, max(map(len, texts)))
    sheet = Sheet(len(texts), (1, 1), cell, _lines(decoded), letters)
    shown, *others = sheet.pages(len(texts))
    more = f"{len(texts) - shown.stop:,} more are in the table" if others else ""
    said = "; ".join(filter(None, ["above: the latent point", _explained(decoded), more]))
    figure, axes = sheet.show(decoded.pictures[shown, None, None], title, said)
    sheet.write_above(axes, texts[shown])
    for box in range(len(texts[shown])):
        _caption(sheet, axes, box, decoded.take((box,)), names)
    return figure


def rows_of(pictures, cell: Cell, title: str, subtitle: str = "") -> Figure:
    """Pictures `(pictures, pixels)` in rows of ten."""
    return Sheet(ACROSS, (1, 1), cell, lines=(0, 0)).show(pictures[:, None, None], title, subtitle)[0]


def _lines(decoded: Decoded) -> tuple[int, int]:
    """Lines of text above and below each drawing."""
    return 1, int(decoded.nearest is not None)


def _explained(decoded: Decoded) -> str:
    """What the captions say, if there are any."""
    if decoded.nearest is None:
        return ""
    return "below: the nearest known picture, and how many pixels differ"


def _caption(sheet: Sheet, axes: Axes, box: int, point: Decoded, names: list[str]) -> None:
    """The nearest known picture below a drawing, and how far from it the drawing is."""
    if point.nearest is not None:
        name, distance = names[point.nearest], point.distance
        sheet.write_below(axes, box, name if distance == 0 else f"{name} +{distance}", GREY)
