"""Small BDF fonts, written for a test."""

from pathlib import Path

import numpy as np

A = ("20", "50", "88", "88", "F8", "88", "88")  # the letter, five pixels wide


def glyph_text(encoding="65", box="5 7 0 0", rows=A, name="letter") -> str:
    """One glyph of a BDF file."""
    lines = [
        f"STARTCHAR {name}",
        f"ENCODING {encoding}",
        "SWIDTH 714 0",
        "DWIDTH 5 0",
        f"BBX {box}",
        "BITMAP",
    ]
    return "\n".join([*lines, *rows, "ENDCHAR", ""])


def font_text(*glyphs: str, box="5 7 0 0", charset="", count: int | None = None) -> str:
    """A BDF file of glyphs; with a `charset` such as `ISO8859-2` it names it in its properties."""
    lines = ["STARTFONT 2.1", "FONT -test", "SIZE 7 75 75", f"FONTBOUNDINGBOX {box}"]
    if charset:
        registry, encoding = charset.rsplit("-", 1)
        lines += ["STARTPROPERTIES 2", f'CHARSET_REGISTRY "{registry}"', f'CHARSET_ENCODING "{encoding}"']
        lines += ["ENDPROPERTIES"]
    lines += [f"CHARS {len(glyphs) if count is None else count}", ""]
    return "\n".join(lines) + "".join(glyphs) + "ENDFONT\n"


def write_font(path: Path, pictures: np.ndarray, first: int = 0x100) -> Path:
    """A font of `pictures` `(glyphs, rows, columns)` of 0 and 1; code points count up from `first`."""
    _, rows, columns = pictures.shape
    box = f"{columns} {rows} 0 0"
    glyphs = [
        glyph_text(
            str(code), box, [np.packbits(row).tobytes().hex().upper() for row in picture], f"u{code:X}"
        )
        for code, picture in enumerate(pictures.astype(bool), start=first)
    ]
    path.write_text(font_text(*glyphs, box=box), encoding="ascii")
    return path
