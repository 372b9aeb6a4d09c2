"""Read BDF: Adobe's "Glyph Bitmap Distribution Format", versions 2.1 and 2.2, as programs really write it.

Only the glyphs that are drawn have to be sound; what surrounds them is read with patience and remarked on.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from fonts.errors import FontError
from fonts.glyphs import Box, Drawing, Glyph, Typeface

HEXADECIMAL = re.compile("[0-9A-Fa-f]*")
# The last two of the fourteen fields of an X logical font description.
DESCRIBED_CHARSET = re.compile(r"-(?:[^-]*-){12}([^-]+-[^-]+)")
LARGEST_BOX = 4096  # with its blank margins
SHORT_ROWS = "rows shorter than the box were filled up with blanks"


@dataclass
class Header:
    """What stands before the first glyph: by keyword, the line and what follows it there."""

    fields: dict[str, tuple[int, str]] = field(default_factory=dict)
    properties: dict[str, tuple[int, str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def charset(self) -> str | None:
        """What the properties say, or else the font's long name."""
        registry, encoding = (
            self.properties.get(name, (0, ""))[1].strip('" ')
            for name in ("CHARSET_REGISTRY", "CHARSET_ENCODING")
        )
        if registry:
            return f"{registry}-{encoding}"
        described = DESCRIBED_CHARSET.fullmatch(self.fields.get("FONT", (0, ""))[1].strip('" '))
        return described[1] if described else None


@dataclass
class Record:
    """What a file says of one glyph."""

    line: int
    name: str
    fields: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    bitmap: int | None = None  # the index of the line after BITMAP
    end: int | None = None  # the index of the line of ENDCHAR, or of what stands in its place
    is_closed: bool = False

    def mistake(self, text: str, line: int | None = None) -> FontError:
        """What is wrong with it, with the line and its name."""
        return FontError(f"line {line or self.line}: glyph {self.name!r} {text}")


def read_bdf(data: bytes) -> Typeface:
    """The font in the bytes of a file. Raises FontError if it is none, or is cut off."""
    lines = _lines(data)
    header, first = _header(lines)
    records, last = _records(lines, first)
    remarks = header.remarks + _checked_end(header, records, lines, last)
    if not records:
        raise FontError("has no glyph")
    glyphs = [_glyph(lines, record) for record in records]
    return Typeface(glyphs, header.charset(), _stated_box(header), remarks)


def _lines(data: bytes) -> list[str]:
    """The lines of a text in UTF-8, UTF-16 with its mark, or else Latin-1."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        data = data.removeprefix(codecs.BOM_UTF8)
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _keyword(line: str) -> tuple[str, str]:
    """The first word of a line, and the rest of it."""
    words = line.split(None, 1)
    return (words[0] if words else ""), _rest(words)


def _rest(words: list[str]) -> str:
    return words[1].strip() if len(words) > 1 else ""


def _header(lines: list[str]) -> tuple[Header, int]:
    """What stands before the first glyph, and the index of the line where that begins."""
    header, is_property = Header(), False
    for index, line in enumerate(lines):
        keyword, rest = _keyword(line)
        if keyword in ("", "COMMENT"):
            continue
        if keyword in ("STARTCHAR", "ENDFONT") and header.fields:
            return header, index
        if not header.fields and keyword != "STARTFONT":
            raise FontError("is no font that can be read: a BDF font begins with STARTFONT")
        if keyword in ("STARTPROPERTIES", "ENDPROPERTIES", "CHARS"):
            is_property = keyword == "STARTPROPERTIES"
        known = header.properties if is_property else header.fields
        before, _ = known.setdefault(keyword, (index + 1, rest))
        if known[keyword][1] != rest and keyword in ("FONTBOUNDINGBOX", "CHARS"):
            header.remarks.append(f"line {index + 1}: {keyword} is given again; line {before} counts")
    if not header.fields:
        raise FontError("is empty")
    return header, len(lines)


def _records(lines: list[str], first: int) -> tuple[list[Record], int]:
    """What is said of each glyph, and the index of ENDFONT's line, or that of the end of the file."""
    records: list[Record] = []
    current: Record | None = None
    for index in range(first, len(lines)):
        words = lines[index].split(None, 1)
        keyword = words[0] if words else ""
        if keyword in ("STARTCHAR", "ENDFONT"):
            if current:
                current.end = index
            if keyword == "ENDFONT":
                return records, index
            current = Record(index + 1, _rest(words))
            records.append(current)
        elif current is None:
            continue
        elif keyword == "ENDCHAR":
            current.end, current.is_closed, current = index, True, None
        elif keyword == "BITMAP":
            current.bitmap = current.bitmap or index + 1
        elif current.bitmap is None and keyword in ("ENCODING", "BBX"):
            current.fields.setdefault(keyword, []).append((index + 1, _rest(words)))
    return records, len(lines)


