"""Panels side by side draw what they are given, whatever that is, and warn of nothing."""

import numpy as np
import pytest
from matplotlib.text import Text

from runner.compare.panels import latent_maps, measures
from runner.compare.saved_tables import Map
from runner.figures.style import png

RANDOM = np.random.default_rng(0)


def drawn(figure):
    """The figure, once it has been drawn; warnings are errors."""
    assert png(figure).startswith(b"\x89PNG")
    return figure


# Latent maps


def letters(count, flat=False):
    places = RANDOM.normal(size=(count, 2))
    places[:, 1] *= not flat
    return Map(places, [chr(ord("!") + i % 90) for i in range(count)], None)


@pytest.mark.parametrize("count", [1, 5, 12])
def test_every_map_has_its_panel_and_title(count):
    titles = [f"beta {i}\n0.5" for i in range(count)]
    figure = drawn(latent_maps([letters(6)] * count, titles))
    shown = [axes for axes in figure.axes if axes.axison]
    assert [axes.get_title(loc="left") for axes in shown] == titles
    assert all([text.get_text() for text in axes.texts] == list('!"#$%&') for axes in shown)


def test_a_latent_space_of_one_dimension_is_a_line():
    (axes,) = drawn(latent_maps([letters(6, flat=True)], ["a"])).axes
    assert list(axes.get_yticks()) == []


def test_characters_lie_where_their_codes_lie():
    latent = letters(5)
    (axes,) = drawn(latent_maps([latent], ["a"])).axes
    np.testing.assert_array_equal([text.get_position() for text in axes.texts], latent.places)
    (low, high), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    assert low < latent.places[:, 0].min() < latent.places[:, 0].max() < high
    assert bottom < latent.places[:, 1].min() < latent.places[:, 1].max() < top


def test_images_are_dots_by_class():
    classes = [f"class {i % 3}" for i in range(50)]
    (axes,) = drawn(latent_maps([Map(RANDOM.normal(size=(50, 2)), None, classes)], ["a"])).axes
    assert sorted(len(dots.get_offsets()) for dots in axes.collections) == [16, 17, 17]
    assert len({tuple(dots.get_facecolor()[0]) for dots in axes.collections}) == 3


@pytest.mark.parametrize(
    "latent",
    [
        letters(1),
        letters(300),
        Map(np.zeros((4, 2)), list("abcd"), None),
        Map(RANDOM.normal(size=(9, 2)), None, [""] * 9),
        Map(RANDOM.normal(size=(90, 2)), None, [f"c{i}" for i in range(90)]),
    ],
    ids=["one letter", "many letters", "one place", "no classes", "many classes"],
)
def test_strange_maps_are_drawn_whole(latent):
    (axes,) = drawn(latent_maps([latent], ["a"])).axes
    assert len(axes.texts) + sum(len(dots.get_offsets()) for dots in axes.collections) >= len(latent.places)


def is_title(artist):
    return isinstance(artist, Text) and artist.get_text().endswith("\n0.5")


def test_long_titles_stay_above_their_maps():
    levels = ", ".join(["a_value"] * 20)
    maps = drawn(latent_maps([Map(np.eye(2), ["a", "b"], None)] * 4, [f"{levels}\n0.5"] * 4))
    widest = max(text.get_window_extent().width for text in maps.findobj(is_title))
    assert widest < maps.bbox.width / 4


# Measures

SETTINGS = ["DEFAULT, font", "VAE, images", "$x_"]
VALUES = {
    "error a picture": [np.array([1.0, 3.0, 2.0]), np.array([4.0]), np.array([0.5, 0.5])],
    "15-NN accuracy": [np.array([]), np.array([0.8, 0.9]), np.array([])],
}


def test_every_measure_has_a_panel_and_every_setting_a_place_in_it():
    figure = drawn(measures(SETTINGS, VALUES))
    assert [axes.get_title(loc="left") for axes in figure.axes] == list(VALUES)
    ticks = [text.get_text().strip().replace("\\$", "$") for text in figure.axes[0].get_yticklabels()]
    assert ticks == SETTINGS
    assert figure.axes[0].get_ylim() == (2.5, -0.5)  # the first setting on top
    assert all(axes.get_xlim()[0] == 0 for axes in figure.axes)


def marks(axes):
    """The places of the dots, and the ends of the lines, of a panel."""
    dots = [tuple(c.get_offsets()[0]) for c in axes.collections if len(c.get_offsets()) and not is_line(c)]
    lines = [c.get_segments()[0][:, 0].tolist() for c in axes.collections if is_line(c)]
    return dots, lines


def is_line(collection):
    return hasattr(collection, "get_segments")


def test_a_dot_is_the_mean_and_a_line_the_range_over_the_seeds():
    errors, accuracies = measures(SETTINGS, VALUES).axes
    assert marks(errors) == ([(2, 0), (4, 1), (0.5, 2)], [[1, 3], [4, 4], [0.5, 0.5]])
    ((place,), (line,)) = marks(accuracies)  # what only one setting has
    assert place == (pytest.approx(0.85), 1)
    assert line == [0.8, 0.9]


def test_a_measure_that_no_setting_has_is_an_empty_panel():
    drawn(measures(["a"], {"x": [np.array([])]}))
