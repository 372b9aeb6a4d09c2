"""Charts of many runs. Each function takes texts and arrays and returns a `Figure`."""

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from runner.figures.style import (
    BLUE,
    CLASS_COLORS,
    DOTS_PER_INCH,
    GREY,
    INK,
    PALE,
    label_plainly,
    new_figure,
    text_width,
)
from runner.numbers import number_text

MOST_NUMBERS = 400
# So many tick labels stand level; more are slanted by so many degrees.
MOST_LEVEL, SLOPE = 6, 30
MOST_COLORED = 8
# Runs that are compared may differ in a dozen keys; so many letters fill half a picture.
MOST_IN_A_LEGEND = 60
# Errors fall to zero, which a logarithm has no place for.
SMALLEST_SHOWN = 1e-9
FARTHEST_LIMIT = 100
PANELS_ACROSS = 4
# Places that differ by such a factor get a logarithmic scale.
WIDE = 10


@dataclass(frozen=True)
class Band:
    """A line and what lies around it, arrays `(places,)`."""

    label: str
    places: np.ndarray
    means: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray

    @classmethod
    def of(cls, label: str, places: np.ndarray, values: list[np.ndarray]) -> "Band":
        """Mean and range of the `values` at each place, however many these are."""
        statistics = np.array([(v.mean(), v.min(), v.max()) for v in values]).reshape(-1, 3)
        return cls(label, places, *statistics.T)


def dots(errors: np.ndarray, measure: str, limit: float | None, limit_name: str) -> Figure:
    """The errors of runs that differ in their seed alone, sorted."""
    title = f"{len(errors)} seeds, sorted"
    figure, axes = new_figure(
        (8, 4.5), title, f"mean {number_text(errors.mean())}, median {number_text(np.median(errors))}"
    )
    axes.scatter(np.arange(1, len(errors) + 1), _shown(np.sort(errors)), s=14, color=BLUE, linewidths=0)
    if limit is not None:
        axes.axhline(limit, color=GREY, linestyle="--", linewidth=1, label=limit_name)
        axes.legend(frameon=False, fontsize=9)
    _label(axes, "runs, the best first", measure)
    return figure


def lines(
    bands: list[Band],
    ticks: list[str] | None,
    names: tuple[str, str],
    limits: list[Band],
    groups: str = "",
) -> Figure:
    """The measure over one factor, a line for each group, with the range over the seeds.

    `ticks` name the places if these are no numbers; `names` are those of the factor and of the measure;
    `limits` are drawn as dashed lines, a single one for all groups in grey; `groups` names what makes
    the groups.
    """
    slanted = ticks is not None and len(ticks) > MOST_LEVEL
    title, subtitle = f"{names[1]} by {names[0]}", "mean, and range over the seeds"
    figure, axes = new_figure((8, 4.8), title, subtitle, bottom=_room_below(ticks or [], slanted))
    for color, band in zip(CLASS_COLORS, bands, strict=False):
        low, high = _shown(band.lowest), _shown(band.highest)
        if ticks is None:
            axes.fill_between(band.places, low, high, color=color, alpha=0.2, linewidth=0)
        else:
            axes.vlines(band.places, low, high, color=color, linewidth=1.5)
        style = "-" if ticks is None else "None"
        (line,) = axes.plot(band.places, _shown(band.means), marker="o", color=color, linestyle=style)
        line.set_label(plain_label(band.label))
    lowest = min((band.lowest.min() for band in bands if len(band.lowest)), default=0.0)
    for color, limit in zip(CLASS_COLORS if len(limits) > 1 else [GREY], limits, strict=False):
        # What is out of reach, such as a limit of zero, must not flatten everything else.
        means = np.where(limit.means * FARTHEST_LIMIT < lowest, np.nan, _shown(limit.means))
        axes.plot(limit.places, means, "--", color=color, linewidth=1, label=plain_label(limit.label))
    if ticks is not None:
        axes.set_xticks(range(len(ticks)), ticks, rotation=SLOPE * slanted, parse_math=False)
        axes.set_xlim(-0.5, len(ticks) - 0.5)
    elif all(place.is_integer() for band in bands for place in band.places.tolist()):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    else:
        _spread(axes, np.concatenate([band.places for band in bands]))
    if len(bands) + len(limits) > 1:
        axes.legend(
            frameon=False, fontsize=9, title=plain_label(groups), title_fontsize=9, alignment="left"
        )
    _label(axes, *names)
    return figure


