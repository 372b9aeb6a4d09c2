"""What is black and what is white: by type and by the whole set, never by one picture."""

import numpy as np
import pytest
from drawing import some, some_colors
from PIL import Image

from images.errors import DataError
from images.pixels.levels import (
    check_contrast,
    ground_in_words,
    ground_of,
    luminance,
    rounded,
    scale_of,
    scales_of,
)


@pytest.mark.parametrize(
    ("kind", "lowest", "highest", "black", "white"),
    [
        ("uint8", 0, 255, 0, 255),
        ("uint8", 3, 17, 0, 255),
        ("uint8", 0, 1, 0, 1),
        ("bool", 0, 1, 0, 1),
        ("int64", 0, 1, 0, 1),
        ("int64", 0, 200, 0, 255),
        ("uint16", 0, 255, 0, 255),
        ("uint16", 0, 1023, 0, 1023),
        ("uint16", 0, 256, 0, 1023),
        ("uint16", 9, 4095, 0, 4095),
        ("uint16", 0, 4096, 0, 65535),
        ("int32", 0, 65535, 0, 65535),
        ("int32", 0, 70000, 0, 70000),
        ("int16", -1024, 3071, -1024, 3071),
        ("int8", -128, 127, -128, 127),
        ("float32", 0, 1, 0, 1),
        ("float64", 0.1, 0.3, 0, 1),
        ("float32", -1e-7, 1 + 1e-6, 0, 1),
        ("float32", -1, 1, -1, 1),
        ("float16", -0.2, 0.9, -1, 1),
        ("float64", 0, 255, 0, 255),
        ("float64", 0, 16, 0, 255),
        ("float64", -0.42, 2.8, -0.42, 2.8),
        ("float64", 5, 300, 0, 300),
    ],
)
def test_black_and_white_of_a_type_and_its_extremes(kind, lowest, highest, black, white):
    scale = scale_of(np.dtype(kind), lowest, highest)
    assert (scale.black, scale.white) == (black, white)
    ends = np.array([black, white]).astype(kind)
    assert scale.levels(ends).tolist() == [0, 255]
    assert scale.levels(ends).dtype == np.uint8


@pytest.mark.parametrize(
    ("kind", "lowest", "highest", "remark"),
    [
        ("uint8", 0, 255, ""),
        ("uint8", 0, 1, "values 0 and 1: taken as black and white"),
        ("uint16", 0, 200, "uint16 from 0 to 200: 0 is taken as black, 255 as white (8 bits)"),
        ("uint16", 3, 9000, "uint16 from 3 to 9000: 0 is taken as black, 65535 as white (16 bits)"),
        ("float32", -1, 0.5, "float32 from -1 to 0.5: -1 is taken as black, 1 as white"),
        ("float64", -2, 3, "float64 from -2 to 3: -2 is taken as black, 3 as white"),
    ],
)
def test_what_was_taken_is_told(kind, lowest, highest, remark):
    assert scale_of(np.dtype(kind), lowest, highest).remark == remark


def test_each_type_of_a_set_has_the_extremes_of_all_its_pictures():
    deep, byte = np.dtype("uint16"), np.dtype("uint8")
    scales = scales_of([(deep, 5, 90), (byte, 0, 1), (deep, 0, 900), (byte, 1, 1)])
    assert {kind: scale.white for kind, scale in scales.items()} == {deep: 1023, byte: 1}


def test_a_set_of_one_value_has_levels_too():
    for value in (-5.0, 0.0, 300.0):
        scale = scale_of(np.dtype(float), value, value)
        assert len(set(scale.levels(np.full(3, value)).tolist())) == 1


def test_levels_are_rounded_and_cut_off():
    assert rounded(np.array([-3.0, 0.4, 0.6, 254.6, 300.0])).tolist() == [0, 0, 1, 255, 255]


def test_luminance_is_that_of_pillow():
    colours = some(50, 4, 9).reshape(50, 4, 3, 3)
    expected = [np.asarray(Image.fromarray(picture).convert("L")) for picture in colours]
    np.testing.assert_array_equal(luminance(colours), expected)


def test_transparent_ground_is_paper_unless_the_ink_is_white():
    assert ground_of(visible=0, opacity=10) == 255
    assert ground_of(visible=255 * 10, opacity=10) == 0
    assert ground_of(visible=192 * 10, opacity=10) == 255  # a yellow face
    assert ground_of(visible=0, opacity=0) == 255
    assert "black" in ground_in_words(0)
    assert ground_in_words(255) == "what is transparent became white"


@pytest.mark.parametrize(("level", "grey"), [(0, "black"), (255, "white"), (100, "one grey")])
def test_a_set_of_one_grey_is_refused_with_what_was_read(level, grey):
    images = np.full((12, 4, 3), level, np.uint8)
    images[5, 1, 1] = min(level + 16, 255)
    message = rf"^here: 12 images of 3×4 pixels were read, all but {grey}: levels .*; a remark; save them"
    with pytest.raises(DataError, match=message):
        check_contrast([images[:8], images[8:]], "here: ", ["a remark"])


def test_a_set_of_one_picture_is_refused_and_two_are_enough():
    same = np.repeat(some(1), 12, axis=0)
    with pytest.raises(DataError, match="12 images of 3×4 pixels were read, all the same picture"):
        check_contrast([same[:10], same[10:]], "", [])
    other = same.copy()
    other[-1, 0, 0] ^= 255
    check_contrast([same, other], "", [])


def test_a_set_of_one_colour_is_refused_and_colours_of_one_luminance_are_not():
    red = np.broadcast_to(np.array([200, 0, 0], np.uint8), (10, 4, 3, 3)).copy()
    with pytest.raises(
        DataError, match="10 images of 3×4 pixels were read, all but one colour: levels 200…200"
    ):
        check_contrast([red], "", [])
    black = np.zeros((10, 4, 3, 3), np.uint8)
    with pytest.raises(DataError, match="all but black"):
        check_contrast([black], "", [])
    blue = red[..., ::-1]
    check_contrast([red, blue], "", [])
    same = np.broadcast_to(some_colors(1), (10, 4, 3, 3))
    with pytest.raises(DataError, match="all the same picture"):
        check_contrast([same], "", [])
