"""What glyphs stand for and are called."""

import pytest

from fonts.glyphs import Glyph, Typeface
from fonts.names import NAMELESS, character_name, code_points, letters, listed


def found(charset, *glyphs) -> list[tuple[str | None, str]]:
    """Character and name of glyphs, each given by its name, its code and whether that is its own."""
    letters_found, _ = letters(typeface(charset, *glyphs))
    return [(letter.character, letter.name) for letter in letters_found]


def remarks(charset, *glyphs) -> list[str]:
    """What is said of each glyph."""
    return [letter.remark for letter in letters(typeface(charset, *glyphs))[0]]


def typeface(charset, *glyphs):
    return Typeface([glyph(number, *parts) for number, parts in enumerate(glyphs)], charset)


def glyph(number, name, code, own_code=False):
    return Glyph(name, code, lambda: None, f"line {number}", own_code)


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
        ("\ue000", "U+E000"),
    ],
)
def test_a_name_is_a_word_where_a_table_would_lose_the_character(character, name):
    assert character_name(character) == name


def test_a_character_may_have_several_code_points():
    assert code_points("か゚") == "U+304B U+309A"


def test_a_long_list_is_cut_and_counted():
    assert listed(["a", "b"]) == "a, b"
    assert listed([str(number) for number in range(1008)]) == "0, 1, 2, 3, 4, 5, 6, 7 … and 1,000 more"


def test_a_known_character_set_gives_the_characters():
    assert found("ISO8859-2", ("A", 65), ("whatever", 245)) == [("A", "A"), ("ő", "ő")]
    assert remarks("ISO8859-2", ("whatever", 245)) == [""]


def test_a_code_that_the_set_does_not_have_is_found_by_its_name():
    glyphs = [("Euro", 0x81), ("made-up", 0x8D), ("", 0x8F)]
    assert found("microsoft-cp1252", *glyphs) == [("€", "€"), (None, "glyph made-up"), (None, "glyph 143")]


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("A", "A"),
        ("alpha", "α"),
        ("ohungarumlaut", "ő"),
        ("afii10065", "а"),
        ("uni0151", "ő"),
        ("u1F600", "😀"),
        ("U+0151", "ő"),
        ("u+1f600", "😀"),
        ("LATIN SMALL LETTER A", "a"),
        ("!", "!"),
        ("f_i", None),
        ("a.small", None),
        ("X_cursor", None),
        (".notdef", None),
        ("U+D800", None),
        ("", None),
        ("65", None),
        ("umbrella", None),
    ],
)
def test_a_glyph_without_a_code_is_found_by_its_name(name, character):
    ((its, called),) = found("ISO10646-1", (name, None))
    assert its == character
    assert called == (character or f"glyph {name or '?'}")


def test_a_code_has_its_character_before_a_name_has_it():
    glyphs = [("A", None), ("A", 65), ("B", None), ("B", None)]
    assert found("ISO10646-1", *glyphs) == [
        (None, "glyph A"),
        ("A", "A"),
        ("B", "B"),
        (None, "glyph B"),
    ]


def test_a_name_holds_nothing_that_cannot_be_printed():
    assert found("ISO10646-1", ("a\x1b[31m\u2028b", None)) == [(None, "glyph a\ufffd[31m\ufffdb")]


def test_names_are_distinct():
    names = [name for _, name in found("ISO10646-1", *[("foo", None)] * 3)]
    assert names == ["glyph foo", "glyph foo (2)", "glyph foo (3)"]


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0x110000])
def test_a_code_that_is_no_code_point_stands_for_nothing(code):
    assert found("ISO10646-1", ("odd", code)) == [(None, "glyph odd")]


def test_of_two_glyphs_of_one_code_the_first_counts_and_the_other_is_said():
    kept, said = letters(typeface("ISO8859-1", ("one", 65), ("two", 66), ("three", 65), ("four", None)))
    assert [letter.glyph.name for letter in kept] == ["one", "two", "four"]
    assert said == [
        "glyphs passed over because another has their code before them: 'three' (code 65, line 2)"
    ]


class TestWithoutACharacterSet:
    unstated = "the font names no character set;"

    def test_ascii_needs_no_word(self):
        assert remarks(None, ("letter", 65), ("", 126), ("eacute", 0xE9)) == [""] * 3

    def test_other_codes_are_taken_as_unicode_and_that_is_said(self):
        glyphs = [("letter", 65), ("other", 0x151)]
        assert found(None, *glyphs) == [("A", "A"), ("ő", "ő")]
        assert remarks(None, *glyphs) == ["", f"{self.unstated} codes were taken as Unicode"]

    def test_a_name_of_adobes_is_surer_than_a_code(self):
        glyphs = [("quoteright", 39), ("alpha", 97)]
        assert found(None, *glyphs) == [("’", "’"), ("α", "α")]
        assert set(remarks(None, *glyphs)) == {
            f"{self.unstated} characters were found by the names of glyphs"
        }

    def test_a_code_that_is_said_to_be_no_standard_one_is_no_code_point(self):
        assert found(None, ("X_cursor", 65, True)) == [(None, "glyph X_cursor")]
        assert remarks(None, ("X_cursor", 65, True)) == [NAMELESS]
        assert found("ISO8859-1", ("X_cursor", 65, True)) == [("A", "A")]


class TestWithACharacterSetOfItsOwn:
    unknown = "nothing is known of the character set Adobe-FontSpecific;"

    def test_names_are_asked_and_that_is_said(self):
        glyphs = [("A", 65), ("alpha", 97), ("gizmo", 240)]
        assert found("Adobe-FontSpecific", *glyphs) == [("A", "A"), ("α", "α"), (None, "glyph gizmo")]
        said = f"{self.unknown} characters were found by the names of glyphs"
        assert remarks("Adobe-FontSpecific", *glyphs) == ["", said, NAMELESS]

    def test_name_and_code_together_are_surer_than_a_name(self):
        glyphs = [("space", 0), ("space", 32), ("A", 97), ("A", 65)]
        assert found("Bulgarian-MIK", *glyphs) == [
            (None, "glyph space"),
            (" ", "space"),
            (None, "glyph A"),
            ("A", "A"),
        ]

    @pytest.mark.parametrize("name", ["char65", "C0041", "65", "0x41", "glyph-65", "$41"])
    def test_where_names_are_but_numbers_the_codes_are_taken(self, name):
        assert found("Adobe-FontSpecific", (name, 65)) == [("A", "A")]
        assert remarks("Adobe-FontSpecific", (name, 65)) == [f"{self.unknown} codes were taken as ASCII"]

    def test_but_only_within_ascii(self):
        assert found("VISCII1.1-1", ("C128", 128)) == [(None, "glyph C128")]

    @pytest.mark.parametrize("name", ["face", "dead", "cursor", "arrow1x"])
    def test_a_word_is_no_number(self, name):
        assert found("FontSpecific-0", (name, 65)) == [(None, f"glyph {name}")]
