"""Maps of a latent space show every code at its place, and no label covers another."""

import numpy as np
import pytest

from runner.figures.maps import class_map, error_map, glyph_map, labelled_map
from runner.figures.style import CLASS_COLORS, png

CELL = (7, 5)
PLACES = np.array([[0.0, 0.0], [0.01, 0.0], [5.0, 3.0]])
MISSED = np.array([False, True, False])


def test_the_map_of_few_shows_every_name_and_every_place():
    names = ["$", "%", "space"]
    figure = labelled_map(PLACES, names, MISSED, PLACES[:1], ("z1", "z2"), "character")
    (axes,) = figure.axes
    assert {text.get_text() for text in axes.texts} == {"$", "%", "space"}
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), PLACES)
    spots = np.array([text.get_position() for text in axes.texts])
    pixels = axes.transData.transform(spots)
    assert (np.abs(pixels[0] - pixels[1]) > 8).any()  # one label does not cover the other
    png(figure)


def legend(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


@pytest.mark.parametrize(
    ("missed", "wanted", "expected"),
    [
        (MISSED, PLACES[:1], ["learned", "with wrong pixels", "generated"]),
        (MISSED & False, PLACES[:0], ["learned"]),
        (None, PLACES[:2], ["generated"]),
        (None, PLACES[:0], []),
    ],
)
def test_the_legend_says_what_there_is(missed, wanted, expected):
    figure = labelled_map(PLACES, ["a", "b", "c"], missed, wanted, ("z1", "z2"), "image")
    (axes,) = figure.axes
    assert legend(axes) == expected
    colors = [text.get_color() for text in axes.texts]
    assert len(set(colors)) == (2 if "with wrong pixels" in expected else 1)
    assert figure.texts[0].get_text() == "Latent space: one point an image"
    png(figure)


def middles(boxes):
    return np.array([path.vertices[:4].mean(axis=0) for path in boxes.get_paths()])


def test_every_glyph_is_drawn_and_none_covers_another():
    places = np.zeros((6, 2))
    figure = glyph_map(places, np.eye(6, 35), CELL, ("z1", "z2"), "character")
    (axes,) = figure.axes
    _, _, frames, ink = axes.collections
    assert len(frames.get_paths()) == len(ink.get_paths()) == 6  # one pixel each
    spots = axes.transData.transform(middles(frames))
    apart = np.abs(spots[:, None] - spots[None]).max(axis=-1)
    assert apart[~np.eye(6, dtype=bool)].min() > 20


def test_codes_on_a_line_get_a_strip_with_all_of_them_inside():
    places = np.column_stack([np.linspace(0, 1, 32) ** 3, np.zeros(32)])
    figure = glyph_map(places, np.zeros((32, 35)), CELL, ("z1", ""), "character")
    (axes,) = figure.axes
    low, high = axes.get_ylim()
    spots = middles(axes.collections[2])
    assert len(spots) == 32
    assert ((low <= spots[:, 1]) & (spots[:, 1] <= high)).all()


def test_grey_pictures_are_drawn_whole_and_inside_their_frames():
    places = np.array([[0.0, 0.0], [0.1, 0.0], [3.0, 1.0]])
    pictures = np.random.default_rng(0).random((3, 35))
    figure = glyph_map(places, pictures, CELL, ("z1", "z2"), "image")
    (axes,) = figure.axes
    frames = [path.get_extents() for path in axes.collections[2].get_paths()]
    assert len(axes.images) == len(frames) == 3
    for image, picture, frame in zip(axes.images, pictures, frames, strict=True):
        np.testing.assert_array_equal(image.get_array(), picture.reshape(CELL))
        left, right, bottom, top = image.get_extent()
        assert frame.x0 < left < right < frame.x1
        assert frame.y0 < bottom < top < frame.y1
    low, high = axes.get_xlim()
    assert all(low < frame.x0 and frame.x1 < high for frame in frames)
    png(figure)


def test_the_map_of_many_has_one_colour_and_one_name_for_each_class_that_occurs():
    places, labels = np.array([[0.0, 0], [1, 1], [2, 2]]), np.array([0, 2, 2])
    figure = class_map(places, labels, ["one", "two", "digit 3"], ("z1", "z2"), "A map")
    (axes,) = figure.axes
    assert legend(axes) == ["one", "digit 3"]
    assert [text.get_text() for text in axes.texts] == ["one", "3"]
    assert axes.texts[1].get_position() == (1.5, 1.5)
    assert [len(dots.get_offsets()) for dots in axes.collections] == [1, 2]
    assert len({tuple(dots.get_facecolor()[0]) for dots in axes.collections}) == 2
    assert figure.texts[0].get_text() == "A map"


def test_more_classes_than_colours_are_drawn():
    count = len(CLASS_COLORS) + 2
    names = [f"class {label}" for label in range(count)]
    figure = class_map(np.eye(count, 2), np.arange(count), names, ("z1", "z2"), "")
    assert len(figure.axes[0].collections) == count
    png(figure)


def test_without_classes_the_map_has_no_legend_and_errors_give_the_colour():
    errors = np.array([0.5, 2.0, 1.0])
    figure = error_map(PLACES, errors, ("z1", "z2"), "A map")
    axes, bar = figure.axes
    assert axes.get_legend() is None
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), PLACES)
    np.testing.assert_array_equal(axes.collections[0].get_array(), errors)
    assert bar.get_ylabel() == "½ Σ (output − target)²"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("z1", "z2")
    png(figure)
