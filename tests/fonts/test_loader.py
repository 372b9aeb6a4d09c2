"""Fonts: every glyph at its place in the cell, and a sentence for every font that is none."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fonts import FontError, FontSet, load_fonts
from fonts.loader import character_name, font_path

A = ["20", "50", "88", "88", "F8", "88", "88"]


def glyph(encoding="65", box="5 7 0 0", rows=A, name="letter") -> str:
    lines = [
        f"STARTCHAR {name}",
        f"ENCODING {encoding}",
        "SWIDTH 714 0",
        "DWIDTH 5 0",
        f"BBX {box}",
        "BITMAP",
    ]
    return "\n".join([*lines, *rows, "ENDCHAR", ""])


def bdf(*glyphs: str, box="5 7 0 0") -> str:
    head = f"STARTFONT 2.1\nFONT -test\nSIZE 7 75 75\nFONTBOUNDINGBOX {box}\nCHARS {len(glyphs)}\n"
    return head + "".join(glyphs) + "ENDFONT\n"


@pytest.fixture
def font_file(tmp_path):
    """Returns a function that writes a font and gives its path as the config would."""

    def write(text: str, name="test.bdf") -> str:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return str(path)

    return write


def picture(font: FontSet, character: str) -> str:
    """A glyph as rows of `#` and `.`."""
    rows = font.pixels[font.characters.index(character)].reshape(font.rows, font.columns)
    return "\n".join("".join(".#"[int(value)] for value in row) for row in rows)


# The three fonts that are shipped


@pytest.mark.parametrize(("name", "first"), [("font1", 0x20), ("font2", 0x40), ("font3", 0x60)])
def test_a_shipped_font_has_32_characters_of_5_by_7_pixels(name, first):
    font = load_fonts([name])
    assert [ord(character) for character in font.characters] == list(range(first, first + 32))
    assert len(font) == len(font.names) == 32
    assert (font.rows, font.columns, font.pixels.shape) == (7, 5, (32, 35))
    assert font.pixels.dtype == float
    assert set(np.unique(font.pixels)) == {0.0, 1.0}
    assert len(np.unique(font.pixels, axis=0)) == 32


@pytest.mark.parametrize(
    ("name", "character", "drawn"),
    [
        ("font1", " ", ". . . . . . ."),
        ("font1", "!", "..#.. ..#.. ..#.. ..#.. ..#.. ..... ..#.."),
        ("font1", "0", ".###. #...# #..## #.#.# ##..# #...# .###."),
        ("font2", "A", "..#.. .#.#. #...# #...# ##### #...# #...#"),
        ("font2", "E", "##### #.... #.... ###.. #.... #.... #####"),
        ("font3", "a", "..... .###. ....# .##.# #..## #..## .##.#"),
        ("font3", "\x7f", "##### ##### ##### ##### ##### ##### #####"),
    ],
)
def test_a_shipped_glyph_looks_as_drawn(name, character, drawn):
    rows = [row.ljust(5, ".") for row in drawn.split()]
    assert picture(load_fonts([name]), character) == "\n".join(rows)


def test_all_three_fonts_join_to_96_characters():
    joined = load_fonts(["font1", "font2", "font3"])
    assert "".join(joined.characters) == "".join(map(chr, range(0x20, 0x80)))
    assert len(set(joined.names)) == 96
    parts = [load_fonts([name]).pixels for name in ("font1", "font2", "font3")]
    assert np.array_equal(joined.pixels, np.concatenate(parts))


def test_fonts_join_in_the_order_given():
    assert load_fonts(["font3", "font1"]).characters[0] == "`"


def test_a_shipped_font_is_found_in_any_case():
    assert load_fonts(["FONT2"]).sha256 == load_fonts(["font2"]).sha256


# Where a glyph goes


def test_a_glyph_smaller_than_the_cell_is_placed_by_its_offset(font_file):
    # The cell spans x −1…3 and y −2…4; the glyph x 0…2 and y −1…2.
    path = font_file(bdf(glyph(box="2 3 0 -1", rows=["80", "C0", "40"]), box="4 6 -1 -2"))
    assert picture(load_fonts([path]), "A").split() == ["....", "....", ".#..", ".##.", "..#.", "...."]


@pytest.mark.parametrize(
    ("box", "drawn"),
    [
        ("1 1 -1 -2", "... ... ... #.."),
        ("1 1 1 -2", "... ... ... ..#"),
        ("1 1 -1 1", "#.. ... ... ..."),
        ("1 1 1 1", "..# ... ... ..."),
        ("1 1 0 0", "... .#. ... ..."),
    ],
)
def test_the_corners_of_a_cell_with_negative_offsets(font_file, box, drawn):
    path = font_file(bdf(glyph(box=box, rows=["80"]), box="3 4 -1 -2"))
    assert picture(load_fonts([path]), "A").split() == drawn.split()


def test_a_cell_may_be_wider_than_a_byte(font_file):
    path = font_file(bdf(glyph(box="12 2 0 0", rows=["8010", "0FF0"]), box="12 2 0 0"))
    assert picture(load_fonts([path]), "A").split() == ["#..........#", "....########"]


def test_a_glyph_without_pixels_is_blank(font_file):
    font = load_fonts([font_file(bdf(glyph(), glyph("32", "0 0 0 0", [])))])
    assert font.names == ["A", "space"]
    assert not font.pixels[1].any()


def test_line_ends_of_another_system_change_nothing(font_file):
    unix = load_fonts([font_file(bdf(glyph()))])
    assert load_fonts([font_file(bdf(glyph()).replace("\n", "\r\n"))]).sha256 == unix.sha256


@pytest.mark.parametrize(
    "encoding",
    [
        "-1",
        "-1 66",
    ],
)
def test_a_glyph_without_a_code_point_is_skipped(font_file, encoding):
    font = load_fonts([font_file(bdf(glyph("64"), glyph(encoding), glyph("65")))])
    assert font.characters == ["@", "A"]


# What is refused


@pytest.mark.parametrize("name", ["font9", "", "missing.bdf", "font2.bdf", "/", "a\x00"])
def test_a_missing_font_lists_the_fonts_there_are(name):
    with pytest.raises(FontError, match="write one of font1, font2, font3 or the path") as raised:
        load_fonts([name])
    assert repr(name) in str(raised.value)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "begins with STARTFONT"),
        ("\x89PNG\r\n", "begins with STARTFONT"),
        ("STARTFONT 2.1\nENDFONT\n", "names no FONTBOUNDINGBOX"),
        (bdf(), "has no encoded glyph"),
        (bdf(glyph("-1")), "has no encoded glyph"),
        (bdf(glyph(), box="5 six 0 0"), "not a readable BDF font"),
        (bdf(glyph("A")), "not a readable BDF font"),
        (bdf(glyph(rows=A[:3])), "not a readable BDF font"),
        (bdf(glyph(rows=["zz"] * 7)), "not a readable BDF font"),
        (bdf(glyph()).replace("BBX", "XBB"), "not a readable BDF font"),
        (bdf(glyph()).replace("letter", "ñ"), "not a readable BDF font"),
    ],
    ids=[
        "empty",
        "a picture",
        "no cell",
        "no glyph",
        "no encoded glyph",
        "cell of words",
        "code point of letters",
        "rows missing",
        "no hexadecimal",
        "no box",
        "name not ASCII",
    ],
)
def test_a_file_that_is_no_bdf_font_is_told_with_its_path(font_file, text, rule):
    path = font_file(text)
    with pytest.raises(FontError, match=rule) as raised:
        load_fonts([path])
    assert str(raised.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(bdf(glyph(), box="5 7"), id="cell of two numbers"),
        pytest.param(bdf(glyph(str(0x110000))), id="code point beyond Unicode"),
        pytest.param(bdf(glyph(box="100000 100000 0 0")), id="enormous glyph"),
    ],
)
def test_a_damaged_font_is_a_font_error(font_file, text):
    path = font_file(text)
    with pytest.raises(FontError, match=r"test\.bdf"):
        load_fonts([path])


def test_half_a_surrogate_pair_is_no_code_point(font_file):
    with pytest.raises(FontError):
        load_fonts([font_file(bdf(glyph(str(0xD800))))])


@pytest.mark.parametrize("box", ["6 7 0 0", "5 8 0 0", "5 7 1 0", "5 7 -1 0", "5 7 0 1", "5 7 0 -1"])
def test_a_glyph_outside_the_cell_is_named(font_file, box):
    rows = ["00"] * int(box.split()[1])
    with pytest.raises(FontError, match="glyph letter does not fit the font's bounding box"):
        load_fonts([font_file(bdf(glyph(box=box, rows=rows)))])


def test_fonts_of_different_cells_are_not_joined(font_file):
    path = font_file(bdf(glyph(), box="6 8 0 0"))
    with pytest.raises(FontError, match="different cells cannot be joined") as raised:
        load_fonts(["font1", path])
    assert "font1 5×7" in str(raised.value)
    assert f"{path} 6×8" in str(raised.value)


# Parts of a font


def test_the_first_characters_of_a_font():
    font = load_fonts(["font2"])
    part = font.first(10)
    assert "".join(part.characters) == "@ABCDEFGHI"
    assert len(part) == len(part.names) == 10
    assert np.array_equal(part.pixels, font.pixels[:10])
    assert font.first(32).sha256 == font.sha256


def test_more_characters_than_the_font_has_are_refused():
    with pytest.raises(FontError, match="got 33; the font has 32 characters"):
        load_fonts(["font2"]).first(33)


def test_chosen_characters_keep_the_order_asked_for():
    font = load_fonts(["font3"])
    part = font.only(["n", "a", "\x7f"])
    assert part.names == ["n", "a", "DEL"]
    assert np.array_equal(part.pixels, font.pixels[[14, 1, 31]])


def test_unknown_characters_are_named_with_those_there_are():
    with pytest.raises(FontError, match=r"'a', '\\n' not in the font") as raised:
        load_fonts(["font2"]).only(["A", "a", "\n"])
    assert "@ A B C" in str(raised.value)


# Names


@pytest.mark.parametrize(
    ("character", "name"),
    [
        (" ", "space"),
        ("\x7f", "DEL"),
        ("0", "digit 0"),
        ("9", "digit 9"),
        ("A", "A"),
        (",", ","),
        ('"', '"'),
        ("=", "="),
        ("ñ", "ñ"),
        ("\n", "U+000A"),
        ("\xa0", "U+00A0"),
    ],
)
def test_a_name_is_a_word_where_a_table_would_lose_the_character(character, name):
    assert character_name(character) == name


def test_a_picture_shows_digits_without_the_word():
    font = load_fonts(["font1"])
    assert font.names[16:18] == ["digit 0", "digit 1"]
    assert font.labels[16:18] == ["0", "1"]
    assert font.labels[0] == "space"


def test_a_character_of_two_fonts_gets_the_fonts_names(font_file):
    other = font_file(bdf(glyph("65", rows=["F8"] * 7), glyph("233")), name="mine.bdf")
    joined = load_fonts(["font2", other])
    assert joined.names[:3] == ["@", "A (font2)", "B"]
    assert joined.names[32:] == ["A (mine)", "é"]
    assert len(set(joined.names)) == len(joined) == 34


def test_both_glyphs_of_a_character_can_be_chosen(font_file):
    other = font_file(bdf(glyph("65", rows=["F8"] * 7)), name="mine.bdf")
    assert load_fonts(["font2", other]).only(["A"]).names == ["A (font2)", "A (mine)"]


def test_names_are_distinct_even_if_two_files_share_theirs(tmp_path):
    paths = [tmp_path / folder / "mine.bdf" for folder in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(bdf(glyph()))
    joined = load_fonts([str(path) for path in paths])
    assert len(set(joined.names)) == len(joined)


def test_joining_a_font_with_itself_is_refused():
    with pytest.raises(FontError, match="twice"):
        load_fonts(["font1", "font1"])


@pytest.mark.parametrize("cell", ["0 0 0 0", "1000000 1000000 0 0"])
def test_a_cell_of_no_or_enormous_size_is_refused(font_file, cell):
    with pytest.raises(FontError, match="is not 1…256 wide and high"):
        load_fonts([font_file(bdf(glyph()).replace("FONTBOUNDINGBOX 5 7 0 0", f"FONTBOUNDINGBOX {cell}"))])


# The hash


def test_the_hash_changes_with_one_pixel_and_with_a_character(font_file):
    hashes = [
        load_fonts([font_file(text)]).sha256
        for text in (
            bdf(glyph()),
            bdf(glyph(rows=["28", *A[1:]])),
            bdf(glyph("66")),
            bdf(glyph(), glyph("66")),
        )
    ]
    assert len(set(hashes)) == 4
    assert load_fonts([font_file(bdf(glyph(name="other")))]).sha256 == hashes[0]


def test_the_hash_is_of_all_pixels():
    font = load_fonts(["font2"])
    pixels = font.pixels.copy()
    pixels[-1, -1] = 1 - pixels[-1, -1]
    assert replace(font, pixels=pixels).sha256 != font.sha256
    assert replace(font, pixels=font.pixels.copy()).sha256 == font.sha256


def test_a_path_may_begin_at_home(monkeypatch, font_file):
    path = Path(font_file(bdf(glyph())))
    monkeypatch.setenv("HOME", str(path.parent))
    assert font_path("~/test.bdf") == path
