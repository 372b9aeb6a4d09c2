"""The facts about layers: how far pictures can be halved."""

import pytest

from vae.layers import Convolution, Transposed, halved, most_convolutions


@pytest.mark.parametrize(
    ("shape", "most"),
    [((28, 28, 1), 5), ((32, 32, 3), 5), ((33, 2, 1), 6), ((7, 5, 1), 3), ((2, 1, 1), 1), ((1, 1, 1), 0)],
)
def test_a_picture_can_be_halved_until_one_pixel_is_left(shape, most):
    assert most_convolutions(shape) == most
    for _ in range(most):
        assert shape[:2] != (1, 1)
        shape = halved(shape, 8)
    assert shape[:2] == (1, 1)


def test_a_convolution_and_its_mirror_image_have_the_same_weights_and_the_same_work():
    small, large = (4, 3, 6), (7, 5, 2)
    inwards, outwards = Convolution("a", large, small, "relu"), Transposed("b", small, large, "relu")
    assert inwards.kernel_shape == outwards.kernel_shape == (3, 3, 2, 6)
    assert inwards.unfolded == outwards.unfolded == 9 * 2 * 4 * 3
    assert (inwards.units, outwards.units) == (6, 2)
