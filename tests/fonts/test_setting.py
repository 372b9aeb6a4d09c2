"""Glyphs of fonts in one cell, and what is said of it."""

from functools import partial

import numpy as np
import pytest

from fonts import FontError
from fonts.glyphs import Box, Drawing, Glyph
from fonts.names import NAMELESS, Letter
from fonts.setting import Entry, Source, set_in_one_cell

FONT = Source("some/mine.bdf", "mine", Box(0, 0, 2, 2))
OTHER = Source("other.bdf", "other", Box(0, -1, 3, 1))


def entry(character, pixels, *, left=0, top=2, source=FONT, remark="", name=None):
    drawing = Drawing(np.array(pixels), left, top, remark)
    glyph = Glyph("", None, partial(lambda drawing: drawing, drawing), "line 7")
    return Entry(source, Letter(character, name or character, glyph, "" if character else NAMELESS))


def picture(font, number):
    return font.pixels[number].reshape(font.rows, font.columns).astype(int).tolist()


def test_the_cell_is_the_stated_one_and_nothing_is_said():
    font = set_in_one_cell([entry("A", [[1, 0]]), entry("B", [[1]], left=1, top=1)])
    assert (font.characters, font.names, font.remarks) == (["A", "B"], ["A", "B"], ())
    assert [picture(font, 0), picture(font, 1)] == [[[1, 0], [0, 0]], [[0, 0], [0, 1]]]


def test_blank_margins_beyond_the_cell_do_not_matter():
    font = set_in_one_cell([entry("A", np.pad([[1]], 9), left=-9, top=11)])
    assert (font.rows, font.columns, font.remarks) == (2, 2, ())
    assert picture(font, 0) == [[1, 0], [0, 0]]


def test_the_cell_grows_for_ink_and_that_is_said():
    font = set_in_one_cell([entry("A", [[1]]), entry("Å", [[1]], top=3), entry("q", [[1]], top=0)])
    assert (font.rows, font.columns) == (4, 2)
    inked = [np.argwhere(picture(font, number)).tolist() for number in range(3)]
    assert inked == [
        [[1, 0]],
        [[0, 0]],
        [[3, 0]],
    ]
    assert font.remarks == (
        "mine.bdf: the cell of 2×2 pixels grew to 2×4 to hold all ink of: Å (line 7), q (line 7)",
    )


def test_a_font_that_states_no_cell_gets_that_of_its_ink():
    source = Source("x.ttf:12", "x", None)
    font = set_in_one_cell([entry("A", [[1, 1]], left=4, top=9, source=source)])
    assert (font.rows, font.columns, font.remarks) == (1, 2, ())


def test_fonts_of_different_cells_are_laid_on_one_baseline_and_that_is_said():
    font = set_in_one_cell([entry("A", [[1]], top=1), entry("B", [[1]], top=1, source=OTHER)])
    assert (font.rows, font.columns) == (3, 3)
    assert picture(font, 0) == picture(font, 1) == [[0, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert font.remarks == (
        "cells of 2×2 (mine.bdf), 3×2 (other.bdf) were laid on one baseline in a cell of 3×3",
    )


def test_characters_of_several_fonts_get_the_fonts_names():
    font = set_in_one_cell(
        [entry("A", [[1]]), entry("A", [[1]], source=OTHER), entry("B", [[1]], source=OTHER)]
    )
    assert font.names == ["A (mine)", "A (other)", "B"]
    assert font.characters == ["A", "A", "B"]


def test_what_the_drawings_and_the_names_needed_is_said():
    source = Source("mine.bdf", "mine", Box(0, 0, 2, 2), ["a remark on the file"])
    entries = [
        entry("A", [[1]], source=source, remark="rows were filled up"),
        entry(None, [[1]], source=source, name="glyph arrow"),
        entry("C", [[1]], source=source, remark="rows were filled up"),
    ]
    assert set_in_one_cell(entries).remarks == (
        "mine.bdf: a remark on the file",
        "mine.bdf: rows were filled up: A (line 7), C (line 7)",
        f"mine.bdf: {NAMELESS}: glyph arrow (line 7)",
    )


def test_a_damaged_glyph_is_told_with_its_font():
    def refuse():
        raise FontError("line 7: glyph 'x' is damaged")

    damaged = Entry(FONT, Letter("x", "x", Glyph("x", 120, refuse)))
    with pytest.raises(
        FontError, match=r"^some/mine\.bdf: line 7: glyph 'x' is damaged; mend .*, or choose"
    ):
        set_in_one_cell([entry("A", [[1]]), damaged])


def test_blanks_alone_can_be_learned_where_a_cell_is_stated():
    assert set_in_one_cell([entry(" ", [[0]], name="space")]).pixels.tolist() == [[0, 0, 0, 0]]
    source = Source("x.ttf:12", "x", None)
    joined = set_in_one_cell([entry("A", [[1]]), entry(" ", [[0]], source=source, name="space")])
    assert joined.pixels.sum(axis=1).tolist() == [1, 0]
    with pytest.raises(FontError, match=r"^x\.ttf:12: has no ink"):
        set_in_one_cell([entry(" ", [[0]], source=source)])
