"""Names are text, in a font that has their signs, and legends are complete or say what they lack."""

import warnings

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager

from runner.figures import texts as room
from runner.figures.style import new_figure, png
from runner.figures.texts import (
    MOST_ENTRIES,
    MOST_SIGNS,
    add_legend,
    caption,
    dot,
    drawable,
    families,
    write,
)

HARD = ["$$", "$x$", r"\frac", "_misc", "<b>", "a^2_i", "100 %", "no\\$", "ÄÖÜ", "😀"]
HAN = "漢"


def forget():
    """What was found out about the fonts of this machine."""
    for remembered in (room._family_with, room._system_fonts, room._signs):
        remembered.cache_clear()


@pytest.fixture
def without_han(monkeypatch):
    """No font of the machine has the sign."""
    forget()
    fonts = [font for font in font_manager.fontManager.ttflist if "dejavu" in font.fname.lower()]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fonts)
    yield
    forget()


@pytest.fixture
def han_font(without_han, tmp_path):
    """A font of the machine has it: a filled square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for place in ((0, 800), (800, 800), (800, 0)):
        pen.lineTo(place)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "han"])
    builder.setupCharacterMap({ord(HAN): "han"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "han": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "han": (900, 0)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "A Han Font", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "han.ttf")
    font_manager.fontManager.addfont(tmp_path / "han.ttf")
    return "A Han Font"


def drawn(*names) -> bytes:
    """A picture of names, without a warning."""
    figure, axes = new_figure((4, 3), "")
    for row, name in enumerate(names):
        write(axes, 0.1, 0.1 * row, name)
    add_legend(axes, [(dot("red"), name) for name in names])
    return png(figure)


def test_signs_are_no_markup():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn(*HARD)
    _, axes = new_figure((4, 3), "")
    legend = add_legend(axes, [(dot("red"), name) for name in HARD])
    shown = [write(axes, 0, 0, name) for name in HARD]
    for texts in (legend.get_texts(), shown):
        assert [text.get_text() for text in texts] == HARD
        assert not any(text.get_parse_math() for text in texts)


def test_signs_that_no_font_has_are_code_points(without_han):
    assert drawable(f"a{HAN}字 b") == "a U+6F22 U+5B57 b"
    assert drawable("plain $ text") == "plain $ text"
    drawn(HAN)  # Warnings are errors.


def test_signs_that_a_font_of_the_machine_has_are_drawn_with_it(han_font):
    assert drawable(f"a{HAN}") == f"a{HAN}"
    assert families("abc") == families("")
    assert families(f"a{HAN}") == [*families("a"), han_font]
    assert drawn(HAN) != drawn("U+6F22")


def test_a_short_name_is_its_own_caption_and_of_a_long_one_both_ends_are():
    assert caption("x" * MOST_SIGNS) == "x" * MOST_SIGNS
    short = caption("IMG_2024_" + "0" * 40 + "_last.png")
    assert len(short) == MOST_SIGNS
    assert short.startswith("IMG_2024_")
    assert short.endswith("st.png")
    assert "…" in short


@pytest.mark.parametrize("count", [0, 1, MOST_ENTRIES, MOST_ENTRIES + 1, 1000])
def test_a_legend_is_complete_or_says_how_many_more_there_are(count):
    names = [f"class {number}" for number in range(count)]
    figure, axes = new_figure((4, 3), "")
    shown = [
        text.get_text() for text in add_legend(axes, [(dot("red"), name) for name in names]).get_texts()
    ]
    expected = names[:MOST_ENTRIES]
    if count > MOST_ENTRIES:
        expected = [*expected, f"and {count - MOST_ENTRIES:,} more"]
    assert shown == expected
    png(figure)


def test_a_dot_of_a_legend_has_its_colour():
    assert dot("#123456", "s").get_color() == "#123456"
    assert np.isnan(dot("red").get_xdata()).all() or not len(dot("red").get_xdata())
