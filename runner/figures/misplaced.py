"""The pictures that an encoder misplaces most: what it makes of them, and where their codes should be."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from runner.data import Cell
from runner.figures.maps.frames import Map
from runner.figures.sheets import Sheet
from runner.figures.style import GREY, ORANGE
from runner.figures.texts import write

MOST_DOTS_SEEN = 1000
# Letters below a box.
LETTERS = 10
BEHIND = 9  # points from the tail of an arrow to the middle of its number


def misplaced_pictures(
    boxes: np.ndarray, names: list[str], nats: np.ndarray, cell: Cell, noun: str
) -> Figure:
    """Each picture, what is drawn from its code, and from the best one, `boxes` `(pictures, 3, pixels)`."""
    sheet = Sheet(len(boxes), (1, 3), cell, lines=(1, 1), letters=LETTERS)
    title = f"The {len(boxes)} {noun}s that the encoder misplaces most"
    said = (
        "each: the picture, drawn from its code, and from the code that would be best; below: what is lost"
    )
    figure, axes = sheet.show(boxes[:, None], title, said)
    sheet.write_above(axes, [f"{number}: {name}" for number, name in enumerate(names, start=1)])
    for box, lost in enumerate(nats.tolist()):
        sheet.write_below(axes, box, f"{lost:.3g} nats", GREY)
    return figure


def misplaced_map(
    places: np.ndarray, tails: np.ndarray, heads: np.ndarray, plane: tuple[str, str], noun: str
) -> Figure:
    """Arrows from the codes `(n, 2)` of some pictures to where they should be, on the `places` of all.

    Of one latent number each has a height of its own above the line.
    """
    title = f"Where the {len(tails)} most misplaced {noun}s should be"
    drawn = Map.of(title, plane, np.concatenate([places, heads]))
    drawn.say("from the code that the encoder gives to the one that would be best; 1 is the worst")
    size = 3 if len(places) > MOST_DOTS_SEEN else 12
    drawn.axes.scatter(places[:, 0], places[:, 1], s=size, color=GREY, alpha=0.4, linewidths=0)
    ends = np.stack([tails, heads], axis=1)
    if drawn.is_strip:
        ends[..., 1] = np.linspace(0.9, 0.1, len(ends))[:, None]
    for row in reversed(range(len(ends))):  # the worst on top
        _arrow(drawn.axes, ends[row, 0], ends[row, 1], str(row + 1))
    return drawn.figure


def _arrow(axes: Axes, tail: np.ndarray, head: np.ndarray, name: str) -> None:
    """Its number stands behind the tail, where it hides no arrow, however short."""
    looks = {"arrowstyle": "->", "color": ORANGE, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", tuple(head), tuple(tail), arrowprops=looks)
    start, end = axes.transData.transform([tail, head])
    back = (start - end) / max(np.hypot(*(start - end)), 1e-9)
    right, up = BEHIND / 72 * back
    behind = axes.transData + ScaledTranslation(right, up, axes.figure.dpi_scale_trans)
    box = {"facecolor": "white", "edgecolor": ORANGE, "pad": 1.5, "alpha": 0.9}
    write(axes, tail[0], tail[1], name, bbox=box, fontsize=8, ha="center", va="center", transform=behind)
