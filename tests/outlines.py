"""Outline fonts whose glyphs are rectangles on a grid of pixels, written for a test."""

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

UNIT = 100  # units a pixel, in a font of ten pixels to the em


def outline_bytes(rectangles, postscript=False, family="Test") -> bytes:
    """A font with a rectangle `(left, bottom, right, top)`, or None for a blank, for each character.

    The rectangles are in pixels, where the font is drawn ten pixels high; TrueType, or PostScript in OTF.
    """
    names = {ord(character): f"g{ord(character):04X}" for character in rectangles}
    builder = FontBuilder(10 * UNIT, isTTF=not postscript)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    shapes = {".notdef": None} | {names[ord(key)]: shape for key, shape in rectangles.items()}
    if postscript:
        outlines = {name: _drawn(T2CharStringPen(6 * UNIT, None), shape) for name, shape in shapes.items()}
        builder.setupCFF("Test", {}, {name: pen.getCharString() for name, pen in outlines.items()}, {})
    else:
        builder.setupGlyf({name: _drawn(TTGlyphPen(None), shape).glyph() for name, shape in shapes.items()})
    lefts = {name: (shape[0] if shape else 0) * UNIT for name, shape in shapes.items()}
    builder.setupHorizontalMetrics({name: (6 * UNIT, lefts[name]) for name in shapes})
    builder.setupHorizontalHeader(ascent=8 * UNIT, descent=-2 * UNIT)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "fullName": f"{family} Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def collection_bytes(*fonts: bytes) -> bytes:
    """The fonts as the faces of one TTC."""
    collection, file = TTCollection(), BytesIO()
    collection.fonts = [TTFont(BytesIO(font)) for font in fonts]
    collection.save(file)
    return file.getvalue()


def _drawn(pen, shape):
    if shape:
        left, bottom, right, top = (UNIT * edge for edge in shape)
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
    return pen
