"""The `font.h` of the course."""

import numpy as np
import pytest

from fonts import FontError, load_fonts
from fonts.c_header import read_c_header

HEAD = (
    "// Aca tienen 1 juego de fonts para entrenar el autoencoder.\n// Son 32 patrones de 7x5 cada uno.\n\n"
)


def rows(pixels) -> str:
    """The seven numbers of a glyph as C has them."""
    powers = 2 ** np.arange(5)[::-1]
    return "{" + ", ".join(f"0x{int(row @ powers):02x}" for row in pixels.reshape(7, 5)) + "}"


def array(font, name, comments=True, kind="int const") -> str:
    """A font as a C array, as the course writes it."""
    lines = [
        f"    {rows(pixels)},"
        + f" // 0x{ord(character):02x}, {'DEL' if character == chr(0x7F) else character}" * comments
        for character, pixels in zip(font.characters, font.pixels, strict=True)
    ]
    return f"{kind} {name}[{len(font)}][7] = {{\n" + "\n".join(lines) + "\n};\n"


@pytest.fixture
def header_file(tmp_path):
    def write(text):
        path = tmp_path / "font.h"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize(
    "kind", ["int const", "unsigned char", "static const uint8_t", "const PROGMEM byte"]
)
@pytest.mark.parametrize("comments", [True, False])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_our_fonts_written_in_c_are_read_as_they_are(header_file, number, comments, kind):
    font = load_fonts([f"font{number}"])
    path = header_file(HEAD + array(font, f"Font{number}", comments, kind))
    assert load_fonts([path]).sha256 == font.sha256
    assert load_fonts([path]).remarks == ()


def test_all_arrays_of_a_file_are_read_in_their_order(header_file):
    names = ["font3", "font1", "font2"]
    text = "".join(array(load_fonts([name]), name.title()) for name in names)
    assert load_fonts([header_file(text)]).sha256 == load_fonts(names).sha256


@pytest.mark.parametrize(
    "glyph",
    [
        "{0x04, 0x04, 0x02, 0x00, 0x00, 0x00, 0x00}, /* 0x60, ` */",
        "{ 4,4,2,0,0,0,0 } // 0x60",
        "{0b100, 0b100, 0B10, 0, 0, 0, 0}, // 0x60, grave",
        "{0x04,\n 0x04, 0X02,\n 0, 0, 0, 0}, // 0x60",
        "{0x04, 0x04, 0x02, 0, 0, 0, 0,},\t// 0x60 `",
    ],
)
def test_ways_to_write_a_glyph(glyph):
    font = read_c_header(f"int a[1][7] = {{\n{glyph}\n}};".encode())
    ((code, pixels),) = [(one.code, one.draw().pixels) for one in font.glyphs]
    assert code == 0x60
    assert [int(row @ [16, 8, 4, 2, 1]) for row in pixels] == [4, 4, 2, 0, 0, 0, 0]


def test_what_is_commented_out_is_no_glyph():
    text = "int a[][7] = {\n// {1, 2, 3, 4, 5, 6, 7}, // 0x41, A\n{7, 6, 5, 4, 3, 2, 1}, // 0x42, B\n};"
    assert [glyph.code for glyph in read_c_header(text.encode()).glyphs] == [0x42]


def test_the_letter_of_a_comment_counts_where_its_number_is_another():
    font = read_c_header(b"int a[][7] = {\n{0, 0, 0, 0, 0, 0, 1}, // 0x37, G\n};")
    assert [glyph.code for glyph in font.glyphs] == [ord("G")]
    assert font.remarks == ["line 2: the comment says 0x37 and G; G counts"]


def test_glyphs_of_an_unknown_array_without_comments_are_numbered():
    font = read_c_header(b"int mine[][7] = { {0,0,0,0,0,0,1},\n {0,0,0,0,0,0,2} };")
    assert [(glyph.name, glyph.code, glyph.place) for glyph in font.glyphs] == [
        ("mine 0", None, "line 1"),
        ("mine 1", None, "line 2"),
    ]


def test_other_arrays_are_passed_over_and_said():
    font = read_c_header(b"int widths[3] = {5, 5, 5};\nint a[][7] = { {0,0,0,0,0,0,1} }; // 0x41")
    assert len(font.glyphs) == 1
    assert font.remarks == ["line 1: 3 numbers are no glyph of 7 rows"]


@pytest.mark.parametrize(
    "text", ["int main() { return 0; }", "// {1, 2, 3, 4, 5, 6, 7}", "int a[2] = {1, 2};"]
)
def test_a_file_without_glyphs_is_told(text):
    with pytest.raises(FontError, match=r"has no glyph: .* 7 numbers"):
        read_c_header(text.encode())


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("0x20", "line 2: a row of 0x20 has more than 5 bits"),
        ("0xg0", "line 2: 0, 0, 0, 0, 0, 0, 0xg0 are no numbers of C"),
        ("08", "no numbers of C"),
        ("WIDTH", "no numbers of C"),
    ],
)
def test_a_row_that_is_none_is_told_when_it_is_drawn(row, rule):
    text = f"int a[][7] = {{\n{{0, 0, 0, 0, 0, 0, {row}}},\n{{1, 1, 1, 1, 1, 1, 1}},\n}};"
    damaged, sound = read_c_header(text.encode()).glyphs
    assert sound.draw().pixels.sum() == 7
    with pytest.raises(FontError, match=rule):
        damaged.draw()
