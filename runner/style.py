"""The look that all pictures share, and the pieces that several of them are made of."""

import io
import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter

# Okabe & Ito's palette, which people with any colour vision can tell apart.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
# Ten colours for ten classes, after Paul Tol's "muted" scheme, which keeps them apart for any vision.
CLASS_COLORS = (
    *("#332288", "#88CCEE", "#44AA99", "#117733", "#999933"),
    *("#DDCC77", "#CC6677", "#882255", "#AA4499", "#777777"),
)
INK, GREY, PALE = "#222222", "#8a8a8a", "#ececec"

# Pixels run from paper to ink; the gaps between pictures (NaN) are pale.
PIXEL_COLORS = ListedColormap(np.linspace([1, 1, 1], [0.13, 0.13, 0.13], 256)).with_extremes(bad=PALE)
DOTS_PER_INCH = 110
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def new_figure(width: float, height: float, title: str, subtitle: str = "") -> tuple[Figure, Axes]:
    """A figure of that many inches with one axes and its title, for curves and maps."""
    figure = Figure(figsize=(width, height), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(f"{title}\n" if subtitle else title, loc="left", color=INK, fontsize=12)
    if subtitle:
        axes.text(0, 1.01, subtitle, transform=axes.transAxes, color=GREY, fontsize=9, va="bottom")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9)
    return figure, axes


def label_plainly(axis: Axis) -> None:
    """Give a logarithmic axis plain numbers for labels."""
    axis.set_major_formatter("{x:g}")
    axis.set_minor_formatter(LogFormatter(minor_thresholds=(1, 0.4)))


def new_sheet(
    width: float, height: float, title: str, subtitle: str = "", margin: float = 0.15
) -> tuple[Figure, Axes]:
    """A figure around one axes of exactly that many inches, for pictures made of pixels.

    `margin` inches stay free on the left and below, for tick labels if there are any.
    """
    header = 0.62 if subtitle else 0.42
    whole = max(width + margin + 0.15, 6.5), height + margin + header
    figure = Figure(figsize=whole, dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((margin / whole[0], margin / whole[1], width / whole[0], height / whole[1]))
    left = margin / whole[0]
    figure.text(left, 1 - 0.28 / whole[1], title, color=INK, fontsize=12)
    figure.text(left, 1 - 0.50 / whole[1], subtitle, color=GREY, fontsize=9)
    axes.set_axis_off()
    return figure, axes


def show_pixels(image: np.ndarray, scale: float, title: str, subtitle: str = "", margin=0.15):
    """A sheet that shows an image of values 0…1 and NaN, `scale` inches a pixel."""
    rows, columns = image.shape
    figure, axes = new_sheet(columns * scale, rows * scale, title, subtitle, margin)
    axes.imshow(image, cmap=PIXEL_COLORS, vmin=0, vmax=1, interpolation="nearest", aspect="auto")
    return figure, axes


def png(figure: Figure) -> bytes:
    """The figure as the bytes of a PNG file."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def mosaic(pictures: np.ndarray, gap: int = 1) -> np.ndarray:
    """Join `pictures` `(down, across, rows, columns)` to one image, `gap` pixels of NaN around each."""
    down, across, rows, columns = pictures.shape
    padded = np.full((down, across, rows + gap, columns + gap), np.nan)
    padded[:, :, gap:, gap:] = pictures
    image = padded.transpose(0, 2, 1, 3).reshape(down * (rows + gap), across * (columns + gap))
    return np.pad(image, ((0, gap), (0, gap)), constant_values=np.nan)


def picture_grid(pictures, places, cell: tuple[int, int], labels: tuple[str, str], title: str) -> Figure:
    """Pictures `(down, across, pixels)` side by side, with the coordinates they stand for.

    `places` `(down, across, …)` begin with the two coordinates, which change along one axis each.
    """
    down, across = pictures.shape[:2]
    image = mosaic(pictures.reshape(down, across, *cell))
    figure, axes = show_pixels(image, 7 / image.shape[1], title, margin=0.6)
    axes.set_axis_on()
    axes.spines[:].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9, length=0)
    steps = np.arange(0, across, 2)
    axes.set_xticks((steps + 0.5) * (cell[1] + 1), [f"{places[0, i, 0]:.2f}" for i in steps])
    axes.set_xlabel(labels[0])
    axes.set_yticks([])
    if down > 1:
        steps = np.arange(0, down, 2)
        axes.set_yticks((steps + 0.5) * (cell[0] + 1), [f"{places[i, 0, 1]:.2f}" for i in steps])
        axes.set_ylabel(labels[1])
    return figure


def in_rows(items: int, across: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Lay out `items` in rows of `across`: the number of rows, and the row and column of each item."""
    places = np.arange(items)
    return math.ceil(items / across), places // across, places % across


def spread(places: np.ndarray, size: tuple[float, float], rounds: int = 1000) -> np.ndarray:
    """Move boxes of one `size` apart until none covers another; `places` `(boxes, 2)` are centres.

    Each round pushes every two overlapping boxes apart along the axis on which they overlap less.
    """
    box = np.asarray(size)
    # A tiny spiral parts boxes at the very same place, in all directions alike.
    turns = np.arange(len(places))[:, None] * GOLDEN_ANGLE
    spiral = 0.01 * box * np.sqrt(turns) * np.hstack([np.cos(turns), np.sin(turns)])
    shared = (np.abs(places[:, None] - places[None]) < 0.001 * box).all(axis=-1).sum(axis=1) > 1
    moved = places + spiral * shared[:, None]
    for _ in range(rounds):
        apart = moved[:, None] - moved[None]
        overlap = box - np.abs(apart)
        touching = (overlap > 0).all(axis=-1)
        np.fill_diagonal(touching, False)
        if not touching.any():
            break
        along_x = overlap[..., 0] / box[0] < overlap[..., 1] / box[1]
        push = np.sign(apart) * overlap * np.stack([along_x, ~along_x], axis=-1)
        steps = 0.3 * (push * touching[..., None]).sum(axis=1)
        moved += np.clip(steps, -0.3 * box, 0.3 * box)
    return moved
