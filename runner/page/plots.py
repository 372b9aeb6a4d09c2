"""The Bokeh plots of the page. `theme.js` gives them their colours, by the tags of their glyphs."""

from typing import Any

import numpy as np
from bokeh import __version__
from bokeh.core.property.vectorization import Value
from bokeh.core.serialization import Serializer
from bokeh.models import (
    BasicTicker,
    ColumnDataSource,
    Grid,
    Image,
    Line,
    LinearAxis,
    LinearColorMapper,
    LinearScale,
    LogAxis,
    LogScale,
    LogTicker,
    MultiLine,
    Plot,
    Range1d,
    Rect,
    Scatter,
    Segment,
    Span,
)

FONT = "system-ui, sans-serif"
MARGIN = 0.08
MOST_POINTS = 600
MOST_RESTARTS = 30
SCREEN = Value(1, units="screen")  # the page sets how many CSS pixels
FARTHEST = 4  # pixels from the nearest character that the territories still tell apart


def item(plot: Plot) -> Any:
    """A plot as JSON, for `Bokeh.embed.embed_item`.

    It is what `bokeh.embed.json_item` makes of it, without the document around it, which follows every
    change of every model and asks them thrice for their parts: that takes twice the time of all else.
    """
    doc = {"version": __version__, "title": "", "roots": Serializer(deferred=False).encode([plot])}
    return {"target_id": None, "root_id": plot.id, "doc": doc, "version": __version__}


def glyph_map(places, pixels, learned, labels: tuple[str, str], territories) -> Plot:
    """The latent map of a font: each of `pixels` `(characters, rows, columns)` at its place.

    `territories` are the extent `(left, right, bottom, top)` and an image `(rows, columns)`, its top row
    first: from how many pixels the nearest character differs. The page moves glyphs apart.
    """
    extent, distances = territories
    plot = _plot(extent[:2], extent[2:], labels)
    _add_territories(plot, extent, distances)
    plot.add_glyph(
        _source(x0=places[:, 0], y0=places[:, 1], x1=places[:, 0], y1=places[:, 1]),
        Segment(tags=[{"line_color": "--accent"}]),
        name="leaders",
    )
    plot.add_glyph(
        _source(x=places[:, 0], y=places[:, 1]),
        Scatter(size=4, line_color=None, tags=[{"fill_color": "--accent"}]),
    )
    for name, members in (("learned", learned), ("missed", ~learned)):
        source = _add_glyphs(plot, name, pixels[members], places[members])
    # Colour alone does not tell everybody which ones were missed.
    frame = Rect(
        width=SCREEN, height=SCREEN, fill_color=None, line_dash="dashed", tags=[{"line_color": "--missed"}]
    )
    plot.add_glyph(source, frame, name="frames")
    return plot


def dot_map(places, labels: tuple[str, str], classes, markers) -> Plot:
    """The latent map of images: a dot at each place; colours and what is hidden are up to the page."""
    plot = _plot(bounds(places[:, 0]), bounds(places[:, 1]), labels)
    source = _source(
        x=places[:, 0], y=places[:, 1], color=["black"] * len(places), alpha=np.full(len(places), 0.75)
    )
    source.data["class"], source.data["marker"] = classes, markers
    glyph = Scatter(size=5.5, fill_color="color", fill_alpha="alpha", line_color=None, marker="marker")
    plot.add_glyph(source, glyph, name="dots")
    return plot


def error_plot(errors: list[np.ndarray], kept: int, limits: dict[str, float]) -> Plot:
    """The accumulated error of every restart by epoch on a logarithmic scale, limits as lines."""
    curves = [_thinned(error) for error in errors]
    values = np.concatenate([*(error for _, error in curves), list(limits.values())])
    positive = values[values > 0]
    low, high = (positive.min(), positive.max()) if len(positive) else (0.1, 1.0)
    last = max((len(error) - 1 for error in errors), default=1)
    plot = _plot((0, max(last, 1)), (low / 1.6, high * 1.6), ("epoch", "accumulated error"), log=True)
    for limit in limits.values():
        plot.add_layout(
            Span(dimension="width", location=limit, line_dash="dashed", tags=[{"line_color": "--limit"}])
        )
    others = [curve for index, curve in enumerate(curves) if index != kept][:MOST_RESTARTS]
    # A logarithm has no place for 0.
    source = _source(xs=[x for x, _ in others], ys=[np.where(y > 0, y, np.nan) for _, y in others])
    plot.add_glyph(source, MultiLine(line_alpha=0.6, tags=[{"line_color": "--faint"}]))
    epochs, error = curves[kept]
    source = _source(x=epochs, y=np.where(error > 0, error, np.nan))
    plot.add_glyph(source, Line(line_width=2, tags=[{"line_color": "--accent"}]))
    return plot


