"""The curves of what is lost are the sorted gaps, and the title adds up."""

import numpy as np
import pytest

from runner.figures.nats import nats_lost
from runner.figures.style import GREEN, ORANGE, png
from vae.likelihood import Losses, Normals

NONE = Normals(np.empty((0, 2)), np.empty((0, 2)))


def losses(misplaced, normal=0.5):
    count = len(misplaced)
    parts = np.full(count, 10.0), np.full(count, normal), np.array(misplaced, float), np.zeros(count)
    return Losses(*parts, NONE)


def test_those_that_lose_most_come_first_and_the_title_adds_up():
    figure = nats_lost(losses([1, 8, 0.5, 0.5]), "image")
    (axes,) = figure.axes
    misplaced, normal = axes.lines
    np.testing.assert_allclose(misplaced.get_xydata(), [[12.5, 8], [37.5, 1], [62.5, 0.5], [87.5, 0.5]])
    np.testing.assert_allclose(normal.get_ydata(), 0.5)
    assert (misplaced.get_color(), normal.get_color()) == (ORANGE, GREEN)
    title, subtitle = (text.get_text() for text in figure.texts)
    assert title == "Where the nats go: 13.00 = 10.00 that the decoder cannot draw + 0.50 + 2.50"
    assert subtitle == "25% of the images hold 80% of what is misplaced"
    png(figure)


@pytest.mark.parametrize("misplaced", [[0.0], [0.0, 0.0, 0.0], np.linspace(0, 9, 10_000)])
def test_nothing_lost_one_picture_and_very_many_are_drawn_without_a_warning(misplaced):
    figure = nats_lost(losses(misplaced, normal=0.0), "character")
    assert len(figure.axes[0].lines[0].get_xydata()) <= 2000
    assert (figure.texts[1].get_text() == "") == (max(misplaced) == 0)
    png(figure)
