"""Bitmap fonts in BDF files, read as arrays of pixels."""

from fonts.loader import FontError, FontSet, load_fonts

__all__ = ["FontError", "FontSet", "load_fonts"]
