"""The reported measures, by hand."""

import numpy as np

from latent.measures import squared_error, wrong_pixels


def test_squared_error_is_half_the_sum_over_pixels():
    outputs, targets = np.array([[0.5, 0.0], [1.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    assert squared_error(outputs, targets).tolist() == [0.125, 0.5]


def test_a_pixel_is_wrong_when_it_is_off_by_more_than_one_half():
    outputs, targets = np.array([0.5, 0.51, 0.49, 0.5]), np.array([0.0, 0.0, 1.0, 1.0])
    assert wrong_pixels(outputs, targets).tolist() == [False, True, True, False]
