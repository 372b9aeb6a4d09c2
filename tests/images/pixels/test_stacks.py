"""Arrays of images, however they were saved, are the grey levels that Pillow makes of them."""

import numpy as np
import pytest
from drawing import some, some_colors
from PIL import Image

from images.errors import DataError
from images.pixels import stacks
from images.pixels.stacks import level_stacks

TYPES = [np.uint8, np.uint16, np.int16, np.int32, np.int64, np.uint64, np.float16, np.float32, np.float64]


def grey(array):
    """The grey levels of one array, and the remarks."""
    made, remarks = level_stacks({"x": np.asarray(array)})
    assert made["x"].dtype == np.uint8
    return made["x"], remarks


@pytest.mark.parametrize("kind", TYPES)
def test_levels_0_to_255_of_any_type_are_taken_as_they_are(kind):
    made, _ = grey(some().astype(kind))
    np.testing.assert_array_equal(made, some())


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_floats_of_0_to_1_and_of_minus_1_to_1_are_rounded_to_levels(kind):
    np.testing.assert_array_equal(grey((some() / 255).astype(kind))[0], some())
    two = grey((some() / 127.5 - 1).astype(kind))[0].astype(int)
    assert np.abs(two - some()).max() <= (1 if kind == np.float16 else 0)


@pytest.mark.parametrize("kind", [bool, *TYPES])
def test_zeros_and_ones_are_black_and_white(kind):
    made, _ = grey((some() > 99).astype(kind))
    np.testing.assert_array_equal(made, (some() > 99) * np.uint8(255))


def test_one_dark_part_is_judged_with_the_other():
    made, _ = level_stacks({"a": np.ones((2, 1, 1), np.uint8), "b": np.full((2, 1, 1), 9, np.uint8)})
    assert (made["a"].max(), made["b"].max()) == (1, 9)


def test_numbers_of_standard_deviations_are_the_pictures_again():
    levels = np.arange(256, dtype=np.uint8).reshape(4, 8, 8)
    made, remarks = grey((levels / 255 - 0.1307) / 0.3081)
    np.testing.assert_array_equal(made, levels)
    assert remarks == ["float64 from -0.424213 to 2.82149: -0.424213 is taken as black, 2.82149 as white"]


@pytest.mark.parametrize("scale", [1, 1 / 255])
@pytest.mark.parametrize("axis", [-1, 1])
def test_colours_become_the_luminance_of_pillow_wherever_the_channels_are(scale, axis):
    colours = np.random.default_rng(0).integers(0, 256, (20, 8, 9, 3)).astype(np.uint8)
    values = np.moveaxis(colours if scale == 1 else colours * scale, -1, axis)
    expected = [np.asarray(Image.fromarray(picture).convert("L")) for picture in colours]
    made, remarks = grey(values)
    np.testing.assert_array_equal(made, expected)
    assert any("channels before rows" in remark for remark in remarks) == (axis == 1)


@pytest.mark.parametrize("axis", [-1, 1])
def test_one_channel_is_grey(axis):
    images = some(20, 6, 5)
    np.testing.assert_array_equal(grey(np.expand_dims(images, axis))[0], images)


@pytest.mark.parametrize("channels", [2, 4])
def test_the_last_of_two_or_four_channels_is_opacity(channels):
    strokes = some()[..., None]
    black = np.concatenate([np.zeros((20, 4, 3, channels - 1), np.uint8), strokes], axis=-1)
    made, remarks = grey(black)
    np.testing.assert_array_equal(made, 255 - some())
    assert remarks == ["what is transparent became white"]
    white = np.concatenate([np.full((20, 4, 3, channels - 1), 255, np.uint8), strokes], axis=-1)
    np.testing.assert_array_equal(grey(white)[0], some())


def test_what_is_computed_on_the_way_needs_no_memory_for_all(monkeypatch):
    monkeypatch.setattr(stacks, "BLOCK", 3)
    np.testing.assert_array_equal(grey(some() / 255)[0], some())


def test_the_array_given_is_not_changed():
    given = some() / 255
    given.flags.writeable = False
    grey(given)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (some()[0], r"x: shape \(4, 3\) is not \(images, rows, columns\).*; reshape it$"),
        (np.uint8(3), r"x: shape \(\) is not"),
        (np.zeros((20, 784)), r"shape \(20, 784\) .*; reshape it, maybe to \(20, 28, 28\)"),
        (np.zeros((20, 5, 6, 7)), r"shape \(20, 5, 6, 7\) is not"),
        (np.zeros((20, 0, 3)), r"shape \(20, 0, 3, 1\) is not"),
        (np.zeros((0, 4, 3)), r"shape \(0, 4, 3, 1\) is not"),
        (np.full((20, 4, 3), np.nan), "values from nan to nan; all must be finite"),
        (np.where(some() == some()[3, 1, 2], np.nan, some() / 255), "all must be finite numbers"),
        (np.where(some() > 250, np.inf, 0), "values from 0 to inf"),
        (some().astype(complex), "values of type complex128; save them as numbers"),
        (np.full((20, 4, 3), "a"), "values of type <U1"),
    ],
)
def test_what_are_no_images_is_refused(array, message):
    with pytest.raises(DataError, match=message):
        level_stacks({"x": array})


def colors(array, wanted="auto"):
    """The levels of one array, and the remarks."""
    made, remarks = level_stacks({"x": np.asarray(array)}, wanted)
    assert made["x"].dtype == np.uint8
    return made["x"], remarks


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int64, np.float32])
@pytest.mark.parametrize("axis", [-1, 1])
def test_colours_of_any_type_are_kept_wherever_the_channels_are(kind, axis):
    scale = {np.uint16: 257, np.float32: np.float32(1 / 255)}.get(kind, 1)
    values = np.moveaxis(some_colors(20, 8, 9).astype(kind) * kind(scale), -1, axis)
    np.testing.assert_array_equal(colors(values)[0], some_colors(20, 8, 9))


def test_three_equal_channels_are_grey_unless_colours_are_asked_for():
    three = np.repeat(some()[..., None], 3, axis=-1)
    np.testing.assert_array_equal(colors(three)[0], some())
    for given in (three, some()):
        made, remarks = colors(given, "color")
        np.testing.assert_array_equal(made, three)
        assert remarks == ["no pixel shows a colour: three equal channels"]


def test_parts_of_a_set_are_both_in_colour_or_both_in_grey():
    made, _ = level_stacks({"a": some_colors(), "b": some(5)}, "auto")
    np.testing.assert_array_equal(made["a"], some_colors())
    np.testing.assert_array_equal(made["b"], np.repeat(some(5)[..., None], 3, axis=-1))


def test_the_last_of_four_channels_lets_paper_through_as_with_pillow():
    pictures = np.random.default_rng(1).integers(0, 256, (5, 4, 3, 4), dtype=np.uint8)
    made, remarks = colors(pictures)
    assert remarks == ["what is transparent became white"]
    for picture, image in zip(pictures, made, strict=True):
        shown = Image.fromarray(picture)
        paper = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
        assert np.abs(np.asarray(paper).astype(int) - image).max() <= 1
