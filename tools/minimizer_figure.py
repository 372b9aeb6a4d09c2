"""Minimizers side by side on the same networks: the error over evaluations and over seconds."""

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from runner.figures.style import BLUE, DOTS_PER_INCH, GREEN, INK, ORANGE, PALE, PURPLE, label_plainly
from runner.storage.csv_text import columns_of

COLORS = (ORANGE, GREEN, BLUE, PURPLE)
SMALLEST_ERROR = 1e-3
HORIZONTAL = {"evaluations": "evaluations of the objective", "seconds": "seconds"}


def draw_minimizers(runs: dict[str, dict[str, list[Path]]]) -> Figure:
    """For each network a row; for each minimizer a colour; for each of its `metrics.csv` a curve."""
    figure = Figure(figsize=(9, 2.7 * len(runs) + 0.6), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle("The same networks, different minimizers", color=INK, fontsize=12, x=0.01, ha="left")
    panels = figure.subplots(len(runs), 2, sharex="col", sharey="row", squeeze=False)
    for row, (network, minimizers) in zip(panels, runs.items(), strict=True):
        for color, (minimizer, files) in zip(COLORS, minimizers.items(), strict=False):
            for index, curve in enumerate(map(read_curve, files)):
                for axes, over in zip(row, HORIZONTAL, strict=True):
                    label = minimizer if index == 0 else None
                    axes.plot(curve[over], curve["error"], color=color, linewidth=1.1, label=label)
        row[0].set_ylabel(f"{network}\naccumulated error", color=INK, fontsize=8)
    for axes in panels.flat:
        axes.set(xscale="log", yscale="log")
        label_plainly(axes.yaxis)
        axes.grid(color=PALE)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=8)
    for axes, label in zip(panels[-1], HORIZONTAL.values(), strict=True):
        axes.set_xlabel(label, fontsize=9)
    panels[0, 1].legend(frameon=False, fontsize=9)
    return figure


def read_curve(path: Path) -> dict[str, np.ndarray]:
    """The columns of a `metrics.csv` without the untrained network, the error as the best so far."""
    found = columns_of(path.read_text(encoding="utf-8"), (*HORIZONTAL, "error"))
    columns = {name: column[1:].astype(float) for name, column in found.items()}
    columns["error"] = np.maximum(np.minimum.accumulate(columns["error"]), SMALLEST_ERROR)
    return columns
