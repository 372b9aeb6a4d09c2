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

from runner.figures.style import thinned
from runner.result.learning import Curve, Learning

FONT = "system-ui, sans-serif"
MARGIN = 0.08
MOST_POINTS = 600
MOST_OTHERS = 30
MOST_DOTS = 60  # epochs
ABOVE_LINE = (-0.2, 1.0)
SCREEN = Value(1, units="screen")  # the page sets how many CSS pixels
FARTHEST = 4  # pixels from the nearest character that the territories still tell apart


def item(plot: Plot) -> Any:
    """A plot as JSON, for `Bokeh.embed.embed_item`.

    It is what `bokeh.embed.json_item` makes of it, without the document around it, which follows every
    change of every model and asks them thrice for their parts: that takes twice the time of all else.
    """
    doc = {"version": __version__, "title": "", "roots": Serializer(deferred=False).encode([plot])}
    return {"target_id": None, "root_id": plot.id, "doc": doc, "version": __version__}


def glyph_map(
    places, tiles, groups: dict[str, np.ndarray], labels: tuple[str, str], distances: np.ndarray | None
) -> Plot:
    """The latent map of few pictures: each of `tiles` `(pictures, rows, columns)`, bytes, at its place.

    `groups` say by name which pictures `(pictures,)` share their colours, a frame lies around those
    called `missed`. `distances` `(rows, columns)`, the top row first, say all over the map from how many
    pixels the nearest known picture differs. Colours, what is hidden, and glyphs that have to be moved
    apart are up to the page.
    """
    left, right, bottom, top = glyph_extent(places)
    plot = _plot((left, right), (bottom, top), labels)
    if distances is not None:
        _add_territories(plot, (left, right, bottom, top), distances)
    x, y, shown = places[:, 0], places[:, 1], np.ones(len(places))
    leaders = Segment(line_alpha="alpha", tags=[{"line_color": "--accent"}])
    plot.add_glyph(_source(x0=x, y0=y, x1=x, y1=y, alpha=shown), leaders, name="leaders")
    codes = Scatter(size=4, line_color=None, fill_alpha="alpha", tags=[{"fill_color": "--accent"}])
    plot.add_glyph(_source(x=x, y=y, alpha=shown), codes, name="codes")
    for name, members in groups.items():
        source = _add_glyphs(plot, name, tiles[members], places[members])
        if name == "missed":
            # Colour alone does not tell everybody which ones were missed.
            _add_frames(plot, "frames", source, line_dash="dashed", tags=[{"line_color": "--missed"}])
    source = _source(x=x, y=y, alpha=shown, color=["black"] * len(places))
    _add_frames(plot, "classes", source, line_color="color", line_width=2)
    return plot


def dot_map(places, labels: tuple[str, str], markers) -> Plot:
    """The latent map of many pictures: a dot at each place; the page colours and hides them."""
    plot = _plot(bounds(places[:, 0]), bounds(places[:, 1]), labels)
    source = _source(
        x=places[:, 0], y=places[:, 1], color=["black"] * len(places), alpha=np.full(len(places), 0.75)
    )
    source.data["marker"] = markers
    glyph = Scatter(size=5.5, fill_color="color", fill_alpha="alpha", line_color=None, marker="marker")
    plot.add_glyph(source, glyph, name="dots")
    return plot