def _checked_end(header: Header, records: list[Record], lines: list[str], last: int) -> list[str]:
    """Remarks on how a file ends. Raises FontError for one that is cut off."""
    stated = header.fields.get("CHARS", (0, ""))[1]
    closed = sum(record.is_closed for record in records)
    remarks = [
        f"line {record.line}: glyph {record.name!r} has no ENDCHAR"
        for record in records
        if not record.is_closed
    ]
    if last == len(lines):
        if (records and not records[-1].is_closed) or (stated.isdecimal() and closed < int(stated)):
            raise FontError(f"is cut off: CHARS {stated or 'not given'}, {closed} found, no ENDFONT")
        return [*remarks, "there is no ENDFONT; the file may be cut off"]
    if stated and stated != str(len(records)):
        remarks.append(f"CHARS says {stated}, {len(records)} found")
    if any(_keyword(line)[0] == "STARTCHAR" for line in lines[last:]):
        remarks.append(f"line {last + 1}: the glyphs after ENDFONT were passed over")
    return remarks


def _stated_box(header: Header) -> Box:
    if "FONTBOUNDINGBOX" not in header.fields:
        raise FontError("names no FONTBOUNDINGBOX, the cell of the font")
    line, rest = header.fields["FONTBOUNDINGBOX"]
    box = _box(rest)
    if box is None:
        raise FontError(f"line {line}: FONTBOUNDINGBOX {_FOUR}; there is {rest!r}")
    return box


_FOUR = "needs four whole numbers: width, height, and the x and y of its lower left corner"


def _box(rest: str) -> Box | None:
    """The box that four numbers say; None if they do not."""
    try:
        columns, rows, left, bottom = map(int, rest.split())
    except ValueError:
        return None
    return Box(left, bottom, left + columns, bottom + rows) if columns >= 0 and rows >= 0 else None


def _glyph(lines: Sequence[str], record: Record) -> Glyph:
    """The glyph of a record. What is wrong with it is not said before it is drawn."""
    draw, place = partial(_drawing, lines, record), f"line {record.line}"
    encodings = record.fields.get("ENCODING", [(record.line, "-1")])
    line, rest = encodings[-1]
    try:
        code, *others = map(int, rest.split())
    except ValueError:
        return Glyph(record.name, None, partial(_refuse, record, f"has the ENCODING {rest!r}", line), place)
    if len(encodings) > 1:
        return Glyph(record.name, None, partial(_refuse, record, "has a second ENCODING", line), place)
    if code < 0 and others and others[0] >= 0:
        return Glyph(record.name, others[0], draw, place, own_code=True)
    return Glyph(record.name, code if code >= 0 else None, draw, place)


def _refuse(record: Record, text: str, line: int) -> Drawing:
    raise record.mistake(text, line)


def _drawing(lines: Sequence[str], record: Record) -> Drawing:
    """The pixels of a glyph. Raises FontError where box and bitmap do not fit together."""
    boxes = record.fields.get("BBX", [])
    if len(boxes) != 1:
        raise record.mistake(f"has {len(boxes) or 'no'} line{'s' * (len(boxes) > 1)} BBX")
    line, rest = boxes[0]
    box = _box(rest)
    if box is None:
        raise record.mistake(f"has the BBX {rest!r}, which {_FOUR}", line)
    if not box.columns or not box.rows:
        return Drawing(np.zeros((0, 0), np.uint8), 0, 0)
    if max(box.columns, box.rows) > LARGEST_BOX:
        raise record.mistake(f"has a box of {box} pixels, which is too large", line)
    if record.bitmap is None:
        raise record.mistake("has no BITMAP")
    rows = [
        row
        for row in map(str.strip, lines[record.bitmap : record.end])
        if row and not row.startswith("COMMENT")
    ]
    return _unpacked(record, box, rows)


def _unpacked(record: Record, box: Box, rows: list[str]) -> Drawing:
    digits = 2 * -(-box.columns // 8)
    if not HEXADECIMAL.fullmatch("".join(rows)):
        wrong = next(row for row in rows if not HEXADECIMAL.fullmatch(row))
        raise record.mistake(f"has a row {wrong[:40]!r}, which is not of hexadecimal digits")
    is_regular = len(rows) == box.rows and set(map(len, rows)) == {digits}
    bits = bytes.fromhex("".join(rows if is_regular else _fitted(record, box, rows, digits)))
    packed = np.frombuffer(bits, np.uint8).reshape(box.rows, -1)
    is_short = any(len(row) < digits for row in rows[: box.rows])
    pixels = np.unpackbits(packed, axis=1, count=box.columns)
    return Drawing(pixels, box.left, box.top, SHORT_ROWS if is_short else "")


def _fitted(record: Record, box: Box, rows: list[str], digits: int) -> list[str]:
    """The rows cut and filled up to their box. Raises FontError if one is missing, or ink is cut off."""
    beyond = "".join([*rows[box.rows :], *(row[digits:] for row in rows)])
    if len(rows) < box.rows or beyond.strip("0"):
        longest = max(map(len, rows), default=0)
        raise record.mistake(
            f"has {len(rows)} rows of up to {longest} digits; its box of {box} needs {box.rows} of {digits}"
        )
    return [row[:digits].ljust(digits, "0") for row in rows[: box.rows]]
