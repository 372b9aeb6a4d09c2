"""Pictures of different types and sizes become one array, judged together."""

import numpy as np
import pytest
from drawing import some, some_colors
from PIL import Image

from images.formats.picture import Stored
from images.pixels.levels import luminance
from images.pixels.unify import Fitted, levels_of


def unified(*pictures, size=(4, 3)):
    return levels_of([Fitted.of(picture, size) for picture in pictures], size)


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


def colored(levels, opacity=None):
    """A picture as it is read where colours are asked for."""
    levels = np.asarray(levels, np.uint8)
    return Stored(luminance(levels), opacity, levels)


def in_colors(*pictures, wanted="auto", size=(4, 3)):
    return levels_of([Fitted.of(picture, size) for picture in pictures], size, wanted)


def test_colours_are_the_levels_that_they_were():
    images, remarks = in_colors(*map(colored, some_colors(7)))
    np.testing.assert_array_equal(images, some_colors(7))
    assert (images.dtype, remarks) == (np.uint8, [])


def test_grey_of_colours_is_the_luminance_that_was_stored():
    images, _ = in_colors(*map(colored, some_colors(7)), wanted="grey")
    np.testing.assert_array_equal(images, luminance(some_colors(7)))


def test_grey_pictures_of_any_type_among_colours_have_three_equal_channels():
    deep = Stored(some(1)[0].astype(np.uint16) * 257, None)
    images, _ = in_colors(colored(some_colors(1)[0]), plain(some(2)[1]), deep)
    np.testing.assert_array_equal(images[0], some_colors(1)[0])
    for channel in range(3):
        np.testing.assert_array_equal(images[1:, ..., channel], [some(2)[1], some(1)[0]])


def test_one_picture_with_some_colour_does_not_make_a_set_of_colours():
    tinted = np.repeat(some(1, 40, 30)[0][..., None], 3, axis=2)
    tinted[0, 0] = 255, 0, 0
    others = [plain(picture) for picture in some(9, 40, 30)]
    images, remarks = in_colors(colored(tinted), *others, size=(40, 30))
    np.testing.assert_array_equal(images[0], luminance(tinted))
    assert remarks == ["only 8.3e-05 of all pixels show a colour: read in grey"]
    images, remarks = in_colors(colored(tinted), *others, size=(40, 30), wanted="color")
    np.testing.assert_array_equal(images[0], tinted)
    assert remarks == []


def test_colours_lie_on_paper_as_pillow_puts_them():
    rng = np.random.default_rng(1)
    pictures = rng.integers(0, 256, (5, 4, 3, 4), dtype=np.uint8)
    images, remarks = in_colors(*(colored(picture[..., :3], picture[..., 3]) for picture in pictures))
    assert remarks == ["what is transparent became white"]
    for picture, image in zip(pictures, images, strict=True):
        shown = Image.fromarray(picture)
        paper = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
        assert np.abs(np.asarray(paper).astype(int) - image).max() <= 1


def test_a_colour_that_cannot_be_seen_is_none():
    hidden = np.zeros((4, 3), np.uint8)
    shown = np.full((4, 3), 255, np.uint8)
    red = np.broadcast_to(np.array([200, 0, 0], np.uint8), (4, 3, 3))
    images, remarks = in_colors(colored(red, hidden), ink(40, shown))
    assert images.tolist() == [[[255] * 3] * 4, [[40] * 3] * 4]
    assert remarks == ["what is transparent became white"]


def test_reducing_colours_takes_the_means_of_what_can_be_seen():
    values = np.zeros((8, 6, 3), np.uint8)
    values[:, ::2], values[:, 1::2] = (200, 0, 0), (0, 0, 100)
    images, _ = in_colors(colored(values))
    assert images[0].tolist() == [[[100, 0, 50]] * 3] * 4
    opacity = np.zeros((8, 6), np.uint8)
    opacity[:, ::2] = 255
    images, _ = in_colors(colored(values, opacity))
    assert np.abs(images[0].astype(int) - [228, 128, 128]).max() <= 1  # half red, half paper


def test_what_is_left_has_the_usual_colour_of_the_edges():
    wide = np.broadcast_to(np.array([10, 20, 30], np.uint8), (2, 6, 3))
    whole = np.broadcast_to(np.array([10, 20, 30], np.uint8), (4, 3, 3))
    images, _ = in_colors(colored(wide), colored(whole))
    np.testing.assert_array_equal(images, np.broadcast_to([10, 20, 30], (2, 4, 3, 3)))
