"""Pictures of a latent space show every code at its place, and no label covers another."""

import numpy as np
import pytest

from runner.figures.latent_figures import (
    decoded_grid,
    decoded_points,
    interpolations,
    latent_glyphs,
    latent_map,
)

CELL = (7, 5)


def test_the_latent_map_shows_every_name_and_every_place():
    places = np.array([[0.0, 0.0], [0.01, 0.0], [5.0, 3.0]])
    figure = latent_map(
        places, ["$", "%", "space"], np.array([False, True, False]), places[:1], ("z1", "z2")
    )
    (axes,) = figure.axes
    assert {text.get_text() for text in axes.texts} == {"$", "%", "space"}
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), places)
    spots = np.array([text.get_position() for text in axes.texts])
    pixels = axes.transData.transform(spots)
    assert (np.abs(pixels[0] - pixels[1]) > 8).any()  # one label does not cover the other


def middles(boxes):
    return np.array([path.vertices[:4].mean(axis=0) for path in boxes.get_paths()])


def test_every_glyph_is_drawn_and_none_covers_another():
    places = np.zeros((6, 2))
    figure = latent_glyphs(places, np.eye(6, 35), CELL, ("z1", "z2"))
    (axes,) = figure.axes
    _, _, frames, ink = axes.collections
    assert len(frames.get_paths()) == len(ink.get_paths()) == 6  # one pixel each
    spots = axes.transData.transform(middles(frames))
    apart = np.abs(spots[:, None] - spots[None]).max(axis=-1)
    assert apart[~np.eye(6, dtype=bool)].min() > 20


def test_codes_on_a_line_get_a_strip_with_all_of_them_inside():
    places = np.column_stack([np.linspace(0, 1, 32) ** 3, np.zeros(32)])
    figure = latent_glyphs(places, np.zeros((32, 35)), CELL, ("z1", ""))
    (axes,) = figure.axes
    low, high = axes.get_ylim()
    spots = middles(axes.collections[2])
    assert len(spots) == 32
    assert ((low <= spots[:, 1]) & (spots[:, 1] <= high)).all()


def test_decoded_points_name_the_nearest_character_and_the_distance(default_result):
    decoded = default_result.generated
    figure = decoded_points(decoded, default_result.font.labels, CELL, "Two points")
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts[0] == "(0, 0.2)"
    name = default_result.font.labels[decoded.nearest[0]]
    assert texts[1] == (name if decoded.distance[0] == 0 else f"{name} +{decoded.distance[0]}")


def test_the_grid_is_labelled_with_the_coordinates_of_the_plane(default_result):
    result = default_result
    places = result.plane.project(result.grid.codes)
    figure = decoded_grid(result.grid, places, CELL, ("z1", "z2"))
    axes = figure.axes[0]
    labels = [float(label.get_text()) for label in axes.get_xticklabels()]
    assert labels == pytest.approx(places[0, ::2, 0], abs=0.051)
    heights = [float(label.get_text()) for label in axes.get_yticklabels()]
    assert heights == sorted(heights, reverse=True)


def test_interpolations_show_both_ends_and_five_steps(default_result):
    result = default_result
    ends = [(result.font.pixels[pair.first], result.font.pixels[pair.second]) for pair in result.pairs]
    figure = interpolations(result.between, ends, ["a", "b", "c"], result.font.labels, CELL)
    image = figure.axes[0].images[0].get_array()
    gap = 4
    assert image.shape == (3 * (7 + gap) + gap, 7 * (5 + gap) + gap)
    np.testing.assert_array_equal(image[gap : gap + 7, gap : gap + 5].ravel(), ends[0][0])
