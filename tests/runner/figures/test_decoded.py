"""Pictures of drawings: what was asked for, between two codes, and at random."""

from dataclasses import replace

import numpy as np

from runner.figures.decoded import interpolations, points_figure, rows_of
from runner.figures.style import png

CELL = (7, 5)


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_points_name_the_nearest_character_and_the_distance(default_result):
    decoded, names = default_result.generated, default_result.data.judged.captions
    figure = points_figure(decoded, names, CELL, "Two points")
    assert texts(figure)[0] == "(0, 0.2)"
    name = names[decoded.nearest[0]]
    assert texts(figure)[2] == (name if decoded.distance[0] == 0 else f"{name} +{decoded.distance[0]}")
    assert "the nearest known picture" in figure.texts[1].get_text()


def test_where_nothing_is_known_points_have_no_caption(grey_result):
    figure = points_figure(grey_result.generated, [], (6, 5), "Two points")
    assert texts(figure) == ["(0, 1)", "(2, 0)"]
    assert figure.texts[1].get_text() == "above: the latent point"
    image = np.ma.filled(figure.axes[0].images[0].get_array(), np.nan)
    drawn = image[np.isfinite(image)].reshape(6, 2, 5)[:, 0]
    np.testing.assert_array_equal(drawn.ravel(), grey_result.generated.pictures[0])
    png(figure)


def test_of_more_points_than_fit_on_a_page_the_first_are_shown(grey_result):
    codes = np.zeros((400, 2))
    figure = points_figure(grey_result.decode(codes), [], (6, 5), "Many points")
    shown = len(texts(figure))
    assert 50 < shown < 400
    assert figure.texts[1].get_text().endswith(f"{400 - shown} more are in the table")
    assert figure.get_size_inches()[1] * figure.dpi <= 2400


def test_points_of_many_numbers_have_room(default_result):
    decoded = replace(default_result.generated, codes=np.random.default_rng(0).normal(size=(2, 16)))
    figure = points_figure(decoded, default_result.data.judged.captions, CELL, "")
    point, _, other, _ = boxes = sorted(figure.axes[0].texts, key=lambda text: text.get_position())
    png(figure)
    assert len(boxes) == 4
    assert "…" in point.get_text() + other.get_text()


def ends_of(result):
    return [(result.pixels[pair.first], result.pixels[pair.second]) for pair in result.pairs]


def pictures_in(figure, count):
    """What an image shows, without the gaps: pictures of CELL, row by row."""
    image = np.ma.filled(figure.axes[0].images[0].get_array(), np.nan)
    there = np.isfinite(image)
    rows = np.flatnonzero(there.any(axis=1)).reshape(-1, CELL[0])
    columns = np.flatnonzero(there.any(axis=0)).reshape(-1, CELL[1])
    found = [image[np.ix_(down, across)] for down in rows for across in columns]
    return [picture for picture in found if np.isfinite(picture).all()][:count]


def test_interpolations_show_both_ends_and_five_steps(default_result):
    result = default_result
    ends, names = ends_of(result), result.data.judged.captions
    figure = interpolations(result.between, ends, ["a", "b", "c"], names, CELL)
    shown = np.reshape(pictures_in(figure, 21), (3, 7, 35))
    np.testing.assert_array_equal(shown[:, 0], [first for first, _ in ends])
    np.testing.assert_array_equal(shown[:, -1], [last for _, last in ends])
    np.testing.assert_array_equal(shown[:, 1:-1], result.between.pictures)
    assert [text for text in texts(figure) if text in "abc"] == ["a", "b", "c"]
    assert len(texts(figure)) == 3 * (1 + 5)
    png(figure)


def test_interpolations_without_known_pictures_have_titles_only(default_result):
    unknown = replace(default_result.between, nearest=None, distance=None)
    figure = interpolations(unknown, ends_of(default_result), ["a", "b", "c"], [], CELL)
    assert texts(figure) == ["a", "b", "c"]
    assert figure.texts[1].get_text() == ""
    png(figure)


def test_rows_of_ten_end_with_what_is_left():
    figure = rows_of(np.ones((11, 35)), CELL, "eleven")
    image = np.ma.filled(figure.axes[0].images[0].get_array(), np.nan)
    assert (image == 1).sum() == 11 * 35
    rows = np.flatnonzero(np.isfinite(image).any(axis=1)).reshape(-1, 7)
    assert [np.isfinite(image[row]).sum() for row in rows[:, 0]] == [50, 5]
