"""Pixels as numbers: bytes are grey levels, numbers are taken as they are."""

import numpy as np

from autoencoder.objective.face import grey_levels


def test_bytes_become_grey_levels():
    levels = grey_levels(np.array([[0, 51, 255]], np.uint8), np.dtype("float32"))
    assert levels.dtype == np.float32
    np.testing.assert_allclose(levels, [[0, 0.2, 1]], rtol=1e-7)


def test_numbers_stay_what_they_are_and_are_not_copied_in_vain():
    pixels = np.array([[0.25, 1.0]])
    assert grey_levels(pixels, np.dtype("float64")) is pixels
    assert grey_levels(pixels, np.dtype("float32")).tolist() == pixels.tolist()
