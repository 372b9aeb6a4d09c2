"""BDF as programs really write it: every kind that is read, and what is wrong with the others."""

import codecs
from io import BytesIO

import numpy as np
import pytest
from bdf import A, font_text, glyph_text
from PIL.BdfFontFile import BdfFontFile

from fonts import FontError
from fonts.bdf import read_bdf
from fonts.glyphs import Box

PLAIN = font_text(glyph_text(), glyph_text("66", rows=("F0", *A[1:]), name="other"))


def read(text: str, encoding="ascii"):
    return read_bdf(text.encode(encoding))


def drawn(glyph) -> list[str]:
    """The pixels of a glyph as rows of `#` and `.`."""
    return ["".join(".#"[int(value)] for value in row) for row in glyph.draw().pixels]


def same(text: str | bytes) -> bool:
    """Whether a font has the glyphs of the plain one."""
    font = read_bdf(text.encode() if isinstance(text, str) else text)
    plain = read(PLAIN)
    return [(g.code, g.name, drawn(g)) for g in font.glyphs] == [
        (g.code, g.name, drawn(g)) for g in plain.glyphs
    ]


# What is read


def test_a_glyph_has_its_name_its_code_its_line_and_its_pixels():
    font = read(PLAIN)
    assert [(glyph.name, glyph.code, glyph.place) for glyph in font.glyphs] == [
        ("letter", 65, "line 6"),
        ("other", 66, "line 20"),
    ]
    assert drawn(font.glyphs[0]) == ["..#..", ".#.#.", "#...#", "#...#", "#####", "#...#", "#...#"]
    assert font.box == Box(0, 0, 5, 7)
    assert (font.charset, font.remarks) == (None, [])


def test_pixels_lie_where_the_box_says():
    (glyph,) = read(font_text(glyph_text(box="2 3 -1 -2", rows=["80", "C0", "40"]))).glyphs
    assert glyph.draw().box == Box(-1, -2, 1, 1)


def test_the_same_pixels_as_another_reader():
    chance = np.random.default_rng(0)
    pictures = chance.integers(0, 2, (40, 11, 13), dtype=np.uint8)
    glyphs = [
        glyph_text(str(code), "13 11 -2 -3", [np.packbits(row).tobytes().hex() for row in picture])
        for code, picture in enumerate(pictures, start=33)
    ]
    text = font_text(*glyphs, box="13 11 -2 -3", charset="ISO10646-1")
    theirs = BdfFontFile(BytesIO(text.encode())).glyph
    for glyph, picture in zip(read(text).glyphs, pictures, strict=True):
        assert np.array_equal(glyph.draw().pixels, picture)
        _, box, _, image = theirs[glyph.code]
        assert np.array_equal(glyph.draw().pixels, np.asarray(image))
        assert (glyph.draw().left, -glyph.draw().top) == box[:2]


LATIN1 = PLAIN.replace("FONT -test", "FONT -tête\nCOMMENT façade").replace(
    "BITMAP", "COMMENT été\nBITMAP", 1
)
VARIANTS = {
    "line ends of Windows": PLAIN.replace("\n", "\r\n"),
    "line ends of old Macs": PLAIN.replace("\n", "\r"),
    "a mark of UTF-8": codecs.BOM_UTF8 + PLAIN.encode(),
    "UTF-16": PLAIN.encode("utf-16"),
    "tabs": PLAIN.replace(" ", "\t"),
    "doubled blanks": PLAIN.replace(" ", "  "),
    "blanks around lines": PLAIN.replace("\n", "  \n  "),
    "blank lines": PLAIN.replace("\n", "\n\n"),
    "hexadecimal digits of both cases": PLAIN.replace("F8", "f8"),
    "no last line end": PLAIN.rstrip(),
    "end of a file of DOS": PLAIN + "\x1a",
    "comments before the header": "COMMENT made by hand\n\n" + PLAIN,
    "a comment in a bitmap": PLAIN.replace("88\n", "COMMENT half\n88\n", 1),
    "Latin-1": LATIN1.encode("latin-1"),
    "Latin-1 behind a mark of UTF-8": codecs.BOM_UTF8 + LATIN1.encode("latin-1"),
    "UTF-8": LATIN1.encode(),
    "width in the header (BDF 2.2)": "\n".join(
        line for line in PLAIN.replace("SIZE", "SWIDTH 714 0\nDWIDTH 5 0\nSIZE").split("\n")
    ).replace("SWIDTH 714 0\nDWIDTH 5 0\nBBX", "BBX"),
    "no width at all": PLAIN.replace("SWIDTH 714 0\nDWIDTH 5 0\n", ""),
    "unknown keywords": PLAIN.replace("SIZE", "METRICSSET 0\nNOSUCH 1\nSIZE").replace(
        "BBX", "ATTRIBUTES 0\nBBX"
    ),
    "rows of zeros too long": PLAIN.replace("F8\n", "F80000\n"),
    "bits beyond the width": PLAIN.replace("F8\n", "FF\n"),
    "rows of zeros too many": PLAIN.replace("ENDCHAR", "00\n0000\nENDCHAR"),
    "a property of the name of a keyword": PLAIN.replace(
        "CHARS", 'STARTPROPERTIES 1\nFONTBOUNDINGBOX "9 9 9 9"\nENDPROPERTIES\nCHARS'
    ),
    "a wrong count of properties": PLAIN.replace("CHARS", "STARTPROPERTIES 9\nENDPROPERTIES\nCHARS"),
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS.keys())
def test_a_way_to_write_it_changes_nothing(text):
    assert same(text)
    assert read_bdf(text.encode() if isinstance(text, str) else text).remarks == []


