"""Pictures of drawings: what was asked for, between two codes, and at random."""

from dataclasses import replace

import numpy as np
import pytest

from runner.figures.decoded import interpolations, points_figure, rows_of, with_blanks
from runner.figures.style import png

CELL = (7, 5)


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_points_name_the_nearest_character_and_the_distance(default_result):
    decoded, names = default_result.generated, default_result.data.judged.captions
    figure = points_figure(decoded, names, CELL, "Two points")
    assert texts(figure)[0] == "(0, 0.2)"
    name = names[decoded.nearest[0]]
    assert texts(figure)[1] == (name if decoded.distance[0] == 0 else f"{name} +{decoded.distance[0]}")
    assert "the nearest known picture" in figure.texts[1].get_text()


def test_where_nothing_is_known_points_have_no_caption(grey_result):
    figure = points_figure(grey_result.generated, [], (6, 5), "Two points")
    assert texts(figure) == ["(0, 1)", "(2, 0)"]
    assert figure.texts[1].get_text() == "above: the latent point"
    image, gap = figure.axes[0].images[0].get_array(), 4
    drawn = image[gap : gap + 6, gap : gap + 5]
    np.testing.assert_array_equal(drawn.ravel(), grey_result.generated.pictures[0])
    png(figure)


def ends_of(result):
    return [(result.pixels[pair.first], result.pixels[pair.second]) for pair in result.pairs]


def test_interpolations_show_both_ends_and_five_steps(default_result):
    result = default_result
    ends, names = ends_of(result), result.data.judged.captions
    figure = interpolations(result.between, ends, ["a", "b", "c"], names, CELL)
    image = figure.axes[0].images[0].get_array()
    gap = 4
    assert image.shape == (3 * (7 + gap) + gap, 7 * (5 + gap) + gap)
    np.testing.assert_array_equal(image[gap : gap + 7, gap : gap + 5].ravel(), ends[0][0])
    right = 6 * (5 + gap) + gap
    np.testing.assert_array_equal(image[gap : gap + 7, right : right + 5].ravel(), ends[0][1])
    middle = image[gap : gap + 7, right // 2 + gap // 2 : right // 2 + gap // 2 + 5]
    np.testing.assert_array_equal(middle.ravel(), result.between.pictures[0, 2])
    assert [text for text in texts(figure) if text in "abc"] == ["a", "b", "c"]
    assert len(texts(figure)) == 3 * (1 + 5)


def test_interpolations_without_known_pictures_have_titles_only(default_result):
    unknown = replace(default_result.between, nearest=None, distance=None)
    figure = interpolations(unknown, ends_of(default_result), ["a", "b", "c"], [], CELL)
    assert texts(figure) == ["a", "b", "c"]
    assert figure.texts[1].get_text() == ""
    png(figure)


def test_rows_are_filled_up_with_blanks():
    image = rows_of(np.ones((11, 4)), (2, 2), "eleven").axes[0].images[0].get_array()
    assert image.shape == (2 * 4 + 2, 10 * 4 + 2)
    assert (image == 1).sum() == 11 * 4


@pytest.mark.parametrize(("count", "rows"), [(0, 0), (1, 3), (3, 3), (4, 6)])
def test_blanks_make_whole_rows_and_change_nothing(count, rows):
    pictures = np.ones((count, 2))
    padded = with_blanks(pictures, 3)
    assert padded.shape == (rows, 2)
    np.testing.assert_array_equal(padded[:count], pictures)
    assert np.isnan(padded[count:]).all()
