"""How a network learned, by epoch."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from runner.figures.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    label_plainly,
    new_figure,
    text_width,
    thinned,
)
from runner.numbers import number_text
from runner.result.learning import Curve, Learning
from runner.result.limits import PUBLISHED

# So many points of all curves together are drawn without delay; of each, enough to look smooth.
MOST_VERTICES, FEWEST_ON_A_CURVE = 100_000, 60
HEIGHT_OF_A_LIMIT = 0.1  # of two lines of text, as a share of the axes


def learning_curves(learned: Learning) -> Figure:
    """The curve that the network is judged by in colour, other networks in grey, limits as lines."""
    right = 0.3 + text_width(f"{name}:" for name in learned.limits)
    figure, axes = new_figure((8, 4.5), learned.title, right=right)
    *beside, judged = learned.curves
    _draw_others(axes, learned.others)
    for curve in beside:
        axes.plot(curve.epochs, curve.values, color=GREY, linewidth=1.5, label=curve.name)
    points = _points(judged, MOST_VERTICES // (1 + len(learned.others)))
    axes.plot(*points.T, color=BLUE, linewidth=2, label=judged.name or "kept")
    if learned.is_logarithmic:
        axes.set_yscale("log")
    else:
        _note_the_best(axes, judged)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    axes.set_xlabel("epoch")
    axes.set_ylabel(learned.unit)
    axes.grid(axis="y", color=PALE)
    _draw_limits(axes, learned.limits)
    if learned.is_logarithmic:
        label_plainly(axes.yaxis)  # of the whole range, limits included
    _add_legend(axes, learned)
    return figure


def _points(curve: Curve, most: int) -> np.ndarray:
    if not len(curve.values):
        return np.empty((0, 2))
    places, values = thinned(curve.values, max(most, FEWEST_ON_A_CURVE)).T
    return np.column_stack([curve.epochs[places.astype(int)], values])


def _draw_others(axes: Axes, others: list[Curve]) -> None:
    if others:
        curves = [_points(curve, MOST_VERTICES // len(others)) for curve in others]
        axes.add_collection(LineCollection(curves, colors=GREY, linewidths=0.7, alpha=0.5))


def _draw_limits(axes: Axes, limits: dict[str, float]) -> None:
    above = None
    for name, limit in limits.items():
        axes.axhline(limit, color=_color(name), linewidth=1.2, linestyle="--")
    axes.autoscale_view()  # Otherwise heights would be those from before the lines were drawn.
    for name, limit in sorted(limits.items(), key=lambda item: item[1]):
        text = f"{name}:\n{number_text(limit)}"
        # Where two lines are close, the text of the upper one stands above the other's.
        height = axes.transAxes.inverted().transform(axes.transData.transform((0, limit)))[1]
        above = height if above is None else max(height, above + HEIGHT_OF_A_LIMIT)
        axes.text(
            *(1.01, above, text), transform=axes.transAxes, va="center", color=_color(name), fontsize=9
        )


def _color(limit: str) -> str:
    return ORANGE if limit == PUBLISHED else GREEN


def _note_the_best(axes: Axes, curve: Curve) -> None:
    """Write the smallest value beside its place."""
    if len(curve.values):
        best = int(np.argmin(curve.values))
        place = (curve.epochs[best], curve.values[best])
        axes.annotate(f"{place[1]:.2f}", place, (0, 5), textcoords="offset points", ha="right")


def _add_legend(axes: Axes, learned: Learning) -> None:
    if len(learned.curves) > 1:
        axes.legend(frameon=False, fontsize=9)
    elif learned.others:
        lines = [Line2D([], [], color=BLUE, linewidth=2), Line2D([], [], color=GREY, linewidth=0.7)]
        axes.legend(lines, ["kept", "other restarts"], frameon=False, loc="lower left", fontsize=9)
