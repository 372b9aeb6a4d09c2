"""Pictures of many panels: latent maps side by side, and measures side by side."""

import math
from itertools import cycle

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from runner.compare.charts import plain_label, shortened
from runner.compare.saved_tables import Map
from runner.figures.style import BLUE, CLASS_COLORS, DOTS_PER_INCH, GREY, INK, PALE

MAPS_ACROSS = 4
# So many letters fill a small map.
MOST_ABOVE_A_MAP = 40
MOST_LETTERS = 100


def latent_maps(maps: list[Map], titles: list[str]) -> Figure:
    """Latent maps side by side: characters drawn where their codes lie, images as dots by class."""
    across = min(MAPS_ACROSS, len(maps))
    down = math.ceil(len(maps) / across)
    size = (max(6.0, 3.1 * across), 3.2 * down + 0.5)
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(
        "Latent spaces of each setting's best run, by mean error", color=INK, fontsize=12, x=0.01, ha="left"
    )
    panels = figure.subplots(down, across, squeeze=False).flat
    for axes in panels:
        axes.set_axis_off()
    for axes, latent, title in zip(figure.axes, maps, titles, strict=False):
        axes.set_axis_on()
        short = "\n".join(shortened(line, MOST_ABOVE_A_MAP) for line in title.splitlines())
        axes.set_title(short, fontsize=8, color=INK, loc="left", parse_math=False)
        axes.tick_params(labelsize=7, colors=INK)
        axes.spines[["top", "right"]].set_visible(False)
        _draw_map(axes, latent)
    with_classes = [
        axes for axes, latent in zip(figure.axes, maps, strict=False) if any(latent.classes or [])
    ]
    if with_classes:
        handles = with_classes[0].get_legend_handles_labels()
        figure.legend(
            *handles, loc="outside upper right", ncols=10, fontsize=7, frameon=False, markerscale=4
        )
    return figure


def measures(settings: list[str], values: dict[str, list[np.ndarray]]) -> Figure:
    """A panel for each measure: its mean and range over the seeds `(seeds,)` in each of the `settings`."""
    figure = Figure(figsize=(2.6 * len(values) + 1.4, 0.32 * len(settings) + 1.3), dpi=DOTS_PER_INCH)
    figure.set_layout_engine("constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(values), sharey=True, squeeze=False)[0]
    for axes, (name, found) in zip(panels, values.items(), strict=True):
        axes.set_title(name, fontsize=10, color=INK, loc="left", parse_math=False)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(labelsize=8, colors=INK, length=0)
        axes.grid(axis="x", color=PALE)
        for place, some in enumerate(found):
            if len(some):
                axes.hlines(place, some.min(), some.max(), color=BLUE, linewidth=2, alpha=0.4)
                axes.scatter(some.mean(), place, s=28, color=BLUE, linewidths=0, zorder=3)
        axes.set_xlim(left=0)
    panels[0].set_yticks(range(len(settings)), [plain_label(name) for name in settings])
    panels[0].set_ylim(len(settings) - 0.5, -0.5)
    figure.supxlabel("mean, and range over the seeds", fontsize=8, color=GREY, x=0.01, ha="left")
    return figure


def _draw_map(axes: Axes, latent: Map) -> None:
    x, y = latent.places.T
    if not y.any():  # a latent space of one dimension
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    if latent.characters is not None and len(x) <= MOST_LETTERS:
        axes.scatter(x, y, s=0)
        for across, up, character in zip(x, y, latent.characters, strict=True):
            axes.text(
                across, up, character, fontsize=8, color=BLUE, ha="center", va="center", parse_math=False
            )
        return
    classes = np.array(latent.classes or [""] * len(x))
    for color, name in zip(cycle(CLASS_COLORS), sorted(set(classes)), strict=False):
        chosen = classes == name
        axes.scatter(
            x[chosen], y[chosen], s=1.5, color=color, alpha=0.6, linewidths=0, label=plain_label(name)
        )
