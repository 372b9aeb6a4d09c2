"""Read outline fonts, TTF, OTF and TTC, at a size in pixels, hinted to black and white or in grey."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fonts.errors import FontError
from fonts.glyphs import Drawing, Glyph, Typeface
from fonts.pen import BLACK_AND_WHITE, GREY, LOW_LINE, Pen

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from PIL.ImageFont import FreeTypeFont

MAGICS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF")
SUFFIXES = {".ttf", ".otf", ".ttc", ".otc", ".otb", ".woff"}
LARGEST_SIZE = 256
PRINTABLE_ASCII = range(0x20, 0x7F)
# What the two libraries raise for a damaged file, beside kinds of their own.
DAMAGE = (OSError, ValueError, LookupError, ArithmeticError, AssertionError, TypeError, struct.error)


def read_outlines(data: bytes, size: int, grey: bool = False, face: int | None = None) -> Typeface:
    """The font in the bytes of a file, `size` pixels to the em; of a collection, one face.

    Raises FontError if it cannot be read, or not be drawn at that size.
    """
    if not 1 <= size <= LARGEST_SIZE:
        raise FontError(f"cannot be drawn {size} pixels high; 1…{LARGEST_SIZE} is possible")
    with _told():
        faces = _faces(data)
        if (face or 0) >= len(faces):
            raise FontError(f"has no face {face}: its {len(faces)} are counted from 0")
        names, encoding = _codes(faces[face or 0])
        font = _font(data, size, face or 0, encoding)
        remarks = [_choice(faces)] if len(faces) > 1 and face is None else []
    pen = Pen(font, GREY if grey else BLACK_AND_WHITE, has_low_line=ord(LOW_LINE) in names)
    glyphs = [Glyph(name, code, partial(_drawing, pen, chr(code))) for code, name in names.items()]
    usual = [code for code in PRINTABLE_ASCII if code in names]
    return Typeface(glyphs, "ISO10646-1", None, remarks, usual or None)


def system_font(name: str) -> Path | None:
    """The file of this name among the fonts of the system."""
    from PIL import ImageFont

    try:
        path = ImageFont.truetype(name).path
    except (OSError, ValueError):
        return None
    return Path(path) if isinstance(path, str) else None


@contextmanager
def _told() -> Iterator[None]:
    """Raise what a library finds wrong as a FontError."""
    from fontTools.ttLib import TTLibError

    try:
        yield
    except FontError:
        raise
    except (TTLibError, *DAMAGE) as error:
        raise FontError(f"cannot be read as an outline font ({error})") from None


def _faces(data: bytes) -> list["TTFont"]:
    from fontTools.ttLib import TTCollection, TTFont

    file = BytesIO(data)
    return TTCollection(file, lazy=True).fonts if data[:4] == b"ttcf" else [TTFont(file, lazy=True)]


def _codes(face: "TTFont") -> tuple[dict[int, str], str]:
    """The glyph names of a font by code point, in order, and what FreeType calls their encoding."""
    table = face["cmap"]
    best, encoding = table.getBestCmap(), "unic"
    if best is None:
        symbols = table.getcmap(3, 0)
        best, encoding = (symbols.cmap if symbols else {}), "symb"
    if not best:
        raise FontError("has no table of characters")
    return dict(sorted(best.items())), encoding


def _font(data: bytes, size: int, face: int, encoding: str) -> "FreeTypeFont":
    from PIL import ImageFont

    basic = ImageFont.Layout.BASIC  # one glyph for one character, with nothing moved
    return ImageFont.truetype(BytesIO(data), size, index=face, encoding=encoding, layout_engine=basic)


def _choice(faces: list["TTFont"]) -> str:
    names = ", ".join(f"{number} {face['name'].getDebugName(4)}" for number, face in enumerate(faces))
    return f"of its faces ({names}) the first was taken; :face=1 behind its height asks for the next"


def _drawing(pen: Pen, character: str) -> Drawing:
    with _told():
        return pen.drawing(character)