def test_glyphs_may_have_names_of_any_words():
    names = ["LATIN SMALL LETTER A", "étoile", "", "$41"]
    font = read_bdf(font_text(*(glyph_text(name=name) for name in names)).encode("latin-1"))
    assert [glyph.name for glyph in font.glyphs] == names


@pytest.mark.parametrize("rows", [[], ["00"], ["00"] * 7])
@pytest.mark.parametrize("box", ["0 0 0 0", "0 7 0 0", "5 0 0 0"])
def test_a_glyph_of_no_size_is_blank_whatever_its_rows(box, rows):
    assert read(font_text(glyph_text(box=box, rows=rows))).glyphs[0].draw().pixels.size == 0


def test_a_glyph_may_be_wider_than_a_byte():
    (glyph,) = read(font_text(glyph_text(box="12 2 0 0", rows=["8010", "0FF0"]))).glyphs
    assert drawn(glyph) == ["#..........#", "....########"]


@pytest.mark.parametrize(
    ("encoding", "code", "own_code"),
    [
        ("65", 65, False),
        ("-1", None, False),
        ("-1 66", 66, True),
        ("-1 -1", None, False),
        ("65 3", 65, False),
    ],
)
def test_the_code_of_a_glyph(encoding, code, own_code):
    (glyph,) = read(font_text(glyph_text(encoding))).glyphs
    assert (glyph.code, glyph.own_code) == (code, own_code)


def test_a_glyph_without_encoding_has_no_code():
    (glyph,) = read(font_text(glyph_text()).replace("ENCODING 65\n", "")).glyphs
    assert glyph.code is None
    assert drawn(glyph)[4] == "#####"


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("-test", None),
        ("-misc-fixed-medium-r-normal--7-70-75-75-c-50-iso8859-2", "iso8859-2"),
        ('"-misc-fixed-medium-r-normal--7-70-75-75-c-50-KOI8-R"', "KOI8-R"),
        ("-misc-fixed-medium-r-normal--7-70-75-75-c-50", None),
        ("a-b-c-d-e-f-g-h-i-j-k-l-m-n", None),
    ],
)
def test_the_character_set_may_stand_in_the_long_name(name, charset):
    assert read(PLAIN.replace("FONT -test", f"FONT {name}")).charset == charset


def test_the_properties_say_the_character_set():
    text = font_text(glyph_text(), charset="ISO8859-2").replace(
        "FONT -test", "FONT -" + "x-" * 12 + "koi8-r"
    )
    assert read(text).charset == "ISO8859-2"
    assert read(text.replace('"', "")).charset == "ISO8859-2"


def test_rows_that_are_too_short_are_filled_up_and_said():
    (glyph,) = read(font_text(glyph_text(box="12 2 0 0", rows=["8010", "0F"]))).glyphs
    assert drawn(glyph) == ["#..........#", "....####...."]
    assert glyph.draw().remark == "rows shorter than the box were filled up with blanks"


# What is said


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (font_text(glyph_text(), count=3), "CHARS says 3, 1 found"),
        (font_text(glyph_text(), glyph_text("66"), count=1), "CHARS says 1, 2 found"),
        (PLAIN.replace("CHARS 2", "CHARS two"), "CHARS says two, 2 found"),
        (PLAIN.replace("ENDFONT\n", ""), "there is no ENDFONT; the file may be cut off"),
        (
            PLAIN.replace("CHARS 2\n", "").replace("ENDFONT", ""),
            "there is no ENDFONT; the file may be cut off",
        ),
        (PLAIN.replace("ENDCHAR\n", "", 1), "line 6: glyph 'letter' has no ENDCHAR"),
        (PLAIN.replace("ENDCHAR\nENDFONT", "ENDFONT"), "line 20: glyph 'other' has no ENDCHAR"),
        (PLAIN + glyph_text("67"), "line 34: the glyphs after ENDFONT were passed over"),
        (PLAIN + PLAIN, "line 34: the glyphs after ENDFONT were passed over"),
        (
            PLAIN.replace("CHARS", "FONTBOUNDINGBOX 6 8 0 0\nCHARS"),
            "line 5: FONTBOUNDINGBOX is given again; line 4 counts",
        ),
    ],
)
def test_what_is_odd_about_a_file_is_said(text, remark):
    font = read(text)
    assert font.remarks == [remark]
    assert [drawn(glyph)[4] for glyph in font.glyphs] == ["#####"] * len(font.glyphs)


