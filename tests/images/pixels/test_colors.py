"""Whether a set has colour is asked of all its pictures together."""

import numpy as np
import pytest
from drawing import some

from images.pixels.colors import LEAST_SHARE, colorful, in_color, with_channels


def test_the_share_of_pixels_whose_channels_differ():
    levels = np.zeros((10, 10, 10, 3), np.uint8)
    levels[0, 0, :3] = [[255, 0, 0], [10, 30, 20], [40, 24, 24]]  # the last by no more than noise
    assert colorful(levels) == 2 / 1000
    assert colorful(levels / np.float32(1)) == 2 / 1000
    assert colorful(with_channels(some())) == 0


@pytest.mark.parametrize(
    ("wanted", "share", "is_color", "said"),
    [
        ("auto", 0.3, True, ""),
        ("auto", LEAST_SHARE, True, ""),
        ("auto", 0.0002, False, "only 0.0002 of all pixels show a colour: read in grey"),
        ("auto", 0, False, ""),
        ("grey", 0.3, False, ""),
        ("color", 0.3, True, ""),
        ("color", 0.0002, True, ""),
        ("color", 0, True, "no pixel shows a colour: three equal channels"),
    ],
)
def test_a_set_is_in_colour_if_it_shows_some_or_if_asked(wanted, share, is_color, said):
    assert in_color(wanted, share) == (is_color, [said] if said else [])


def test_grey_has_three_equal_channels():
    colors = with_channels(some())
    assert colors.shape == (*some().shape, 3)
    for channel in range(3):
        np.testing.assert_array_equal(colors[..., channel], some())
