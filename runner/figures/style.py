"""The look that all pictures share, and the pieces that several of them are made of."""

import io
import math
from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from matplotlib.transforms import blended_transform_factory

from runner.data import Cell

# Okabe & Ito's palette, which people with any colour vision can tell apart.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
# Ten colours for ten classes, each with a contrast of 3 to white paper. They were searched for, so that the
# two that are most alike differ as much as possible, with normal vision and without red, green or blue.
CLASS_COLORS = (
    *("#004488", "#FF5500", "#889977", "#7700FF", "#AA88AA"),
    *("#007777", "#662244", "#4488FF", "#775544", "#223311"),
)
INK, GREY, PALE = "#222222", "#8a8a8a", "#ececec"

# Pixels run from paper to ink; the gaps between pictures (NaN) are pale.
PIXEL_COLORS = ListedColormap(np.linspace([1, 1, 1], [0.13, 0.13, 0.13], 256)).with_extremes(bad=PALE)
DOTS_PER_INCH = 110
# Inches above the axes for a title and a subtitle, or for a title alone.
HEADER, SMALL_HEADER = 0.62, 0.42
FEW_DECADES = 2.5


class NotebookFigure(Figure):
    """A figure that shows itself in a notebook, also where nobody has imported pyplot."""

    def _repr_png_(self) -> bytes:
        return png(self)


def new_figure(
    size: tuple[float, float], title: str, subtitle: str = "", *, left=0.95, right=0.2, bottom=0.55
) -> tuple[Figure, Axes]:
    """A figure of `size` inches with one axes and its title, for curves and maps.

    `left`, `right` and `bottom` inches are left free around the axes, for labels. They are given, because
    a layout that measures what is there draws everything three times.
    """
    header = HEADER if subtitle else SMALL_HEADER
    box = left, bottom, size[0] - left - right, size[1] - bottom - header
    figure, axes = _titled_figure(size, box, title, subtitle)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9)
    # Labels that have their place are not measured against the ticks either.
    inches = figure.dpi_scale_trans
    axes.xaxis.set_label_coords(0.5, 0.1, blended_transform_factory(axes.transAxes, inches))
    axes.xaxis.label.set_verticalalignment("bottom")
    axes.yaxis.set_label_coords(0.27, 0.5, blended_transform_factory(inches, axes.transAxes))
    return figure, axes


def text_width(texts: Iterable[str]) -> float:
    """About how many inches the longest of the `texts` takes, in the size of tick labels."""
    return 0.075 * max(map(len, texts), default=0)


def label_plainly(axis: Axis) -> None:
    """Give a logarithmic axis plain numbers for labels, as many as suit its range."""
    low, high = np.log10(axis.get_view_interval())
    few = MaxNLocator(6, steps=[1, 2, 5, 10]) if high - low < 1 else LogLocator(subs=(1, 2, 5))
    axis.set_major_locator(few if high - low < FEW_DECADES else LogLocator())
    axis.set_major_formatter("{x:g}")
    axis.set_minor_locator(NullLocator())


def new_sheet(
    width: float, height: float, title: str, subtitle: str = "", margin: float = 0.15
) -> tuple[Figure, Axes]:
    """A figure around one axes of exactly that many inches, for pictures made of pixels.

    `margin` inches stay free on the left and below, for tick labels if there are any.
    """
    header = HEADER if subtitle else SMALL_HEADER
    whole = max(width + margin + 0.15, 6.5), height + margin + header
    figure, axes = _titled_figure(whole, (margin, margin, width, height), title, subtitle)
    axes.set_axis_off()
    return figure, axes


def _titled_figure(size, box, title: str, subtitle: str) -> tuple[Figure, Axes]:
    """A figure of that `size` with one axes in the `box` (left, bottom, width, height), all in inches."""
    width, height = size
    figure = NotebookFigure(figsize=size, dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    figure.text(box[0] / width, 1 - 0.28 / height, title, color=INK, fontsize=12)
    figure.text(box[0] / width, 1 - 0.50 / height, subtitle, color=GREY, fontsize=9)
    return figure, figure.add_axes(tuple(np.divide(box, (width, height, width, height))))


def show_pixels(image: np.ndarray, scale: float, title: str, subtitle: str = "", margin=0.15):
    """A sheet that shows an `unrolled` image of values 0…1 and NaN, `scale` inches a pixel."""
    rows, columns = image.shape[-2:]
    figure, axes = new_sheet(columns * scale, rows * scale, title, subtitle, margin)
    paint(axes, image, interpolation="auto")
    return figure, axes


def unrolled(pictures: np.ndarray, cell: Cell) -> np.ndarray:
    """Pictures `(…, pixels)` as `(…, rows, columns)`, those in colour as `(3, …, rows, columns)`."""
    whole = pictures.reshape(*pictures.shape[:-1], *cell)
    return whole if len(cell) == 2 else np.moveaxis(whole, -1, 0)


def paint(axes: Axes, image: np.ndarray, **looks) -> None:
    """Show an `unrolled` image of ink: 0 is paper. Black is a little light in grey, and exact in colour."""
    if image.ndim == 2:
        axes.imshow(image, cmap=PIXEL_COLORS, vmin=0, vmax=1, aspect="auto", **looks)
        return
    colors = 1 - np.moveaxis(image, 0, -1)
    axes.imshow(np.where(np.isnan(colors), to_rgb(PALE), colors.clip(0, 1)), aspect="auto", **looks)


def png(figure: Figure) -> bytes:
    """The figure as the bytes of a PNG file."""
    buffer = io.BytesIO()
    # Beyond this level, packing takes twice the time to save a fifth of the bytes.
    figure.savefig(buffer, format="png", pil_kwargs={"compress_level": 3})
    return buffer.getvalue()


def rectangles(corners: np.ndarray, size, color, **looks) -> PolyCollection:
    """Rectangles from their lower left `corners` `(rectangles, 2)`, each of its `size` or all of one.

    They are one artist: as many artists as rectangles would take longer than the rest of a picture.
    """
    unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    sizes = np.broadcast_to(size, corners.shape)
    return PolyCollection(corners[:, None] + unit * sizes[:, None], facecolors=color, **looks)


def thinned(values: np.ndarray, most: int) -> np.ndarray:
    """The points `(points, 2)` of a curve over 0, 1, 2, …; of one with more than `most` only as many.

    Those are the lowest and the highest of each of many stretches, so that no peak is lost, and the ends.
    """
    places = np.arange(len(values))
    if len(values) > most:
        length = -(-2 * len(values) // (most - 2))
        stretches = np.pad(values, (0, -len(values) % length), mode="edge").reshape(-1, length)
        starts = np.arange(len(stretches)) * length
        lows, highs = starts + stretches.argmin(axis=1), starts + stretches.argmax(axis=1)
        places = np.unique(np.concatenate([[0], lows, highs, [len(values) - 1]]))
    return np.column_stack([places, values[places]])


def in_rows(items: int, across: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Lay out `items` in rows of `across`: the number of rows, and the row and column of each item."""
    places = np.arange(items)
    return math.ceil(items / across), places // across, places % across
