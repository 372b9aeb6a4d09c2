"""Maps of a latent space with a dot for each picture, by class or by error."""

import numpy as np
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from runner.figures.maps.frames import Map
from runner.figures.maps.placing import at
from runner.figures.style import CLASS_COLORS, INK, PALE, new_figure, rectangles, text_width
from runner.figures.texts import add_legend, caption, dot, write
from runner.sampling import spread

# Areas of dots in square points; of few dots each should be seen.
SMALL_DOT, LARGE_DOT, MOST_LARGE_DOTS = 4, 24, 1000
# Classes beyond the number of colours have their colours again with other signs.
MARKERS = ("o", "s", "^", "D", "v", "*")
# Names keep clear of so many dots; more are the ground on which they stand.
MOST_KEPT_CLEAR = 300
MOST_NAMES = 40
# Errors run from a clear colour to a dark one: what is light in viridis cannot be seen on paper.
ERROR_COLORS = ListedColormap(colormaps["viridis"](np.linspace(0.58, 0, 256)))
ERROR = "½ Σ (output − target)²"
# Of rows by class: their inches, how many there are, how many bars each has, and how high those are.
ROW, MOST_ROWS, BARS, HIGHEST = 0.38, 40, 80, 0.85
GOLDEN = 0.618


def class_map(places, labels, class_names, plane: tuple[str, str], title: str) -> Figure:
    """The code of each picture, coloured by class; on a line, a row for each class."""
    if not plane[1]:
        return _class_rows(places[:, 0], labels, class_names, plane[0], title)
    names = [caption(name) for name in class_names]
    drawn = Map.of(title, plane, places, right=0.6 + text_width(names))
    entries = []
    for label in np.unique(labels).tolist():
        members = places[labels == label]
        size = SMALL_DOT if len(places) > MOST_LARGE_DOTS else LARGE_DOT
        color, marker = _looks(label)
        drawn.axes.scatter(
            members[:, 0], members[:, 1], s=size, color=color, marker=marker, alpha=0.65, linewidths=0
        )
        entries.append((dot(color, marker), names[label]))
    _name_classes(drawn, labels, names)
    add_legend(drawn.axes, entries, loc="upper left", bbox_to_anchor=(1, 1))
    return drawn.figure


def _name_classes(drawn: Map, labels: np.ndarray, names: list[str]) -> None:
    """Write the name of each class, or of a fair sample of very many, at its median, or a line away."""
    present = np.unique(labels)
    present = present[spread(len(present), MOST_NAMES)].tolist()
    middles = np.array([np.median(drawn.places[labels == label], axis=0) for label in present])
    texts = []
    for label in present:
        box = {"facecolor": "white", "edgecolor": _looks(label)[0], "pad": 1.5, "alpha": 0.9}
        text = write(drawn.axes, 0, 0, names[label].removeprefix("digit "), bbox=box)
        text.set(fontsize=9, color=INK, ha="center", va="center")
        texts.append(text)
    dots = drawn.places[: len(labels) * (len(labels) <= MOST_KEPT_CLEAR)]
    rows, centres = drawn.arrange(middles, drawn.measured(texts) + 3, dots, at)
    for row, spot in zip(rows, drawn.from_points(centres), strict=True):
        texts[row].set_position(spot)
    for row in np.setdiff1d(np.arange(len(texts)), rows):
        texts[row].remove()


def _looks(label: int) -> tuple[str, str]:
    """The colour and the marker of a class."""
    turn, place = divmod(label, len(CLASS_COLORS))
    return CLASS_COLORS[place], MARKERS[turn % len(MARKERS)]


def _class_rows(values, labels, class_names, axis: str, title: str) -> Figure:
    """How the codes of each class lie on a line: those of few pictures as dots, of many as histograms."""
    present = np.unique(labels)
    shown = present[:MOST_ROWS].tolist()
    names = [caption(class_names[label]) for label in shown]
    size, left = (8, 1.2 + ROW * len(shown)), 0.4 + text_width(names)
    more = f"and {len(present) - len(shown):,} more classes" if len(present) > len(shown) else ""
    figure, axes = new_figure(size, title, more, left=left)
    axes.spines["left"].set_visible(False)
    axes.set(xlabel=axis, yticks=[], ylim=(-len(shown) + 1 - 0.25, 1))
    axes.grid(axis="x", color=PALE)
    axes.set_axisbelow(True)
    bounds = np.linspace(values.min(), values.max() + (np.ptp(values) == 0), BARS + 1)
    for row, (label, name) in enumerate(zip(shown, names, strict=True)):
        members, color = values[labels == label], _looks(label)[0]
        text = write(axes, -0.01, -row, name, transform=axes.get_yaxis_transform())
        text.set(fontsize=9, color=INK, ha="right", va="bottom")
        axes.axhline(-row, color=PALE, linewidth=0.8, zorder=1)
        if len(values) <= MOST_KEPT_CLEAR:
            # Heights that differ keep dots apart that lie close to each other.
            heights = 0.12 + 0.6 * (np.arange(len(members)) * GOLDEN % 1)
            axes.scatter(members, heights - row, s=LARGE_DOT, color=color, alpha=0.8, linewidths=0)
        else:
            _draw_bars(axes, members, bounds, -row, color)
    axes.set_xlim(bounds[0], bounds[-1])
    axes.margins(x=0.03)
    axes.autoscale(axis="x")
    return figure


def _draw_bars(axes, values, bounds, floor: float, color: str) -> None:
    """A histogram that stands on a floor, its highest bar always as high."""
    counts = np.histogram(values, bounds)[0]
    corners = np.column_stack([bounds[:-1], np.full(BARS, floor)])
    sizes = np.column_stack([np.diff(bounds), HIGHEST * counts / counts.max()])
    axes.add_collection(rectangles(corners, sizes, color, linewidths=0, zorder=2))


def error_map(places, errors, plane: tuple[str, str], title: str) -> Figure:
    """The code of each of many pictures, coloured by its error; on a line, as high as that."""
    size = SMALL_DOT if len(places) > MOST_LARGE_DOTS else LARGE_DOT
    looks = {"s": size, "c": errors, "cmap": ERROR_COLORS, "alpha": 0.7, "linewidths": 0}
    if not plane[1]:
        figure, axes = new_figure((8, 4.8), title)
        axes.scatter(places[:, 0], errors, **looks)
        axes.set(xlabel=plane[0], ylabel=ERROR)
        axes.grid(color=PALE)
        axes.set_axisbelow(True)
        return figure
    drawn = Map.of(title, plane, places, right=1.2)
    dots = drawn.axes.scatter(*places.T, **looks)
    solid = ScalarMappable(dots.norm, dots.cmap)
    bar = drawn.figure.colorbar(solid, ax=drawn.axes, label=ERROR, fraction=0.05, pad=0.02)
    bar.outline.set_visible(False)
    return drawn.figure
