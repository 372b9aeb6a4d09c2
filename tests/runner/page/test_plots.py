"""What the Bokeh plots hold; `test_font_page.py` and `test_image_page.py` look at them in a browser."""

import json

import numpy as np
from bokeh.embed import json_item
from bokeh.models import Line, LogScale, Span

from runner.page.plots import (
    FARTHEST,
    MOST_POINTS,
    bounds,
    dot_map,
    error_plot,
    glyph_map,
    item,
    loss_plot,
)


def renderer(plot, name):
    (found,) = [one for one in plot.renderers if one.name == name]
    return found


def test_learned_and_missed_characters_are_drawn_apart():
    places = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    pixels = np.arange(3)[:, None, None] * np.ones((3, 2, 2)) / 2
    learned = np.array([True, False, True])
    plot = glyph_map(places, pixels, learned, ("z1", "z2"), ((-1, 5, 0, 6), np.array([[0, 9]])))
    assert renderer(plot, "missed").data_source.data["x"].tolist() == [2.0]
    assert len(renderer(plot, "learned").data_source.data["image"]) == 2
    assert renderer(plot, "frames").data_source is renderer(plot, "missed").data_source
    assert renderer(plot, "territories").data_source.data["image"][0].tolist() == [[0, FARTHEST]]
    assert (plot.x_range.start, plot.x_range.end, plot.y_range.start, plot.y_range.end) == (-1, 5, 0, 6)


def test_dots_have_what_the_legend_needs():
    plot = dot_map(np.array([[0.0, 0.0], [1.0, 0.0]]), ("z1", ""), np.array([0, 3]), ["circle", "square"])
    data = renderer(plot, "dots").data_source.data
    assert set(data) == {"x", "y", "color", "alpha", "class", "marker"}
    assert len(plot.below) == 1
    assert plot.left == []  # a line has no second axis


def test_the_error_is_logarithmic_and_has_no_place_for_zero():
    errors = [np.array([10.0, 1.0, 0.0]), np.array([20.0, 2.0])]
    plot = error_plot(errors, 0, {"PCA": 5.0})
    assert isinstance(plot.y_scale, LogScale)
    assert 0 < plot.y_range.start < 1
    assert plot.y_range.end > 20
    (line,) = [one for one in plot.renderers if isinstance(one.glyph, Line)]
    assert np.isnan(line.data_source.data["y"]).tolist() == [False, False, True]
    assert [one.location for one in plot.center if isinstance(one, Span)] == [5.0]


def test_a_perfect_start_and_an_empty_history_still_make_a_plot():
    for errors in ([np.zeros(2)], [np.array([])]):
        assert error_plot(errors, 0, {}).y_range.start > 0
    assert loss_plot(np.array([]), np.array([])).y_range.start < 0


def test_long_curves_are_thinned_but_keep_their_ends():
    plot = error_plot([np.arange(1.0, 100_001.0)], 0, {})
    (line,) = [one for one in plot.renderers if isinstance(one.glyph, Line)]
    values = line.data_source.data["y"]
    assert len(values) == MOST_POINTS
    assert (values[0], values[-1]) == (1.0, 100_000.0)


def test_bounds_leave_a_margin_even_around_a_single_value():
    assert bounds(np.array([3.0, 3.0])) == (2.0, 4.0)
    low, high = bounds(np.array([0.0, 100.0]))
    assert (low < 0, high > 100) == (True, True)


def test_a_plot_becomes_what_bokeh_makes_of_it():
    plot = loss_plot(np.array([2.0, 1.0]), np.array([3.0, np.nan]))
    ours, theirs = item(plot), json_item(plot)
    theirs["doc"].pop("config", None)  # how to tell of a lost server
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(theirs))
