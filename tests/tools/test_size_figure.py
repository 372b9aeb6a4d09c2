"""The figure of what many pictures cost: its font, its exponents, and a run that is measured."""

from pathlib import Path

import numpy as np
import pytest

from fonts import load_fonts
from runner.figures.style import png
from tools.size_figure import COUNTS, draw, exponent, font, measure


def test_the_font_has_so_many_different_pictures(tmp_path):
    path = tmp_path / "many.bdf"
    path.write_text(font(50), encoding="ascii")
    pixels = load_fonts([str(path)]).pixels
    assert pixels.shape == (50, 64)
    assert len(np.unique(pixels, axis=0)) == 50


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_is_that_of_many_pictures(power):
    values = np.array(COUNTS, float) ** power
    values[0] = 1e9  # what few take says nothing of many
    assert exponent(COUNTS, values) == pytest.approx(power)


def test_every_mode_has_a_curve_with_its_exponent():
    values = np.column_stack([np.array(COUNTS, float), np.full(len(COUNTS), 200.0)])
    figure = draw({"DEFAULT": values, "DAE": 2 * values}, COUNTS)
    seconds, memory = figure.axes
    np.testing.assert_array_equal(seconds.lines[1].get_ydata(), 2 * values[:, 0])
    assert [text.get_text() for text in seconds.get_legend().get_texts()] == [
        "DEFAULT: n^1.00",
        "DAE: n^1.00",
    ]
    assert "n^0.00" in memory.get_legend().get_texts()[0].get_text().replace("-", "")
    png(figure)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak of a process")
def test_a_run_is_measured_with_all_its_files():
    held = bytearray(600_000_000)  # by the parent, which is no matter of the run
    seconds, memory = measure("DEFAULT", 20)
    assert 0.2 < seconds < 60
    assert 50 < memory < 500 < len(held) / 2**20
