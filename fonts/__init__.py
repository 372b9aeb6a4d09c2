"""Fonts of pixels and of outlines, read as arrays of pixels."""

from fonts.errors import FontError
from fonts.font_set import FontSet
from fonts.loader import load_fonts, open_fonts
from fonts.names import code_points

__all__ = ["FontError", "FontSet", "code_points", "load_fonts", "open_fonts"]
