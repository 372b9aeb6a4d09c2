"""Fonts as they are learned: chosen characters, each at its place, and a word on what was done."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from bdf import A, font_text, glyph_text, write_font
from outlines import outline_bytes

from fonts import FontError, FontSet, load_fonts, open_fonts
from fonts.files import FOLDER


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

SHIPPED = {
    ("font1",): "e06f0ef25de881cb475abbe8a2b671ecdaca5f97119a14307d88fecb8d8f13bd",
    ("font2",): "833faa6a8db557209ad79e98427d56e5ed427c7070d1000c9ca5fad787037926",
    ("font3",): "9bd86ec54223b76c57a9e392ad237b43f13959743e95bfd61b2d3e689b54a565",
    ("font1", "font2", "font3"): "dfa44ca0c9c6b6da1bca32fae298eee0558345dbb549c592d1edc52f3fcffeb7",
}
NAMES = {
    ("font1",): "27d92b983da005d67025781b6739c5edd6108283987cb5050bc994c425c25180",
    ("font2",): "0135c142f72a46c9052951e865c68664d03013e37bdf7bef725b2687dd7f9928",
    ("font3",): "60ff9ec7d3c362890ea7048f2e41e47c2c7177cc1739566b020ecd7e07a0eb88",
    ("font1", "font2", "font3"): "36b081373b9c23711261f4e40950807232f04f24659d4c71ef7c52dec30e4b20",
}


@pytest.mark.parametrize("fonts", SHIPPED, ids=" ".join)
def test_the_shipped_fonts_are_what_they_were_to_the_byte(fonts):
    font = load_fonts(fonts)
    assert font.sha256 == SHIPPED[fonts]
    assert hashlib.sha256("\n".join(font.names).encode()).hexdigest() == NAMES[fonts]
    assert font.remarks == ()


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


def test_all_three_fonts_join_to_96_characters_in_the_order_given():
    joined = load_fonts(["font1", "font2", "font3"])
    assert "".join(joined.characters) == "".join(map(chr, range(0x20, 0x80)))
    assert len(set(joined.names)) == 96
    parts = [load_fonts([name]).pixels for name in ("font1", "font2", "font3")]
    assert np.array_equal(joined.pixels, np.concatenate(parts))
    assert load_fonts(["font3", "font1"]).characters[0] == "`"


def test_fonts_of_pixels_are_read_without_libraries_for_others():
    code = "import sys; from fonts import load_fonts; load_fonts(['font1']); print('PIL' in sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=FOLDER.parent, capture_output=True, text=True, check=True
    )
    assert shown.stdout == "False\n"


# Where a glyph goes


def test_a_glyph_smaller_than_the_cell_is_placed_by_its_offset(font_file):
    # The cell spans x −1…3 and y −2…4; the glyph x 0…2 and y −1…2.
    path = font_file(font_text(glyph_text(box="2 3 0 -1", rows=["80", "C0", "40"]), box="4 6 -1 -2"))
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
    path = font_file(font_text(glyph_text(box=box, rows=["80"]), box="3 4 -1 -2"))
    assert picture(load_fonts([path]), "A").split() == drawn.split()


def test_glyphs_of_different_widths_are_set_left(font_file):
    glyphs = [glyph_text("105", "1 2 0 0", ["80", "80"]), glyph_text("109", "3 2 0 0", ["E0", "E0"])]
    font = load_fonts([font_file(font_text(*glyphs, box="3 2 0 0"))])
    assert picture(font, "i").split() == ["#..", "#.."]
    assert picture(font, "m").split() == ["###", "###"]


def test_a_font_of_the_space_alone_is_a_font(font_file):
    font = load_fonts([font_file(font_text(glyph_text("32", rows=["00"] * 7)))])
    assert (font.names, font.rows, font.columns, font.pixels.any()) == (["space"], 7, 5, False)


@pytest.mark.parametrize("box", ["0 0 0 0", "3 3 0 0"])
def test_a_cell_that_is_stated_too_small_grows(font_file, box):
    font = load_fonts([font_file(font_text(glyph_text(), box=box))])
    assert picture(font, "A").split()[0] == "..#.."
    assert [remark for remark in font.remarks if "pixels grew to 5×7" in remark] == list(font.remarks)


def test_an_enormous_cell_is_refused(font_file):
    path = font_file(font_text(glyph_text(), box="1000000 1000000 0 0"))
    with pytest.raises(FontError, match="a cell of 1000000×1000000 pixels is too large"):
        load_fonts([path])


def test_an_outline_font_gets_the_cell_of_its_ink(tmp_path):
    path = tmp_path / "f.ttf"
    path.write_bytes(
        outline_bytes({"A": (1, 0, 4, 7), "p": (2, -2, 5, 3), "_": (1, -3, 5, -2), "é": (0, 0, 9, 9)})
    )
    font = load_fonts([f"{path}:10"])
    assert (font.characters, font.rows, font.columns) == (["A", "_", "p"], 10, 4)
    assert picture(font, "p").split() == ["...."] * 4 + [".###"] * 5 + ["...."]
    assert font.remarks == ("f.ttf:10: printable ASCII was taken, 3 of its 4 characters",)
    grey = open_fonts([f"{path}:10:grey"]).only(["é"]).drawn()
    assert (grey.rows, grey.columns, grey.remarks) == (9, 9, ())


# Several fonts


def test_fonts_of_different_cells_stand_on_one_baseline(font_file):
    path = font_file(font_text(glyph_text(box="5 7 0 -1"), box="6 9 0 -1"), name="mine.bdf")
    font = load_fonts(["font2", path])
    assert (font.rows, font.columns, len(font)) == (9, 6, 33)
    assert font.remarks == (
        "cells of 5×7 (font2), 6×9 (mine.bdf) were laid on one baseline in a cell of 6×9",
    )
    assert font.names[1], font.names[-1] == ("A (font2)", "A (mine)")
    ours, theirs = (font.pixels[number].reshape(9, 6) for number in (1, 32))
    assert np.array_equal(ours[1:8], theirs[2:])


def test_a_character_of_two_fonts_gets_the_fonts_names(font_file):
    other = font_file(font_text(glyph_text(rows=["F8"] * 7), glyph_text("233")), name="mine.bdf")
    joined = load_fonts(["font2", other])
    assert joined.names[:3] == ["@", "A (font2)", "B"]
    assert joined.names[32:] == ["A (mine)", "é"]
    assert len(set(joined.names)) == len(joined) == 34
    assert open_fonts(["font2", other]).only(["A"]).drawn().names == ["A (font2)", "A (mine)"]


def test_names_are_distinct_even_if_two_files_share_theirs(tmp_path):
    paths = [tmp_path / folder / "mine.bdf" for folder in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(font_text(glyph_text(), count=2))
    joined = load_fonts([str(path) for path in paths])
    assert len(set(joined.names)) == len(joined)
    assert joined.remarks == tuple(f"{path}: CHARS says 2, 1 found" for path in paths)


def test_one_outline_font_may_be_joined_at_two_sizes(tmp_path):
    path = tmp_path / "f.ttf"
    path.write_bytes(outline_bytes({"A": (0, 0, 3, 7)}))
    font = load_fonts([f"{path}:10", f"{path}:20"])
    assert (font.rows, font.columns, font.pixels.sum(axis=1).tolist()) == (14, 6, [21, 84])
    assert font.names == ["A (f.ttf:10)", "A (f.ttf:20)"]


@pytest.mark.parametrize(
    "names", [["font1", "font1"], ["font1", "FONT1"], ["font1", str(FOLDER / "font1.bdf")]]
)
def test_joining_a_font_with_itself_is_refused(names):
    with pytest.raises(FontError, match="names a font twice"):
        load_fonts(names)


# Parts of a font


def test_the_first_characters_of_a_font():
    font, part = load_fonts(["font2"]), open_fonts(["font2"]).first(10).drawn()
    assert "".join(part.characters) == "@ABCDEFGHI"
    assert len(part) == len(part.names) == 10
    assert np.array_equal(part.pixels, font.pixels[:10])
    assert open_fonts(["font2"]).first(32).drawn().sha256 == font.sha256


def test_more_characters_than_the_font_has_are_refused():
    with pytest.raises(FontError, match="got 33; the font has 32 characters"):
        open_fonts(["font2"]).first(33)


def test_chosen_characters_keep_the_order_asked_for():
    part = open_fonts(["font3"]).only(["n", "a", "\x7f"]).drawn()
    assert part.names == ["n", "a", "DEL"]
    assert np.array_equal(part.pixels, load_fonts(["font3"]).pixels[[14, 1, 31]])


def test_ranges_of_characters():
    part = open_fonts(["font1", "font2", "font3"]).only(["x-za-c", "0-2", "A"]).drawn()
    assert "".join(part.characters) == "xyzabc012A"
    assert part.remarks == ()


def test_what_a_range_names_and_the_font_has_not_is_said():
    part = open_fonts(["font2"]).only(["X-c"]).drawn()
    assert "".join(part.characters) == "XYZ[\\]^_"
    assert part.remarks == ("4 of the 12 characters of X-c are not in the font: `, a, b, c",)
    part = open_fonts(["font1"]).only(["\x1f-!"]).drawn()
    assert part.remarks == ("1 of the 3 characters of U+001F-! are not in the font: U+001F",)


def test_unknown_characters_are_named_with_those_there_are():
    with pytest.raises(FontError, match=r"'a', 'U\+000A', 'b-z' not in the font") as raised:
        open_fonts(["font2"]).only(["A", "a", "\n", "b-z"])
    assert "@ A B C" in str(raised.value)


def test_the_names_of_a_large_font_are_cut(tmp_path):
    path = write_font(tmp_path / "large.bdf", np.ones((5000, 2, 2)))
    with pytest.raises(FontError, match="and 4,900 more"):
        open_fonts([str(path)]).only(["A"])


DAMAGED = font_text(glyph_text(), glyph_text("66"), glyph_text("67", rows=A[:2], name="bad"))
HIGH = font_text(glyph_text(), glyph_text("66"), glyph_text("67", "5 9 0 0", [*A, "88", "88"]))


@pytest.mark.parametrize("text", [DAMAGED, HIGH], ids=["damaged", "high"])
def test_a_glyph_that_nobody_asked_for_spoils_nothing(font_file, text):
    fonts = open_fonts([font_file(text)])
    for part in (fonts.only(["A-B"]), fonts.first(2)):
        font = part.drawn()
        assert (font.characters, font.rows, font.columns, font.remarks) == (["A", "B"], 7, 5, ())


def test_a_glyph_that_is_asked_for_is_told_with_its_line(font_file):
    path = font_file(DAMAGED)
    with pytest.raises(FontError, match=r"line 34: glyph 'bad' has 2 rows") as raised:
        load_fonts([path])
    assert str(raised.value).startswith(f"{path}: ")
    grown = load_fonts([font_file(HIGH)])
    assert (grown.rows, grown.remarks) == (
        9,
        ("test.bdf: the cell of 5×7 pixels grew to 5×9 to hold all ink of: C (line 34)",),
    )


def test_a_mistake_in_a_file_is_told_with_its_path(font_file):
    path = font_file("STARTFONT 2.1\nENDFONT\n")
    with pytest.raises(FontError, match="has no glyph") as raised:
        load_fonts([path])
    assert str(raised.value).startswith(f"{path}: ")


# Names, and the cost


def test_names_are_by_the_fonts_own_character_set(font_file):
    glyphs = [
        glyph_text(),
        glyph_text("245"),
        glyph_text("-1", name="arrow.left"),
        glyph_text("-1", name="Euro"),
    ]
    font = load_fonts([font_file(font_text(*glyphs, charset="ISO8859-2"))])
    assert font.characters == ["A", "ő", None, "€"]
    assert font.names == ["A", "ő", "glyph arrow.left", "€"]
    assert font.remarks == (
        "test.bdf: glyphs without a character go by the font's names for them: glyph arrow.left (line 38)",
    )


def test_the_hash_changes_with_one_pixel_and_with_a_character(font_file):
    texts = [
        font_text(glyph_text()),
        font_text(glyph_text(rows=["28", *A[1:]])),
        font_text(glyph_text("66")),
        font_text(glyph_text(), glyph_text("66")),
    ]
    hashes = [load_fonts([font_file(text)]).sha256 for text in texts]
    assert len(set(hashes)) == 4
    assert load_fonts([font_file(font_text(glyph_text(name="other")))]).sha256 == hashes[0]


def test_a_large_font_is_read_right(tmp_path):
    pictures = np.random.default_rng(0).integers(0, 2, (3000, 8, 8))
    font = load_fonts([str(write_font(tmp_path / "large.bdf", pictures, first=0x4E00))])
    assert np.array_equal(font.pixels, pictures.reshape(3000, 64))
    assert font.characters == [chr(0x4E00 + number) for number in range(3000)]