# What is refused


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("COMMENT only\n", "is empty"),
        ("\x89PNG\r\n", "no font that can be read: a BDF font begins with STARTFONT"),
        ("STARTCHAR A\nENCODING 65\n", "begins with STARTFONT"),
        ("STARTFONT 2.1\nENDFONT\n", "has no glyph"),
        (font_text(), "has no glyph"),
        (PLAIN.replace("FONTBOUNDINGBOX 5 7 0 0\n", ""), "names no FONTBOUNDINGBOX"),
        *(
            (PLAIN.replace("BOX 5 7 0 0", f"BOX {box}"), f"line 4: FONTBOUNDINGBOX needs four .* '{box}'")
            for box in ("5 7", "5 six 0 0", "5 7 0 0 0", "-5 7 0 0", "5.0 7 0 0", "")
        ),
    ],
)
def test_a_file_that_is_no_font_is_told(text, rule):
    with pytest.raises(FontError, match=rule):
        read_bdf(text.encode("latin-1"))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (font_text(glyph_text(), glyph_text("66"), count=32).replace("ENDFONT\n", ""), "CHARS 32, 2 found"),
        (PLAIN[: PLAIN.index("88")], "CHARS 2, 0 found"),
        (PLAIN[: PLAIN.rindex("ENDCHAR")], "CHARS 2, 1 found"),
        (PLAIN[: PLAIN.index("STARTCHAR")], "CHARS 2, 0 found"),
        (PLAIN.replace("CHARS 2\n", "")[:-24], "CHARS not given, 1 found"),
    ],
)
def test_a_file_that_is_cut_off_says_how_much_is_there(text, counts):
    with pytest.raises(FontError, match=f"is cut off: {counts}, no ENDFONT"):
        read(text)


@pytest.mark.parametrize(
    ("glyph", "rule"),
    [
        (
            glyph_text(rows=A[:3]),
            "line 6: glyph 'letter' has 3 rows of up to 2 digits; .* 5×7 needs 7 of 2",
        ),
        (glyph_text(rows=(*A, "88")), "has 8 rows"),
        (glyph_text(rows=("2008", *A[1:])), "has 7 rows of up to 4 digits"),
        (glyph_text(rows=("zz", *A[1:])), "has a row 'zz', which is not of hexadecimal digits"),
        (glyph_text(rows=("2 0", *A[1:])), "has a row '2 0'"),
        (glyph_text(box="5 7"), "line 10: glyph 'letter' has the BBX '5 7', which needs four"),
        (glyph_text(box="5 -7 0 0"), "has the BBX '5 -7 0 0'"),
        (glyph_text(box="9 100 0 0"), "has 7 rows of up to 2 digits; its box of 9×100 needs 100 of 4"),
        (
            glyph_text(box=f"{10**20} 7 0 0"),
            "line 10: glyph 'letter' has a box of 10+×7 pixels, which is too",
        ),
        (glyph_text().replace("BBX 5 7 0 0\n", ""), "has no line BBX"),
        (glyph_text().replace("BITMAP", "BBX 5 8 0 0\nBITMAP"), "has 2 lines BBX"),
        (glyph_text().replace("BITMAP\n", ""), "has no BITMAP"),
        (glyph_text("A"), "line 7: glyph 'letter' has the ENCODING 'A'"),
        (glyph_text(""), "line 7: glyph 'letter' has the ENCODING ''"),
        (
            glyph_text().replace("SWIDTH", "ENCODING 66\nSWIDTH"),
            "line 8: glyph 'letter' has a second ENCODING",
        ),
        (glyph_text(rows=A[:3]).replace("ENDCHAR\n", ""), "has 3 rows"),
    ],
)
def test_a_damaged_glyph_is_told_when_it_is_drawn_and_spoils_no_other(glyph, rule):
    damaged, sound = read(font_text(glyph, glyph_text("66"))).glyphs
    assert drawn(sound)[4] == "#####"
    with pytest.raises(FontError, match=rule):
        damaged.draw()


def test_damage_anywhere_is_a_font_error_or_a_font():
    chance = np.random.default_rng(0)
    words = [b"STARTCHAR", b"ENDCHAR", b"ENDFONT", b"BBX", b"-1", b"9" * 20, b"\0", b"\xff", b"\n", b" "]
    for _ in range(1500):
        data = bytearray(font_text(glyph_text(), glyph_text("-1 66"), charset="ISO8859-2").encode())
        for place in chance.integers(0, len(data), 3).tolist():
            data[place : place + int(chance.integers(0, 20))] = words[chance.integers(len(words))]
        try:
            for glyph in read_bdf(bytes(data)).glyphs:
                glyph.draw()
        except FontError as error:
            assert len(str(error)) < 400
