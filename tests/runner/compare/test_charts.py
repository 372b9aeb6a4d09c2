"""Charts draw what they are given, whatever that is, and warn of nothing."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from runner.compare.charts import (
    MOST_COLORED,
    SMALLEST_SHOWN,
    Band,
    curves,
    dots,
    heat_map,
    lines,
    scattered,
)
from runner.figures.style import png

RANDOM = np.random.default_rng(0)


def drawn(figure):
    """The figure, once it has been drawn; warnings are errors."""
    assert png(figure).startswith(b"\x89PNG")
    return figure


def band(*means, label="a", places=None, half=0.0):
    means = np.array(means, float)
    places = np.arange(len(means), dtype=float) if places is None else np.array(places, float)
    return Band(label, places, means, means - half, means + half)


def legend(figure):
    return [text.get_text() for text in figure.axes[0].get_legend().get_texts()]


# Bands


def test_a_band_is_mean_and_range():
    made = Band.of("x", np.array([1.0, 2.0]), [np.array([1.0, 2.0, 6.0]), np.array([4.0])])
    assert made.means.tolist() == [3, 4]
    assert made.lowest.tolist() == [1, 4]
    assert made.highest.tolist() == [6, 4]


def test_a_band_of_nothing_is_empty():
    assert Band.of("x", np.array([]), []).means.shape == (0,)


# Dots


@pytest.mark.parametrize(
    "errors", [[2.0], [1.0] * 5, [0.0] * 5, [0.0, 1e-12, 3.0], RANDOM.uniform(1, 99, 1000)]
)
def test_every_run_is_a_dot_and_the_best_is_first(errors):
    figure = drawn(dots(np.array(errors), "accumulated error", 1.5, "PCA"))
    (axes,) = figure.axes
    places = axes.collections[0].get_offsets()
    np.testing.assert_array_equal(places[:, 0], np.arange(1, len(errors) + 1))
    np.testing.assert_array_equal(places[:, 1], np.maximum(np.sort(errors), SMALLEST_SHOWN))
    assert legend(figure) == ["PCA"]


def test_without_a_limit_there_is_no_legend():
    assert drawn(dots(np.ones(3), "x", None, "")).axes[0].get_legend() is None


# The scale


@pytest.mark.parametrize(
    ("errors", "scale"),
    [
        ([1.0, 9.9], "linear"),
        ([1.0, 11.0], "log"),
        ([5.0, 5.0], "linear"),
        ([0.0, 0.0], "linear"),
        ([1e-3, 100.0], "log"),
    ],
)
def test_only_a_wide_range_has_a_logarithmic_scale(errors, scale):
    for figure in (
        dots(np.array(errors), "x", None, ""),
        lines([band(*errors)], None, ("a", "x"), []),
        curves([band(*errors)], "x", "a"),
    ):
        assert figure.axes[0].get_yscale() == scale


# Lines


def test_a_line_for_each_group_and_a_dashed_one_for_its_limit():
    bands = [band(1, 2, 3, label="x", half=0.5), band(2, 3, 4, label="y")]
    figure = drawn(lines(bands, None, ("size", "error"), [band(9, 9, 9, label="PCA x")]))
    first, second, limit = figure.axes[0].lines
    assert first.get_ydata().tolist() == [1, 2, 3]
    assert second.get_ydata().tolist() == [2, 3, 4]
    assert limit.get_linestyle() == "--"
    assert legend(figure) == ["x", "y", "PCA x"]
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == ("size", "error")
    assert len(figure.axes[0].collections) == 2  # the range over the seeds


def test_names_are_ticks_and_their_dots_are_not_joined():
    figure = drawn(lines([band(1, 2)], ["adam", "$odd_\\$"], ("minimizer", "error"), []))
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.get_xticklabels()] == ["adam", "$odd_\\$"]
    assert axes.lines[0].get_linestyle() == "None"
    (seeds,) = axes.collections  # no area between names
    assert isinstance(seeds, LineCollection)
    assert axes.get_legend() is None


@pytest.mark.parametrize("text", ["$\\nothing$", "_first", "__", "a$b", "$", "ñ", ""])
def test_labels_of_the_user_are_shown_as_they_are(text):
    bands = [band(1, 2, label=text), band(2, 3, label="b")]
    for figure in (lines(bands, None, ("a", "b"), []), curves(bands, "x", "a")):
        shown = [label.replace("\\$", "$").strip() for label in legend(drawn(figure))]
        assert shown == ([text, "b"] if text else ["b"])


def test_the_names_of_many_keys_stay_inside_the_picture():
    keys, levels = ", ".join(["some_key_of_the_config"] * 12), ", ".join(["a_value"] * 20)
    table = heat_map(np.eye(5), (["a"] * 5, ["x"] * 5), (keys, "z"), "error")
    for figure in (curves([band(3, 2, label=levels), band(2, 1, label="b")], "error", keys), table):
        drawn(figure)
        (axes,) = figure.axes
        boxes = [axes.yaxis.label.get_window_extent()]
        boxes += [axes.get_legend().get_window_extent()] if axes.get_legend() else []
        assert all(figure.bbox.containsx(box.x0) and figure.bbox.containsx(box.x1) for box in boxes)
        assert all(figure.bbox.containsy(box.y0) and figure.bbox.containsy(box.y1) for box in boxes)
    assert table.axes[0].get_ylabel().startswith("some_key") and table.axes[0].get_ylabel().endswith("…")


def test_whole_numbers_have_whole_ticks():
    figure = drawn(lines([band(1, 2, places=[1, 2])], None, ("size", "error"), []))
    assert all(float(tick).is_integer() for tick in figure.axes[0].get_xticks())


@pytest.mark.parametrize("bands", [[band(), band(1, 2)], [band(1)], [band(0, 0, 0)], [band(1e-12, 1e12)]])
def test_lines_of_few_or_extreme_places(bands):
    drawn(lines(bands, None, ("a", "b"), []))


# Heat maps


def numbers(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_slanted_labels_of_a_heat_map_stay_inside_the_picture():
    columns = [f"salt_and_pepper, 0.{number} (Bayes 0.{number})" for number in range(1, 9)]
    figure = drawn(heat_map(np.eye(8), (["a"] * 8, columns), ("y", "x"), "error"))
    boxes = [text.get_window_extent() for text in figure.axes[0].get_xticklabels()]
    assert max(box.x1 for box in boxes) < figure.bbox.x1
    assert min(box.x0 for box in boxes) > 0
    assert min(box.y0 for box in boxes) > 0


def test_a_heat_map_prints_its_numbers_and_leaves_out_what_is_missing():
    table = np.array([[1.0, 2.0, np.nan], [3.0, 0.25, 1000.0]])
    figure = drawn(heat_map(table, (["a", "b"], ["x", "y", "z"]), ("row", "column"), "error"))
    (axes,) = figure.axes
    assert sorted(numbers(figure)) == sorted(["1", "2", "3", "0.25", "1e+03"])
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a", "b"]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["x", "y", "z"]
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("row", "column")


@pytest.mark.parametrize(
    ("table", "is_log"),
    [
        ([[1.0, 31.0]], True),
        ([[1.0, 29.0]], False),
        ([[0.0, 31.0]], False),
        ([[2.0, 2.0]], False),
        ([[0.0, 0.0]], False),
        ([[np.nan, 2.0]], False),
    ],
)
def test_the_colours_of_a_wide_range_are_logarithmic(table, is_log):
    figure = drawn(heat_map(np.array(table), (["a"], ["x", "y"]), ("r", "c"), "error"))
    assert (type(figure.axes[0].images[0].norm).__name__ == "LogNorm") == is_log


def test_a_large_heat_map_has_a_scale_instead_of_numbers():
    table = RANDOM.uniform(1, 2, (30, 30))
    labels = [str(i) for i in range(30)]
    figure = drawn(heat_map(table, (labels, labels), ("r", "c"), "error"))
    assert numbers(figure) == []
    assert len(figure.axes) == 2


# Curves


def test_the_best_curves_are_coloured_and_named_and_the_others_pale():
    bands = [band(3, 2, 1, label=f"s{i}") for i in range(MOST_COLORED + 4)]
    figure = drawn(curves(bands, "error", "beta"))
    (axes,) = figure.axes
    assert len(axes.lines) == len(bands)
    assert legend(figure) == [f"s{i}" for i in range(MOST_COLORED)]
    assert axes.get_legend().get_title().get_text() == "beta"
    assert "the best 8 in color" in figure.texts[0].get_text()
    assert "color" not in drawn(curves(bands[:3], "error", "beta")).texts[0].get_text()


def test_a_curve_of_one_epoch_and_one_of_zeros_need_no_legend():
    assert drawn(curves([band(1.0)], "error", "")).axes[0].get_legend() is None
    drawn(curves([band(0, 0, 0)], "error", ""))


# Searches


@pytest.mark.parametrize("keys", [1, 3, 4, 6])
def test_every_key_of_a_search_has_a_panel_with_a_dot_for_each_setting(keys):
    columns = {f"key_{i}": RANDOM.uniform(1, 5, 40) for i in range(keys)}
    errors = 10.0 ** RANDOM.uniform(-6, 2, 40)
    figure = drawn(scattered(columns, errors, "accumulated error"))
    shown = [axes for axes in figure.axes if axes.axison]
    assert [axes.get_xlabel() for axes in shown] == list(columns)
    for axes, values in zip(shown, columns.values(), strict=True):
        np.testing.assert_allclose(axes.collections[0].get_offsets(), np.stack([values, errors], axis=1))
        assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")


def test_a_wide_range_is_logarithmic_and_one_from_zero_is_not():
    columns = {"rate": np.logspace(-4, -1, 20), "noise": np.linspace(0, 1, 20)}
    rate, noise = drawn(scattered(columns, np.zeros(20), "error")).axes
    assert (rate.get_xscale(), noise.get_xscale()) == ("log", "linear")
    (axes,) = drawn(lines([band(1, 2, 3, places=[1e-4, 1e-2, 1e-1])], None, ("rate", "error"), [])).axes
    assert axes.get_xscale() == "log"
