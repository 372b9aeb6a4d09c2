"""The findings as tables on the terminal, as docs/benchmarks.md, and as a picture of the ratios."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from benchmarks.bench import ROUNDS
from benchmarks.comparison import Comparison
from benchmarks.machine import facts
from benchmarks.rows.growth import GROWTHS, SIZES, curves
from runner.figures.style import BLUE, DOTS_PER_INCH, GREEN, GREY, INK, ORANGE, PALE, PURPLE

HEADER = ("side", "median", "× first", "aim")
INTRODUCTION = """\
# Benchmarks

`make bench` writes this page and its picture: every side does the same work from the same initial
weights, which is checked by the numbers it ends with, in a process of its own; the sides take turns,
and medians of {rounds} runs count. "1 thread" means a process that may use one core only, "all threads"
what each library takes by itself. *× first* is the time in times of the first side of a table, so that
2 means twice as slow.

{facts}. Written on {date}; {minutes:.0f} minutes.

![How many times as long as ours the others take, and how a step grows](benchmarks.png)
"""


@dataclass(frozen=True)
class Section:
    """A row of the benchmarks: what it is about and what was found."""

    title: str
    text: str
    comparisons: list[Comparison]
    missing: list[str]


def show(comparison: Comparison, console: Console) -> None:
    """Print one comparison as soon as it is there."""
    table = Table(title=f"({comparison.row}) {comparison.title}", title_justify="left", min_width=72)
    for name in HEADER:
        table.add_column(name, justify="left" if name in ("side", "aim") else "right")
    for row in comparison.rows():
        table.add_row(*row)
    console.print(table)


def markdown(sections: list[Section], minutes: float) -> str:
    """The page."""
    parts = [
        INTRODUCTION.format(
            rounds=ROUNDS, facts="; ".join(facts()), date=date.today().isoformat(), minutes=minutes
        )
    ]
    for section in sections:
        parts += [f"## {section.title}\n", f"{section.text}\n"]
        parts += [f"Not installed and left out: {', '.join(section.missing)}.\n"] * bool(section.missing)
        parts += map(_markdown_table, section.comparisons)
    return "\n".join(parts)


def _markdown_table(comparison: Comparison) -> str:
    lines = [
        f"**({comparison.row}) {comparison.title}**\n",
        f"| {' | '.join(HEADER)} |",
        "|---|---:|---:|---|",
    ]
    lines += [f"| {' | '.join(row)} |" for row in comparison.rows()]
    return "\n".join(lines) + "\n"


def draw(comparisons: list[Comparison]) -> Figure:
    """Left, the ratios of every comparison with others; right, how the cost of a step grows."""
    compared = [comparison for comparison in comparisons if comparison.row in "abcde"]
    figure = Figure(figsize=(13, 0.27 * len(compared) + 1.6), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subfigures(1, 2, width_ratios=(1.5, 1), squeeze=False)[0]
    _draw_ratios(left.subplots(), compared)
    _draw_growth(right.subplots(2, 2, squeeze=False), curves([c for c in comparisons if c.row == "f"]))
    return figure


COLORS = {
    "autograd": PURPLE,
    "documents": PURPLE,
    "PyTorch": ORANGE,
    "JAX": GREEN,
    "Keras": GREY,
    "SciPy": INK,
}
LIBRARY_NAMES = {"autograd": "autograd, the documents' way", "SciPy": "SciPy on plain NumPy"}


def _draw_ratios(axes, comparisons: list[Comparison]) -> None:
    """A dot for each side: how many times as long as ours it takes."""
    for row, comparison in enumerate(comparisons):
        for library, color in COLORS.items():
            ratios = [comparison.ratio(side) for side in comparison.timings if library in side]
            axes.plot(ratios, [row] * len(ratios), "o", color=color, markersize=5)
    for library in ("autograd", "PyTorch", "JAX", "Keras", "SciPy"):
        axes.plot([], [], "o", color=COLORS[library], label=LIBRARY_NAMES.get(library, library))
    axes.axvline(1, color=BLUE, linewidth=2)
    axes.set(xscale="log", ylim=(len(comparisons) - 0.5, -0.5))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_xlabel("time in times of ours (the line)")
    axes.set_yticks(range(len(comparisons)), [f"({c.row}) {c.title}" for c in comparisons], fontsize=8)
    axes.grid(color=PALE)
    axes.spines[["top", "right"]].set_visible(False)
    axes.figure.legend(loc="outside lower center", ncols=5, fontsize=8, frameon=False)
    axes.set_title("The same work by other means", loc="left", color=INK, fontsize=12)


def _draw_growth(panels, growths: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]) -> None:
    """A panel for each size that doubles: ours, and the matrix products alone."""
    for axes, name in zip(panels.flat, GROWTHS, strict=True):
        if name in growths:
            sizes, ours, limit = growths[name]
            axes.plot(sizes, ours, "o-", color=BLUE, label="ours")
            axes.plot(sizes, limit, "o-", color=GREY, label="matrix products alone")
        axes.set(xscale="log", yscale="log")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
        axes.set_xticks(SIZES, SIZES)
        axes.set_xlabel(name, fontsize=9)
        axes.grid(color=PALE)
        axes.spines[["top", "right"]].set_visible(False)
    panels[0, 0].set_title("One step, µs", loc="left", color=INK, fontsize=12)
    panels[0, 0].legend(fontsize=8, frameon=False)
