"""Pictures of different types and sizes become one array, judged together."""

import numpy as np
import pytest
from drawing import some
from PIL import Image

from images.picture import Stored
from images.unify import Fitted, grey_levels


def unified(*pictures, size=(4, 3)):
    return grey_levels([Fitted.of(picture, size) for picture in pictures], size)


def plain(values):
    return Stored(np.asarray(values), None)


def test_bytes_are_the_levels_that_they_were():
    images, remarks = unified(*map(plain, some(7)))
    np.testing.assert_array_equal(images, some(7))
    assert images.dtype == np.uint8
    assert remarks == []


def test_dark_pictures_are_judged_by_the_lightest_of_their_type():
    dark, light = np.zeros((4, 3), np.uint16), np.full((4, 3), 1000, np.uint16)
    images, remarks = unified(plain(dark + 3), plain(light), plain(np.full((4, 3), 3, np.uint8)))
    assert [image[0, 0] for image in images] == [round(3 * 255 / 1023), round(1000 * 255 / 1023), 3]
    assert remarks == ["uint16 from 3 to 1000: 0 is taken as black, 1023 as white (10 bits)"]


def test_the_extremes_are_those_before_reducing():
    spot = np.zeros((8, 6), np.float32)
    spot[0, 0] = 200
    images, _ = unified(plain(spot))
    assert images[0, 0, 0] == 50


def test_binary_pictures_stay_so_in_any_size():
    images, _ = unified(plain(np.eye(4, 3, dtype=np.uint8)), plain(np.eye(8, 6, dtype=np.uint8)))
    assert set(np.unique(images[0])) == {0, 255}
    assert images[1, 0, 0] == 128  # the mean of two zeros and two ones


def ink(level, opacity):
    opacity = np.asarray(opacity, np.uint8)
    return Stored(np.full(opacity.shape, level, np.uint8), opacity)


def test_black_ink_lies_on_white_and_white_ink_on_black():
    strokes = some(6)
    images, remarks = unified(*(ink(0, opacity) for opacity in strokes))
    np.testing.assert_array_equal(images, 255 - strokes)
    assert remarks == ["what is transparent became white"]
    images, remarks = unified(*(ink(255, opacity) for opacity in strokes))
    np.testing.assert_array_equal(images, strokes)
    assert remarks == ["what is transparent became black: what is visible is white"]


def test_what_transparent_parts_become_is_decided_for_the_whole_set():
    white = ink(255, [[255, 0, 0]] * 4)
    black = [ink(0, [[255, 255, 0]] * 4)] * 3
    images, _ = unified(white, *black)
    assert images[0].tolist() == [[255] * 3] * 4
    assert images[1].tolist() == [[0, 0, 255]] * 4


def test_reducing_does_not_mix_in_colours_that_cannot_be_seen():
    opacity = np.zeros((8, 6), np.uint8)
    opacity[:4] = 255
    values = np.where(opacity, 100, 0).astype(np.uint8)
    values[:, ::2] = np.where(opacity[:, ::2], 100, 255)
    images, _ = unified(Stored(values, opacity))
    assert images[0].tolist() == [[100] * 3] * 2 + [[255] * 3] * 2


def test_the_same_as_pillow_puts_them_on_paper():
    rng = np.random.default_rng(1)
    pictures = rng.integers(0, 256, (5, 4, 3, 2), dtype=np.uint8)
    pictures[..., 0] //= 2  # no white ink
    images, _ = unified(*(Stored(picture[..., 0], picture[..., 1]) for picture in pictures))
    for picture, image in zip(pictures, images, strict=True):
        shown = Image.fromarray(picture, "LA").convert("RGBA")
        paper = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("L")
        assert np.abs(np.asarray(paper).astype(int) - image).max() <= 1


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_pixel_that_is_no_number_is_an_error(bad):
    values = np.zeros((4, 3), np.float32)
    values[2, 1] = bad
    with pytest.raises(ValueError, match="no finite number"):
        Fitted.of(plain(values), (4, 3))
