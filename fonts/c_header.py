"""Read `font.h` as the course hands it out: arrays of C, seven rows of five bits a glyph.

    int const Font3[32][7] = {
        {0x04, 0x04, 0x02, 0x00, 0x00, 0x00, 0x00}, // 0x60, `
        {0x00, 0x0e, 0x01, 0x0d, 0x13, 0x13, 0x0d}, // 0x61, a

The comment says which character it is; without one, the arrays `Font1`, `Font2` and `Font3` are known.
"""

import re
from functools import partial

import numpy as np

from fonts.errors import FontError
from fonts.glyphs import Box, Drawing, Glyph, Typeface

ROWS, COLUMNS = 7, 5
ARRAY = re.compile(r"(?P<array>\w+)\s*(?:\[[^\]]*\]\s*)+=")
GLYPH = re.compile(r"\{(?P<rows>[\w,\s]+)\}[ \t]*,?[ \t]*(?://(?P<line>.*)|/\*(?P<block>.*?)\*/)?")
TOKEN = re.compile(f"{ARRAY.pattern}|{GLYPH.pattern}")
COMMENTED_OUT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
COMMENT = re.compile(r"\s*0x(?P<code>[0-9a-fA-F]{1,6})\b\s*,?\s*(?P<character>.*?)\s*")
FIRST_CODES = {"font1": 0x20, "font2": 0x40, "font3": 0x60}


def read_c_header(data: bytes) -> Typeface:
    """The glyphs of all arrays in the bytes of a file, in order. Raises FontError if there is none."""
    text = COMMENTED_OUT.sub("", data.decode("utf-8", errors="replace"))
    glyphs: list[Glyph] = []
    remarks: list[str] = []
    array, in_array, line, place = "", 0, 1, 0
    for token in TOKEN.finditer(text):
        line, place = line + text.count("\n", place, token.start()), token.start()
        if token["array"]:
            array, in_array = token["array"], 0
            continue
        numbers = [number for number in re.split(r"[,\s]+", token["rows"]) if number]
        if len(numbers) != ROWS:
            remarks.append(f"line {line}: {len(numbers)} numbers are no glyph of {ROWS} rows")
            continue
        code, remark = _code(token["line"] or token["block"] or "", array, in_array)
        remarks += [f"line {line}: {remark}"] if remark else []
        draw = partial(_drawing, numbers, line)
        glyphs.append(Glyph(f"{array} {in_array}", code, draw, f"line {line}"))
        in_array += 1
    if not glyphs:
        raise FontError(f"has no glyph: {{…}} with {ROWS} numbers, one a row")
    return Typeface(glyphs, "ISO10646-1", Box(0, 0, COLUMNS, ROWS), remarks)


def _code(comment: str, array: str, in_array: int) -> tuple[int | None, str]:
    """The code point of a glyph, and what is odd about it; without a comment, by its place in its array."""
    found = COMMENT.fullmatch(comment)
    if not found:
        first = FIRST_CODES.get(array.casefold())
        return (None if first is None else first + in_array), ""
    code, character = int(found["code"], 16), found["character"]
    if len(character) == 1 and ord(character) != code:
        return ord(character), f"the comment says 0x{found['code']} and {character}; {character} counts"
    return code, ""


def _drawing(numbers: list[str], line: int) -> Drawing:
    try:
        rows = np.array([int(number, 0) for number in numbers])
    except ValueError:
        raise FontError(f"line {line}: {', '.join(numbers)} are no numbers of C") from None
    if rows.max() >= 1 << COLUMNS:
        raise FontError(f"line {line}: a row of {rows.max():#x} has more than {COLUMNS} bits")
    return Drawing(rows[:, None] >> np.arange(COLUMNS)[::-1] & 1, 0, ROWS)
