"""The error of each of few pictures as a bar, with its name below it or beside it."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from runner.figures.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    in_rows,
    new_sheet,
    rectangles,
    text_width,
)
from runner.figures.texts import caption, write

# Inches: the width of a sheet, and its height at most.
WIDTH, HEIGHT = 9.6, 20.0
# Upright bars: inches for a bar with its name below, the least and the most, and of a row; for its scale.
NARROWEST, WIDEST, ROW, ONE_ROW, SCALE = 0.26, 0.5, 1.5, 2.8, 0.5
# Lying bars, for longer names: inches of a line, lines of a column, inches between columns.
LINE, LINES, BETWEEN = 0.18, 36, 0.25
MOST_COLUMNS = 3
NUMBER = 0.5
ERROR = "½ Σ (output − target)²"


def picture_errors(errors, missed, names, noun) -> Figure:
    """The error of each picture; `missed` ones have wrong pixels, None where none can be wrong."""
    learned = "" if missed is None else f"{int((~missed).sum())} of {len(names)} learned"
    colors = np.full(len(names), BLUE) if missed is None else np.where(missed, ORANGE, BLUE)
    names, words = [caption(name) for name in names], (f"Error of each {noun}", learned)
    is_short = text_width(names) <= WIDEST
    return (_upright if is_short else _lying)(errors, colors, names, words)


def _upright(errors, colors, names, words: tuple[str, str]) -> Figure:
    """Rows of bars with their names below, all on one scale."""
    slot = max(NARROWEST, text_width(names) + 0.1)
    across = min(len(names), int((WIDTH - SCALE) / slot))
    down, row, column = in_rows(len(names), across)
    height = ONE_ROW if down == 1 else min(ROW, HEIGHT / down)
    figure, axes = _sheet(SCALE + across * slot, down * height, words)
    full, floor = height - 0.5, -(row + 1) * height + 0.25
    ticks = np.array(MaxNLocator(3, steps=[1, 2, 5, 10]).tick_values(0, errors.max() or 1))
    unit = full / (ticks[-1] or 1)
    for level in range(down):
        _scale(axes, -(level + 1) * height + 0.25, ticks, unit)
    corners = np.column_stack([SCALE + (column + 0.1) * slot, floor])
    sizes = np.column_stack([np.full(len(names), 0.8 * slot), errors * unit])
    axes.add_collection(rectangles(corners, sizes, colors, zorder=2))
    for x, y, name in zip(SCALE + (column + 0.5) * slot, floor - 0.04, names, strict=True):
        write(axes, x, y, name, fontsize=9, color=INK, ha="center", va="top")
    return figure


def _scale(axes: Axes, floor: float, ticks: np.ndarray, unit: float) -> None:
    """The lines behind a row of bars, with their values."""
    for tick, text in zip(ticks, _tick_texts(ticks), strict=True):
        height = floor + tick * unit
        axes.axhline(height, SCALE / axes.get_xlim()[1], color=PALE, linewidth=0.8, zorder=1)
        write(axes, SCALE - 0.06, height, text, fontsize=8, color=GREY, ha="right", va="center")


def _tick_texts(ticks: np.ndarray) -> list[str]:
    """The numbers of a scale in one notation, with powers of ten where one of them needs it."""
    plain = [f"{tick:g}" for tick in ticks]
    if not any("e" in text for text in plain):
        return plain
    return ["0" if tick == 0 else f"{tick:.1e}".replace(".0e", "e") for tick in ticks]


def _lying(errors, colors, names, words: tuple[str, str]) -> Figure:
    """Columns of bars with their names before and their values behind them."""
    columns = min(MOST_COLUMNS, math.ceil(len(names) / LINES))
    lines = math.ceil(len(names) / columns)
    line = min(LINE, HEIGHT / lines)
    width = (WIDTH - (columns - 1) * BETWEEN) / columns if columns > 1 else 0.7 * WIDTH
    figure, axes = _sheet(columns * (width + BETWEEN) - BETWEEN, lines * line, words)
    column, row = np.divmod(np.arange(len(names)), lines)
    start = column * (width + BETWEEN) + text_width(names) + 0.08
    unit = (width - text_width(names) - 0.08 - NUMBER) / (errors.max() or 1)
    middle = -(row + 0.5) * line
    corners = np.column_stack([start, middle - 0.4 * line])
    sizes = np.column_stack([errors * unit, np.full(len(names), 0.8 * line)])
    axes.add_collection(rectangles(corners, sizes, colors))
    looks = {"fontsize": 8, "va": "center_baseline"}
    for x, y, name, error in zip(start, middle, names, errors, strict=True):
        write(axes, x - 0.06, y, name, color=INK, ha="right", **looks)
        write(axes, x + error * unit + 0.04, y, f"{error:.3g}", color=GREY, ha="left", **looks)
    return figure


def _sheet(width: float, height: float, words: tuple[str, str]) -> tuple[Figure, Axes]:
    """Axes measured in inches from their upper left corner."""
    title, learned = words
    figure, axes = new_sheet(width, height, title, "; ".join(filter(None, [learned, ERROR])))
    axes.set(xlim=(0, width), ylim=(-height, 0))
    return figure, axes
