"""Character sets, against Unicode's own tables of some of their codes."""

import pytest

from fonts.charsets import decoder, unicode_character


@pytest.mark.parametrize(
    ("charset", "code", "character"),
    [
        ("ISO8859-1", 0xE9, "é"),
        ("iso8859-1", 0xE9, "é"),
        ("ISO-8859-1", 0xE9, "é"),
        ("ISO8859-2", 245, "ő"),
        ("ISO8859-5", 0xB0, "А"),
        ("ISO8859-7", 0xC1, "Α"),
        ("ISO8859-9", 0xFD, "ı"),
        ("ISO8859-11", 0xA1, "ก"),
        ("ISO8859-15", 0xA4, "€"),
        ("KOI8-R", 0xC1, "а"),
        ("koi8-u", 0xA4, "є"),
        ("IBM-CP437", 0x82, "é"),
        ("ibm-437", 0x82, "é"),
        ("CP437-0", 0x82, "é"),
        ("IBM-cp850", 0xD5, "ı"),
        ("microsoft-cp1251", 0xC0, "А"),
        ("Windows-1252", 0x80, "€"),
        ("TIS620-0", 0xA1, "ก"),
        ("TIS620.2529-1", 0xA1, "ก"),
        ("JISX0201.1976-0", 0xB1, "ｱ"),
        ("JISX0201.1976-0", 0x5C, "¥"),
        ("JISX0208.1983-0", 0x3021, "亜"),
        ("JISX0212.1990-0", 0x3021, "丂"),
        ("JISX0213.2000-1", 0x3021, "亜"),
        ("JISX0213.2000-2", 0x2121, "𠂉"),
        ("JISX0213.2004-1", 0x2477, "か゚"),
        ("KSC5601.1987-0", 0x3021, "가"),
        ("KSX1001.1998-0", 0x3021, "가"),
        ("KSC5601.1992-3", 0x8861, "가"),
        ("KSX1001.1998-3", 0x8861, "가"),
        ("GB2312.1980-0", 0x3021, "啊"),
        ("GBK-0", 0xB0A1, "啊"),
        ("GB18030.2000-0", 0xB0A1, "啊"),
        ("BIG5-0", 0xA440, "一"),
        ("BIG5-0", 0xA145, "‧"),
        ("Big5.ETEN-0", 0xA440, "一"),
        ("US-ASCII", 0x41, "A"),
        ("ISO646.1991-IRV", 0x41, "A"),
        ("ISO10646-1", 0x1F600, "😀"),
        ("iso10646-1", 0x151, "ő"),
        ("Apple-Roman", 0x80, "Ä"),
        ("HP-Roman8", 0xD8, "Ä"),
        ("Paratype-PT154", 0x80, "Җ"),
        ("Ukrainian-ruscii", 0xF2, "Ґ"),
        ("JISC6226.1978-0", 0x3021, "亜"),
    ],
)
def test_a_code_stands_for_its_character(charset, code, character):
    assert decoder(charset)(code) == character


@pytest.mark.parametrize(
    "charset", ["Adobe-FontSpecific", "FontSpecific-0", "CNS11643.1992-1", "ISO8859-12"]
)
def test_a_set_of_the_fonts_own_or_an_unknown_one_has_no_decoder(charset):
    assert decoder(charset) is None


@pytest.mark.parametrize(
    ("charset", "code"),
    [
        ("ISO8859-3", 0xA5),
        ("microsoft-cp1252", 0x81),
        ("JISX0208.1983-0", 0x7F7F),
        ("JISX0208.1983-0", 0x41),
        ("GB2312.1980-0", 0x2221),
        ("US-ASCII", 0x80),
        ("ISO10646-1", 0xD800),
        ("ISO10646-1", 0x110000),
        ("BIG5-0", 0x1000000),
    ],
)
def test_a_code_that_a_set_does_not_have_stands_for_nothing(charset, code):
    assert decoder(charset)(code) is None


def test_a_pc_draws_its_control_characters():
    decode = decoder("IBM-CP437")
    assert [decode(code) for code in (1, 3, 16, 31, 127)] == ["☺", "♥", "►", "▼", "⌂"]
    assert decode(0x41) == "A"
    assert decoder("ISO8859-1")(1) == "\x01"


def test_a_code_of_two_bytes_in_a_set_of_one_is_a_code_point():
    assert decoder("ISO8859-1")(9679) == "●"


def test_every_code_point_is_its_character():
    assert unicode_character(0x41) == "A"
    assert unicode_character(0xD7FF) == "\ud7ff"
    assert unicode_character(0xDFFF) is None
