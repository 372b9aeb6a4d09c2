"""Drawing through Pillow: a glyph lies where its pixels are, not where its outline ends."""

from io import BytesIO
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from outlines import outline_bytes
from PIL import ImageFont

from fonts.pen import BLACK_AND_WHITE, GREY, Pen

FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
STANDING = "ABDEFHIKLMNPRTXYZ."


def pillows(data: bytes, size: int):
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def test_a_low_line_tells_where_a_glyph_lies():
    # The outlines end a quarter of a pixel beyond the pixels that are drawn.
    data = outline_bytes({"_": (0, -2, 5, -1), "x": (1.25, 0.25, 4.25, 3.25), "y": (-1.25, 2, 1.75, 5)})
    pen = Pen(pillows(data, 10), BLACK_AND_WHITE, has_low_line=True)
    boxes = {character: pen.drawing(character).trimmed().box for character in "_xy"}
    assert (boxes["x"].left - boxes["y"].left, boxes["x"].bottom, boxes["y"].bottom) == (2, 0, 2)
    assert (boxes["_"].bottom, boxes["_"].top) == (-2, -1)


@pytest.mark.parametrize("size", [8, 11, 12, 16, 31])
@pytest.mark.parametrize("file", ["DejaVuSans.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSansMono-Oblique.ttf"])
def test_letters_stand_on_one_line(file, size):
    pen = Pen(pillows((FOLDER / file).read_bytes(), size), BLACK_AND_WHITE, has_low_line=True)
    assert len({pen.drawing(letter).trimmed().box.bottom for letter in STANDING}) == 1


def test_without_a_low_line_pillow_is_believed():
    data = outline_bytes({"x": (1, -1, 4, 3)})
    assert Pen(pillows(data, 10), BLACK_AND_WHITE, has_low_line=False).drawing("x").trimmed().box.left == 1


def test_grey_has_levels():
    data = outline_bytes({"x": (0, 0, 2, 2.5)})
    pixels = Pen(pillows(data, 10), GREY, has_low_line=False).drawing("x").pixels
    assert pixels.max() == 1
    assert np.unique(pixels).size > 1


def test_a_blank_stays_blank():
    data = outline_bytes({" ": None, "_": (0, -2, 5, -1)})
    assert not Pen(pillows(data, 10), BLACK_AND_WHITE, has_low_line=True).drawing(" ").pixels.any()
