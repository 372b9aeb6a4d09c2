"""Small BDF fonts, written for a test."""

from pathlib import Path

import numpy as np


def write_font(path: Path, pictures: np.ndarray, first: int = 0x100) -> Path:
    """A font of `pictures` `(glyphs, rows, columns)` of 0 and 1; code points count up from `first`."""
    _, rows, columns = pictures.shape
    lines = ["STARTFONT 2.1", "FONT -test", f"SIZE {rows} 75 75", f"FONTBOUNDINGBOX {columns} {rows} 0 0"]
    lines += [f"CHARS {len(pictures)}"]
    for code, picture in enumerate(pictures.astype(bool), start=first):
        lines += [f"STARTCHAR u{code:X}", f"ENCODING {code}", "SWIDTH 500 0", f"DWIDTH {columns} 0"]
        lines += [f"BBX {columns} {rows} 0 0", "BITMAP"]
        lines += [np.packbits(row).tobytes().hex().upper() for row in picture]
        lines += ["ENDCHAR"]
    path.write_text("\n".join([*lines, "ENDFONT", ""]), encoding="ascii")
    return path