def learning_plot(learned: Learning) -> Plot:
    """The curves of a training by epoch; limits are lines, and few epochs are dots as well."""
    curves = [*learned.others[:MOST_OTHERS], *learned.curves]
    # A logarithm has no place for 0.
    lines = [_line(curve, learned.is_logarithmic) for curve in curves]
    epochs = np.concatenate([x for x, _ in lines])
    values = np.concatenate([*(y for _, y in lines), list(learned.limits.values())])
    has_dots = max(len(curve.epochs) for curve in curves) <= MOST_DOTS
    first, last = (epochs.min(), epochs.max()) if len(epochs) else (0, 1)
    x_range = (first - 0.5, last + 0.5) if has_dots else (first, last)
    y_range = _around(values[np.isfinite(values)], learned.is_logarithmic)
    plot = _plot(x_range, y_range, ("epoch", learned.unit), learned.is_logarithmic)
    plot.below[0].ticker.min_interval = 1
    for limit in learned.limits.values():
        plot.add_layout(
            Span(dimension="width", location=limit, line_dash="dashed", tags=[{"line_color": "--limit"}])
        )
    others, shown = lines[: -len(learned.curves)], lines[-len(learned.curves) :]
    source = _source(xs=[x for x, _ in others], ys=[y for _, y in others])
    plot.add_glyph(source, MultiLine(line_alpha=0.6, tags=[{"line_color": "--faint"}]))
    for (x, y), color in zip(shown, ["--muted"] * (len(shown) - 1) + ["--accent"], strict=True):
        source = _source(x=x, y=y)
        plot.add_glyph(source, Line(line_width=2, tags=[{"line_color": color}]))
        if has_dots:
            plot.add_glyph(source, Scatter(size=5, line_color=None, tags=[{"fill_color": color}]))
    return plot


def glyph_extent(places: np.ndarray) -> tuple[float, float, float, float]:
    """The ranges left, right, bottom, top of a map of glyphs at `places` `(pictures, 2)`.

    On a line they stand above it.
    """
    return (*bounds(places[:, 0]), *(bounds(places[:, 1]) if places[:, 1].any() else ABOVE_LINE))


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
        if label:
            _add_axis(plot, side, label, log and side == "left")
    return plot


def _add_axis(plot: Plot, side: str, label: str, log: bool) -> None:
    """An axis with its grid, without lines and ticks of its own."""
    ticker = LogTicker(desired_num_ticks=5) if log else BasicTicker(desired_num_ticks=6)
    axis = (LogAxis if log else LinearAxis)(
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


def _add_territories(plot: Plot, extent, distances: np.ndarray) -> None:
    left, right, bottom, top = extent
    mapper = LinearColorMapper(["white"] * (FARTHEST + 1), low=0, high=FARTHEST)
    glyph = Image(
        dw=right - left, dh=top - bottom, anchor="top_left", origin="top_left", color_mapper=mapper
    )
    image = np.minimum(distances, FARTHEST).astype(np.uint8)
    plot.add_glyph(_source(image=[image], x=[left], y=[top]), glyph, name="territories", level="underlay")


def _add_glyphs(plot: Plot, name: str, tiles, places) -> ColumnDataSource:
    source = _source(image=list(tiles), x=places[:, 0], y=places[:, 1], alpha=np.ones(len(places)))
    mapper = LinearColorMapper(["white", "black"], low=0, high=255)
    looks = {"anchor": "center", "origin": "top_left", "global_alpha": "alpha", "color_mapper": mapper}
    plot.add_glyph(source, Image(dw=SCREEN, dh=SCREEN, **looks), name=name)
    return source


def _add_frames(plot: Plot, name: str, source: ColumnDataSource, **looks) -> None:
    frame = Rect(width=SCREEN, height=SCREEN, fill_color=None, line_alpha="alpha", **looks)
    plot.add_glyph(source, frame, name=name)


def _line(curve: Curve, is_logarithmic: bool) -> tuple[np.ndarray, np.ndarray]:
    """Epochs and values of a curve, thinned; NaN where a logarithm has no place."""
    if not len(curve.values):
        return curve.epochs, curve.values
    places, values = thinned(curve.values, MOST_POINTS).T
    epochs = curve.epochs[places.astype(int)]
    return epochs, np.where(values > 0, values, np.nan) if is_logarithmic else values


def _around(values: np.ndarray, is_logarithmic: bool) -> tuple[float, float]:
    """The limits of the axis of `values` `(n,)`, which may be none."""
    if not len(values):
        values = np.array([0.1, 1.0])
    low, high = values.min(), values.max()
    if is_logarithmic:
        return low / 1.6, high * 1.6
    margin = MARGIN * (high - low or 1.0)
    return low - margin, high + margin


def _source(**columns) -> ColumnDataSource:
    return ColumnDataSource(data=columns)
