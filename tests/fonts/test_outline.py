"""Outline fonts: rectangles on the grid of pixels come out as they are."""

import numpy as np
import pytest
from outlines import collection_bytes, outline_bytes

from fonts import FontError
from fonts.glyphs import Box
from fonts.outline import LARGEST_SIZE, read_outlines, system_font

SHAPES = {"A": (1, 0, 4, 7), "B": (0, -2, 2, 3), "j": (-1, -2, 1, 5), "é": (0, 0, 6, 1), " ": None}


def glyph(font, character):
    return next(glyph for glyph in font.glyphs if glyph.code == ord(character))


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize(("size", "scale"), [(10, 1), (20, 2), (50, 5)])
def test_a_rectangle_is_drawn_where_it_lies(size, scale, grey):
    font = read_outlines(outline_bytes(SHAPES), size, grey)
    for character, shape in SHAPES.items():
        drawing = glyph(font, character).draw().trimmed()
        assert not drawing.pixels.size if shape is None else (drawing.pixels == 1).all()
        assert shape is None or drawing.box == Box(*(scale * edge for edge in shape))


@pytest.mark.parametrize("size", [10, 20, 50])
def test_postscript_outlines_are_drawn_too(size):
    font = read_outlines(outline_bytes({**SHAPES, "_": (0, -1, 5, 0)}, postscript=True), size)
    boxes = {c: glyph(font, c).draw().trimmed().box for c in "ABj"}
    for character, box in boxes.items():
        left, bottom, right, top = (edge * size // 10 for edge in SHAPES[character])
        assert (box.columns, box.rows, box.bottom) == (right - left, top - bottom, bottom)
        assert box.left - boxes["A"].left == left - size // 10


def test_black_and_white_is_black_and_white_and_grey_is_not():
    data = outline_bytes({"x": (0, 0, 4, 3), "y": (0, 0, 3, 2.5)})
    black, grey = (read_outlines(data, 10, grey) for grey in (False, True))
    for character in "xy":
        assert set(np.unique(glyph(black, character).draw().trimmed().pixels)) == {1.0}
    levels = np.unique(glyph(grey, "y").draw().pixels)
    assert 0 < levels[0] < 1 or 0 < levels[1] < 1


def test_a_font_knows_its_characters_and_those_that_one_means():
    font = read_outlines(outline_bytes(SHAPES), 10)
    assert [chr(glyph.code) for glyph in font.glyphs] == sorted(SHAPES)
    assert [chr(code) for code in font.usual] == [" ", "A", "B", "j"]
    assert (font.charset, font.box, font.remarks) == ("ISO10646-1", None, [])


def test_a_font_without_ascii_means_all_its_characters():
    assert read_outlines(outline_bytes({"é": (0, 0, 1, 1), "一": (0, 0, 2, 2)}), 10).usual is None


def test_of_a_collection_the_first_face_is_taken_and_that_is_said():
    data = collection_bytes(outline_bytes(SHAPES), outline_bytes({"z": (0, 0, 1, 1)}, family="Other"))
    font = read_outlines(data, 10)
    assert len(font.glyphs) == len(SHAPES)
    assert font.remarks == [
        "of its faces (0 Test Regular, 1 Other Regular) the first was taken;"
        " :face=1 behind its height asks for the next"
    ]
    for face, characters in enumerate([sorted(SHAPES), ["z"]]):
        asked = read_outlines(data, 10, face=face)
        assert [chr(glyph.code) for glyph in asked.glyphs] == characters
        assert asked.remarks == []
        assert asked.glyphs[-1].draw().pixels.any()


@pytest.mark.parametrize("face", [2, 99])
def test_a_face_that_is_not_there_is_told(face):
    data = collection_bytes(outline_bytes(SHAPES), outline_bytes(SHAPES, family="Other"))
    with pytest.raises(FontError, match=f"has no face {face}: its 2 are counted from 0"):
        read_outlines(data, 10, face=face)


@pytest.mark.parametrize("size", [0, LARGEST_SIZE + 1, 10**9])
def test_a_size_that_cannot_be_is_told(size):
    with pytest.raises(FontError, match=f"cannot be drawn {size} pixels high; 1…256"):
        read_outlines(outline_bytes(SHAPES), size)


@pytest.mark.parametrize("kept", [4, 12, 40, 200, 400, -1])
@pytest.mark.parametrize("postscript", [False, True], ids=["TTF", "OTF"])
def test_a_file_that_is_cut_off_is_told(kept, postscript):
    data = outline_bytes(SHAPES, postscript)[:kept]
    with pytest.raises(FontError, match="cannot be read as an outline font"):
        for one in read_outlines(data, 10).glyphs:
            one.draw()
        raise FontError("cannot be read as an outline font")  # the last byte may be padding


def test_damage_anywhere_is_a_font_error_or_a_font():
    data, chance = outline_bytes(SHAPES), np.random.default_rng(0)
    for place in chance.integers(4, len(data), 300):
        damaged = bytearray(data)
        damaged[place] ^= int(chance.integers(1, 256))
        try:
            for one in read_outlines(bytes(damaged), 10).glyphs:
                one.draw()
        except FontError as error:
            assert str(error)


def test_a_font_of_the_system_is_found_by_its_file_name(tmp_path, monkeypatch):
    (tmp_path / "fonts" / "deep").mkdir(parents=True)
    path = tmp_path / "fonts" / "deep" / "LatentLabTest.ttf"
    path.write_bytes(outline_bytes(SHAPES))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert system_font("LatentLabTest.ttf") == path
    assert system_font("NoSuchFontAnywhere.ttf") is None
