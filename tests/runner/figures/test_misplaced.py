"""Misplaced pictures: what is drawn stands in its box, and arrows lead from codes to the best ones."""

import numpy as np
import pytest
from matplotlib.text import Annotation

from runner.figures.misplaced import misplaced_map, misplaced_pictures
from runner.figures.style import png

RANDOM = np.random.default_rng(0)


def test_each_box_has_three_pictures_its_name_and_what_is_lost():
    boxes = RANDOM.random((2, 3, 12))
    figure = misplaced_pictures(boxes, ["a", "b"], np.array([12.34, 0.5]), (4, 3), "letter")
    image = np.ma.filled(figure.axes[0].images[0].get_array(), np.nan)
    drawn = np.sort(image[np.isfinite(image)])
    np.testing.assert_allclose(drawn, np.sort(boxes.ravel()))
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["1: a", "2: b", "12.3 nats", "0.5 nats"]
    assert figure.texts[0].get_text() == "The 2 letters that the encoder misplaces most"
    png(figure)


def arrows(figure):
    """Where the arrows start and end, the first one first."""
    found = [text for text in figure.axes[0].texts if isinstance(text, Annotation)]
    return [(tuple(arrow.xyann), tuple(arrow.xy)) for arrow in reversed(found)]


def test_arrows_lead_from_codes_to_the_best_ones_all_of_which_are_on_the_map():
    places, heads = RANDOM.normal(size=(20, 2)), RANDOM.normal(size=(3, 2)) * 9
    figure = misplaced_map(places, places[:3], heads, ("z1", "z2"), "image")
    png(figure)
    assert arrows(figure) == [
        (tuple(tail), tuple(head)) for tail, head in zip(places[:3], heads, strict=True)
    ]
    low, high = np.transpose([figure.axes[0].get_xlim(), figure.axes[0].get_ylim()])
    assert (heads > low).all() and (heads < high).all()


@pytest.mark.parametrize("count", [1, 12])
def test_on_a_line_each_arrow_has_a_height_of_its_own(count):
    places = np.column_stack([RANDOM.normal(size=30), np.zeros(30)])
    figure = misplaced_map(places, places[:count], -places[:count], ("z1", ""), "image")
    png(figure)
    found = arrows(figure)
    assert [(tail[0], head[0]) for tail, head in found] == [(x, -x) for x in places[:count, 0]]
    assert all(tail[1] == head[1] for tail, head in found)
    assert len({tail[1] for tail, _ in found}) == count


def test_the_number_of_an_arrow_stands_behind_it_however_short_it_is():
    places = np.column_stack([np.linspace(-2, 2, 9), np.zeros(9)])
    figure = misplaced_map(places, places[:3], places[:3] + np.array([0.01, 0]), ("z1", ""), "image")
    png(figure)
    (axes,) = figure.axes
    numbers = [text for text in axes.texts if text.get_text() in {"1", "2", "3"}]
    tails = axes.transData.transform([tail for tail, _ in arrows(figure)])[:, 0]
    ends = [text.get_window_extent().x1 for text in numbers]
    assert len(ends) == 3
    assert (np.sort(ends) < np.sort(tails)).all()
