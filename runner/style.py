"""The look that all pictures share, and the pieces that several of them are made of."""

import io
import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

# Okabe & Ito's palette, which people with any colour vision can tell apart.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
INK, GREY, PALE = "#222222", "#8a8a8a", "#ececec"

# Pixels run from paper to ink; the gaps between pictures (NaN) are pale.
PIXEL_COLORS = ListedColormap(np.linspace([1, 1, 1], [0.13, 0.13, 0.13], 256)).with_extremes(
    bad=PALE
)
DOTS_PER_INCH = 110


def new_figure(width: float, height: float, title: str, subtitle: str = "") -> tuple[Figure, Axes]:
    """A figure of that many inches with one axes and its title."""
    figure = Figure(figsize=(width, height), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(f"{title}\n" if subtitle else title, loc="left", color=INK, fontsize=12)
    if subtitle:
        axes.text(
            0, 1.01, subtitle, transform=axes.transAxes, color=GREY, fontsize=9, va="bottom"
        )
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9)
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


def show_pixels(axes: Axes, image: np.ndarray) -> None:
    """Draw an image of values 0…1, one square a pixel, without ticks."""
    axes.imshow(image, cmap=PIXEL_COLORS, vmin=0, vmax=1, interpolation="nearest", aspect="equal")
    axes.set_axis_off()


def in_rows(items: int, across: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Lay out `items` in rows of `across`: the number of rows, and the row and column of each item."""
    places = np.arange(items)
    return math.ceil(items / across), places // across, places % across
