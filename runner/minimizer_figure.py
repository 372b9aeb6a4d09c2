"""Powell, L-BFGS and Adam on the same networks: the error over evaluations and over seconds."""

import csv
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from runner.style import BLUE, DOTS_PER_INCH, GREEN, GREY, INK, ORANGE, PALE

# Each network, and the experiment of each minimizer on it.
NETWORKS = {
    "32 letters\n[35, 20, 10, 20, 35]": "latent10",
    "32 letters\n[35, 20, 8, 2, 8, 20, 35]": "latent2",
    "10 letters\n[35, 10, 5, 2, 5, 10, 35]": "ten_letters",
}
ROWS = {"latent10": "01", "latent2": "02", "ten_letters": "03"}
COLORS = {"powell": ORANGE, "lbfgs": GREEN, "adam": BLUE}
NAMES = {"powell": "Powell", "lbfgs": "L-BFGS", "adam": "Adam, exact gradient"}
SMALLEST_ERROR = 1e-3


def draw_minimizers(results: Path, seeds: list[int]) -> Figure:
    """Read the `metrics.csv` of every run and draw a curve a seed, the error never rising."""
    figure = Figure(figsize=(9, 8.2), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(3, 2, sharey="row")
    for axes_row, (title, slug) in zip(panels, NETWORKS.items(), strict=True):
        for minimizer, color in COLORS.items():
            experiment = (
                f"{ROWS[slug]}_{slug}_published" if minimizer == "powell" else f"08_{slug}_{minimizer}"
            )
            for seed in seeds:
                curve = read_curve(results / f"{experiment}-seed{seed}" / "metrics.csv")
                label = NAMES[minimizer] if seed == seeds[0] else None
                for axes, over in zip(axes_row, ("evaluations", "seconds"), strict=True):
                    axes.plot(curve[over], curve["error"], color=color, linewidth=1.1, label=label)
        axes_row[0].set_ylabel(f"{title}\naccumulated error", color=INK, fontsize=9)
    for axes in panels.flat:
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.grid(color=PALE)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=8)
    panels[0, 0].legend(frameon=False, fontsize=9)
    panels[-1, 0].set_xlabel("evaluations of the objective")
    panels[-1, 1].set_xlabel("seconds")
    figure.suptitle("Three minimizers on the documents' networks, five seeds each", color=INK, fontsize=12)
    figure.supxlabel("", color=GREY)
    return figure


def read_curve(path: Path) -> dict[str, np.ndarray]:
    """The columns of a `metrics.csv` without its first row, the error as the best so far."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[1:]
    columns = {
        name: np.array([float(row[name]) for row in rows]) for name in ("evaluations", "seconds", "error")
    }
    columns["error"] = np.maximum(np.minimum.accumulate(columns["error"]), SMALLEST_ERROR)
    return columns
