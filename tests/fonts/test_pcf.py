"""PCF in every byte order and padding."""

from io import BytesIO
from itertools import product

import numpy as np
import pytest
from pcf import Layout, pcf_bytes
from PIL.PcfFontFile import PcfFontFile

from fonts import FontError
from fonts.glyphs import Box
from fonts.pcf import read_pcf

CHANCE = np.random.default_rng(0)
GLYPHS = [
    (f"g{code}", code, CHANCE.integers(0, 2, (rows, columns), dtype=np.uint8), left, bottom)
    for code, rows, columns, left, bottom in [
        (65, 7, 5, 0, 0),
        (66, 3, 8, -1, -2),
        (97, 4, 9, 2, 5),
        (245, 16, 33, -3, -4),
        (None, 2, 17, 0, 0),
        (255, 0, 0, 0, 0),
    ]
]
LAYOUTS = [
    Layout(bytes_big, bits_big, padding, unit)
    for bytes_big, bits_big, padding, unit in product((False, True), (False, True), (1, 2, 4, 8), (1, 2, 4))
    if unit <= padding
]


def check(font):
    assert [(glyph.name, glyph.code) for glyph in font.glyphs] == [glyph[:2] for glyph in GLYPHS]
    for glyph, (_, _, pixels, left, bottom) in zip(font.glyphs, GLYPHS, strict=True):
        drawing = glyph.draw()
        assert np.array_equal(drawing.pixels, pixels)
        assert not pixels.size or (drawing.left, drawing.top) == (left, bottom + len(pixels))


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_every_layout_gives_the_same_glyphs(layout, compressed):
    font = read_pcf(pcf_bytes(GLYPHS, layout, compressed=compressed))
    check(font)
    assert font.charset == "ISO8859-2"
    assert font.box == Box(-3, -4, 30, 12)


@pytest.mark.parametrize("layout", [Layout(), Layout(True, True, 2, 2)], ids=str)
def test_the_same_pixels_as_another_reader(layout):
    # That one needs codes from 0 without a gap, and bearings of one byte.
    glyphs = [(name, code, *others) for code, (name, _, *others) in enumerate(GLYPHS[:5])]
    data = pcf_bytes(glyphs, layout, compressed=True)
    theirs = PcfFontFile(BytesIO(data)).glyph
    for glyph in read_pcf(data).glyphs:
        _, box, _, image = theirs[glyph.code]
        assert np.array_equal(glyph.draw().pixels, np.asarray(image))
        assert (glyph.draw().left, -glyph.draw().top) == box[:2]


def test_codes_of_two_bytes():
    glyphs = [(f"g{code}", code, np.ones((2, 2)), 0, 0) for code in (0x3021, 0x3022, 0x4E7E, 0x2130)]
    font = read_pcf(pcf_bytes(glyphs, charset=("JISX0208.1983", "0")))
    assert [glyph.code for glyph in font.glyphs] == [0x3021, 0x3022, 0x4E7E, 0x2130]
    assert font.charset == "JISX0208.1983-0"


def test_a_font_without_properties_names_no_character_set():
    assert read_pcf(pcf_bytes(GLYPHS, charset=None)).charset is None


def test_a_font_of_blanks_states_no_cell():
    assert read_pcf(pcf_bytes([("space", 32, np.zeros((0, 0)), 0, 0)])).box is None


@pytest.mark.parametrize("size", [*range(4, 400, 3), 0.5, 0.9, -1])
def test_a_file_that_is_cut_off_is_told(size):
    data = pcf_bytes(GLYPHS)
    data = data[: int(size * len(data)) if 0 < size < 1 else size]
    with pytest.raises(FontError, match=r"damaged PCF font|lie beyond the end"):
        check(read_pcf(data))


def test_damage_anywhere_is_a_font_error_or_a_font():
    data, chance = pcf_bytes(GLYPHS), np.random.default_rng(1)
    for place in chance.integers(4, len(data), 600):
        damaged = bytearray(data)
        damaged[place] ^= int(chance.integers(1, 256))
        try:
            for glyph in read_pcf(bytes(damaged)).glyphs:
                glyph.draw()
        except FontError as error:
            assert "damaged PCF font" in str(error) or "lie beyond the end" in str(error)