def loss_plot(training: np.ndarray, validation: np.ndarray) -> Plot:
    """The training loss and the −ELBO of the test set by epoch."""
    values = np.concatenate([training, validation, [] if len(training) else [0.0, 1.0]])
    margin = MARGIN * (values.max() - values.min() or 1.0)
    y_range = values.min() - margin, values.max() + margin
    plot = _plot((0.5, len(training) + 0.5), y_range, ("epoch", "nats an image"))
    for losses, color in ((training, "--muted"), (validation, "--accent")):
        source = _source(x=np.arange(1, len(losses) + 1), y=losses)
        plot.add_glyph(source, Line(line_width=2, tags=[{"line_color": color}]))
        plot.add_glyph(source, Scatter(size=5, line_color=None, tags=[{"fill_color": color}]))
    return plot


def bounds(values: np.ndarray) -> tuple[float, float]:
    """The limits of an axis that shows `values` with a margin."""
    low, high = float(values.min()), float(values.max())
    margin = MARGIN * (high - low) or 1.0
    return low - margin, high + margin


def _plot(x_range, y_range, labels: tuple[str, str], log: bool = False) -> Plot:
    """An empty plot that fills its place in the page; an axis without a label is not drawn."""
    plot = Plot(
        x_range=Range1d(*map(float, x_range)),
        y_range=Range1d(*map(float, y_range)),
        x_scale=LinearScale(),
        y_scale=LogScale() if log else LinearScale(),
        sizing_mode="stretch_both",
        title=None,
        toolbar_location=None,
        background_fill_color=None,
        border_fill_color=None,
        outline_line_color=None,
        min_border=4,
    )
    for side, label in (("below", labels[0]), ("left", labels[1])):
        if not label:
            continue
        logarithmic = log and side == "left"
        ticker = LogTicker(desired_num_ticks=5) if logarithmic else BasicTicker(desired_num_ticks=6)
        axis = (LogAxis if logarithmic else LinearAxis)(
            ticker=ticker,
            axis_label=label,
            axis_label_text_font=FONT,
            axis_label_text_font_style="normal",
            major_label_text_font=FONT,
            minor_tick_line_color=None,
            axis_line_color=None,
            major_tick_line_color=None,
        )
        plot.add_layout(axis, side)
        plot.add_layout(Grid(dimension=int(side == "left"), ticker=ticker))
    return plot


def _add_territories(plot: Plot, extent, distances: np.ndarray) -> None:
    left, right, bottom, top = extent
    mapper = LinearColorMapper(["white"] * (FARTHEST + 1), low=0, high=FARTHEST)
    glyph = Image(
        dw=right - left, dh=top - bottom, anchor="top_left", origin="top_left", color_mapper=mapper
    )
    image = np.minimum(distances, FARTHEST).astype(np.uint8)
    plot.add_glyph(_source(image=[image], x=[left], y=[top]), glyph, name="territories", level="underlay")


def _add_glyphs(plot: Plot, name: str, pixels, places) -> ColumnDataSource:
    tiles = [np.pad(glyph, 1) for glyph in pixels.astype(np.uint8)]
    source = _source(image=tiles, x=places[:, 0], y=places[:, 1])
    mapper = LinearColorMapper(["white", "black"], low=0, high=1)
    glyph = Image(dw=SCREEN, dh=SCREEN, anchor="center", origin="top_left", color_mapper=mapper)
    plot.add_glyph(source, glyph, name=name)
    return source


def _source(**columns) -> ColumnDataSource:
    return ColumnDataSource(data=columns)


def _thinned(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most MOST_POINTS of a curve, and where on it they stand."""
    count = min(len(values), MOST_POINTS)
    rows = np.unique(np.linspace(0, max(len(values) - 1, 0), count).round().astype(int))
    return rows, values[rows]