def scattered(columns: dict[str, np.ndarray], errors: np.ndarray, measure: str) -> Figure:
    """A panel for each key: a dot for each setting, its error `(settings,)` over its value of the key."""
    across = min(PANELS_ACROSS, len(columns))
    down = math.ceil(len(columns) / across)
    size = (max(4.5, 3.1 * across), 3.0 * down + 0.4)
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    title = f"{measure} by what was drawn, a dot for the mean of each setting"
    figure.suptitle(title, color=INK, fontsize=11, x=0.01, ha="left")
    panels = figure.subplots(down, across, sharey=True, squeeze=False)
    for axes, (name, values) in zip(panels.flat, columns.items(), strict=False):
        axes.scatter(values, _shown(errors), s=14, color=BLUE, alpha=0.7, linewidths=0)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=8)
        _label(axes, name, measure if axes in panels[:, 0] else "")
        _spread(axes, values)
    for axes in panels.flat[len(columns) :]:
        axes.set_axis_off()
    return figure


def heat_map(
    table: np.ndarray, labels: tuple[list[str], list[str]], names: tuple[str, str], measure: str
) -> Figure:
    """A measure `(rows, columns)` over two factors; what is missing (NaN) stays empty."""
    rows, columns = table.shape
    is_slanted = columns > MOST_LEVEL
    left, bottom = 0.5 + text_width(labels[0]), _room_below(labels[1], is_slanted)
    if is_slanted:
        left = max(left, math.cos(math.radians(SLOPE)) * text_width(labels[1]))
    size = max(6.0, left + 0.3 + 0.75 * columns), bottom + 0.8 + 0.42 * rows
    figure, axes = new_figure(size, measure, "mean over the seeds", left=left, bottom=bottom)
    finite = table[np.isfinite(table)]
    is_wide = finite.min() > 0 and finite.max() > 30 * finite.min()
    norm = LogNorm(finite.min(), finite.max()) if is_wide else None
    image = axes.imshow(table, cmap="viridis_r", norm=norm, aspect="auto")
    axes.set_yticks(range(rows), labels[0], parse_math=False)
    axes.set_xticks(range(columns), labels[1], rotation=SLOPE * is_slanted, parse_math=False)
    if is_slanted:  # What ends at its column does not reach beyond the last.
        for label in axes.get_xticklabels():
            label.set(ha="right", rotation_mode="anchor")
    axes.set_ylabel(shortened(names[0], int((2 * bottom + 0.42 * rows) / text_width("m"))))
    axes.set_xlabel(names[1])
    axes.spines[:].set_visible(False)
    if table.size <= MOST_NUMBERS:
        for row, column in np.argwhere(np.isfinite(table)):
            is_light = float(image.norm(table[row, column])) < 0.5  # type: ignore[arg-type]
            text = f"{table[row, column]:.3g}"
            axes.text(
                column, row, text, ha="center", va="center", fontsize=8, color=INK if is_light else PALE
            )
    else:
        figure.colorbar(image, ax=axes)
    return figure


def curves(bands: list[Band], measure: str, keys: str) -> Figure:
    """The error by epoch of each setting, the best ones coloured, with the range over the seeds."""
    best = f", the best {MOST_COLORED} in color" if len(bands) > MOST_COLORED else ""
    title = f"Error by epoch{best}"
    figure, axes = new_figure((8, 4.8), title, "mean, and range over the seeds")
    for band in bands[MOST_COLORED:]:
        axes.plot(band.places, _shown(band.means), color=GREY, linewidth=0.5, alpha=0.5)
    for color, band in zip(CLASS_COLORS, bands[:MOST_COLORED], strict=False):
        low, high = _shown(band.lowest), _shown(band.highest)
        axes.fill_between(band.places, low, high, color=color, alpha=0.15, linewidth=0)
        axes.plot(
            band.places, _shown(band.means), color=color, linewidth=1.3, label=plain_label(band.label)
        )
    if len(bands) > 1:
        axes.legend(frameon=False, fontsize=8, title=plain_label(keys), title_fontsize=8, alignment="left")
    _label(axes, "epoch", measure)
    return figure


def _room_below(labels: list[str], slanted: bool) -> float:
    """Inches below the axes for tick labels and the name of the axis."""
    return 0.5 + (math.sin(math.radians(SLOPE)) * text_width(labels) if slanted else 0.05)


def plain_label(label: str) -> str:
    """A label that a legend shows as it is: a first `_` would hide it, and `$` begin a formula."""
    short = shortened(label, MOST_IN_A_LEGEND).replace("$", r"\$")
    return f" {short}" if short[:1] == "_" else short


def shortened(text: str, most: int) -> str:
    """The text, cut to so many letters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _shown(values: np.ndarray) -> np.ndarray:
    return np.maximum(values, SMALLEST_SHOWN)


def _label(axes: Axes, x: str, y: str) -> None:
    """Name the axes; a measure of a wide range gets a logarithmic scale."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(axis="y", color=PALE)
    axes.set_axisbelow(True)
    low, high = axes.dataLim.intervaly
    if low > 0 and high > 10 * low:
        axes.set_yscale("log")
        label_plainly(axes.yaxis)


def _spread(axes: Axes, places: np.ndarray) -> None:
    """Give places over a wide range a logarithmic scale."""
    if len(places) and places.min() > 0 and places.max() > WIDE * places.min():
        axes.set_xscale("log")
        label_plainly(axes.xaxis)
