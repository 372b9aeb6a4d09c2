"""What the Bokeh plots hold; the tests of pages look at them in a browser."""

import json

import numpy as np
from bokeh.embed import json_item
from bokeh.models import Line, LogScale, MultiLine, Scatter, Span

from runner.page.plots import (
    FARTHEST,
    MOST_POINTS,
    bounds,
    dot_map,
    glyph_extent,
    glyph_map,
    item,
    learning_plot,
)
from runner.result.learning import Curve, Learning


def renderer(plot, name):
    (found,) = [one for one in plot.renderers if one.name == name]
    return found


PLACES = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
TILES = np.arange(3, dtype=np.uint8)[:, None, None] * np.ones((3, 2, 2), np.uint8)


def test_learned_and_missed_characters_are_drawn_apart():
    learned = np.array([True, False, True])
    groups = {"learned": learned, "missed": ~learned}
    plot = glyph_map(PLACES, TILES, groups, ("z1", "z2"), np.array([[0, 9]]))
    assert renderer(plot, "missed").data_source.data["x"].tolist() == [2.0]
    assert len(renderer(plot, "learned").data_source.data["image"]) == 2
    assert renderer(plot, "frames").data_source is renderer(plot, "missed").data_source
    assert renderer(plot, "territories").data_source.data["image"][0].tolist() == [[0, FARTHEST]]
    ranges = (plot.x_range.start, plot.x_range.end, plot.y_range.start, plot.y_range.end)
    assert ranges == glyph_extent(PLACES)


def test_pictures_that_cannot_be_missed_have_no_frames_and_no_territories():
    plot = glyph_map(PLACES, TILES, {"pictures": np.ones(3, bool)}, ("z1", "z2"), None)
    assert [one.name for one in plot.renderers] == ["leaders", "codes", "pictures", "classes"]


def test_dots_have_what_the_legend_needs():
    plot = dot_map(np.array([[0.0, 0.0], [1.0, 0.0]]), ("z1", ""), ["circle", "square"])
    data = renderer(plot, "dots").data_source.data
    assert set(data) == {"x", "y", "color", "alpha", "marker"}
    assert len(plot.below) == 1
    assert plot.left == []  # a line has no second axis


def curve(values, first=0, name=""):
    values = np.array(values, float)
    return Curve(name, np.arange(first, first + len(values)), values)


def learned(*curves, logarithmic=True, others=(), limits=None):
    return Learning("title", "unit", logarithmic, list(curves), list(others), limits or {})


def lines(plot):
    return [one.data_source.data["y"] for one in plot.renderers if isinstance(one.glyph, Line)]


def test_the_error_is_logarithmic_and_has_no_place_for_zero():
    plot = learning_plot(learned(curve([10, 1, 0]), others=[curve([20, 2])], limits={"PCA": 5.0}))
    assert isinstance(plot.y_scale, LogScale)
    assert 0 < plot.y_range.start < 1
    assert plot.y_range.end > 20
    assert np.isnan(lines(plot)[0]).tolist() == [False, False, True]
    assert [one.location for one in plot.center if isinstance(one, Span)] == [5.0]
    (others,) = [one.data_source.data["ys"] for one in plot.renderers if isinstance(one.glyph, MultiLine)]
    assert [values.tolist() for values in others] == [[20, 2]]


def test_losses_are_linear_and_the_last_one_counts():
    plot = learning_plot(learned(curve([3, -2], 1), curve([4, 1], 1), logarithmic=False))
    assert (plot.x_range.start, plot.x_range.end) == (0.5, 2.5)
    assert plot.y_range.start < -2
    tags = [one.glyph.tags[0]["line_color"] for one in plot.renderers if isinstance(one.glyph, Line)]
    assert tags == ["--muted", "--accent"]


def test_few_epochs_are_dots_and_many_are_not():
    for epochs, dots in ((60, 1), (61, 0)):
        plot = learning_plot(learned(curve(np.ones(epochs))))
        assert sum(isinstance(one.glyph, Scatter) for one in plot.renderers) == dots


def test_a_perfect_start_and_an_empty_history_still_make_a_plot():
    for values in (np.zeros(2), []):
        assert learning_plot(learned(curve(values))).y_range.start > 0
        assert learning_plot(learned(curve(values), curve(values), logarithmic=False)).y_range.start < 0.1


def test_long_curves_are_thinned_but_keep_their_ends_and_peaks():
    long = np.arange(1.0, 100_001.0)
    long[5_000] = 1e7
    (values,) = lines(learning_plot(learned(curve(long))))
    assert len(values) <= MOST_POINTS
    assert (values[0], values[-1], values.max()) == (1.0, 100_000.0, 1e7)


def test_bounds_leave_a_margin_even_around_a_single_value():
    assert bounds(np.array([3.0, 3.0])) == (2.0, 4.0)
    low, high = bounds(np.array([0.0, 100.0]))
    assert (low < 0, high > 100) == (True, True)


def test_pictures_stand_above_a_line():
    assert glyph_extent(np.array([[0.0, 0.0], [1.0, 0.0]]))[2:] == (-0.2, 1.0)


def test_a_plot_becomes_what_bokeh_makes_of_it():
    plot = learning_plot(learned(curve([2, 1]), curve([3, np.nan]), logarithmic=False))
    ours, theirs = item(plot), json_item(plot)
    theirs["doc"].pop("config", None)  # how to tell of a lost server
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(theirs))
