"""Read PCF, the "portable compiled format" that X makes of BDF, in all its byte orders and paddings.

A file is a directory of tables; each begins with a number whose bits say how the rest is laid out.
"""

import struct
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from fonts.errors import FontError
from fonts.glyphs import Box, Drawing, Glyph, Typeface

MAGIC = b"\x01fcp"
PROPERTIES, METRICS, BITMAPS, ENCODINGS, NAMES = 1, 4, 8, 32, 128
BIG_ENDIAN, MOST_SIGNIFICANT_BIT_FIRST, COMPRESSED_METRICS = 1 << 2, 1 << 3, 1 << 8
NO_GLYPH = 0xFFFF


@dataclass
class Table:
    """One table, read from front to back."""

    data: bytes
    place: int = 0

    def __post_init__(self):
        self.format = int(self.numbers("<i4", 1)[0])
        self.order = ">" if self.format & BIG_ENDIAN else "<"

    def numbers(self, kind: str, count: int) -> np.ndarray:
        """The next `count` numbers; without a byte order in `kind`, in that of the table."""
        kind = kind if kind[0] in "<>" else self.order + kind
        numbers = np.frombuffer(self.data, kind, count, self.place)
        self.place += numbers.nbytes
        return numbers

    def number(self, kind: str = "i4") -> int:
        """The next one."""
        return int(self.numbers(kind, 1)[0])

    def rest(self) -> bytes:
        """All that is left."""
        return self.data[self.place :]


@dataclass(frozen=True)
class Bitmaps:
    """The packed rows of all glyphs."""

    packed: "np.ndarray[Any, np.dtype[np.uint8]]"
    offsets: np.ndarray
    padding: int  # of a row, in bytes
    bit_order: Literal["big", "little"]

    def drawing(self, index: int, metrics: np.ndarray) -> Drawing:
        """A glyph by its number, and its left, right, width, ascent and descent."""
        left, right, _, ascent, descent = map(int, metrics)
        columns, rows = right - left, ascent + descent
        if columns <= 0 or rows <= 0:
            return Drawing(np.zeros((0, 0), np.uint8), 0, 0)
        stride = -(-columns // (8 * self.padding)) * self.padding
        start = int(self.offsets[index])
        packed = self.packed[start : start + stride * rows]
        if start < 0 or packed.size < stride * rows:
            raise FontError(f"the pixels of glyph {index} lie beyond the end of their table")
        bits = np.unpackbits(packed.reshape(rows, stride), axis=1, count=columns, bitorder=self.bit_order)
        return Drawing(bits, left, ascent)


def read_pcf(data: bytes) -> Typeface:
    """The font in the bytes of a file. Raises FontError if its tables are missing or damaged."""
    try:
        return _typeface(_tables(data))
    except FontError:
        raise
    except (ValueError, IndexError, struct.error) as error:
        raise FontError(f"is a damaged PCF font ({error})") from None


def _typeface(tables: dict[int, Table]) -> Typeface:
    if not {METRICS, BITMAPS, ENCODINGS} <= set(tables):
        raise ValueError("a table of metrics, bitmaps or codes is missing")
    metrics, bitmaps, codes = (
        _metrics(tables[METRICS]),
        _bitmaps(tables[BITMAPS]),
        _codes(tables[ENCODINGS]),
    )
    names = _names(tables[NAMES]) if NAMES in tables else [""] * len(metrics)
    if len({len(metrics), len(bitmaps.offsets), len(names)}) > 1 or max(codes, default=0) >= len(metrics):
        raise ValueError("its tables are of different lengths")
    glyphs = [
        Glyph(names[index], code, partial(bitmaps.drawing, index, metrics[index]), f"glyph {index}")
        for index in range(len(metrics))
        for code in codes.get(index, [None])
    ]
    charset = _charset(tables[PROPERTIES]) if PROPERTIES in tables else None
    return Typeface(glyphs, charset, _outermost(metrics))


def _tables(data: bytes) -> dict[int, Table]:
    (count,) = struct.unpack_from("<i", data, len(MAGIC))
    entries = [struct.unpack_from("<4i", data, 8 + 16 * entry) for entry in range(count)]
    return {kind: Table(data[offset : offset + size]) for kind, _, size, offset in entries}


def _metrics(table: Table) -> np.ndarray:
    """Left, right, width, ascent and descent of every glyph, `(glyphs, 5)`."""
    if table.format & COMPRESSED_METRICS:
        count = table.number("u2")
        return table.numbers("u1", 5 * count).reshape(count, 5).astype(int) - 0x80
    count = table.number()
    return table.numbers("i2", 6 * count).reshape(count, 6)[:, :5].astype(int)


def _bitmaps(table: Table) -> Bitmaps:
    offsets = table.numbers("i4", table.number())
    table.numbers("i4", 4)  # the sizes that the data would have at each padding
    packed = np.frombuffer(table.rest(), np.uint8)
    bit_order: Literal["big", "little"] = "big" if table.format & MOST_SIGNIFICANT_BIT_FIRST else "little"
    unit = 1 << (table.format >> 4 & 3)
    if bit_order != ("big" if table.order == ">" else "little"):
        whole = packed.size // unit * unit
        packed = packed[:whole].reshape(-1, unit)[:, ::-1].ravel()
    return Bitmaps(packed, offsets, 1 << (table.format & 3), bit_order)


def _codes(table: Table) -> dict[int, list[int | None]]:
    """The codes of every glyph that has some."""
    first_low, last_low, first_high, last_high, _ = map(int, table.numbers("i2", 5))
    highs, lows = range(first_high, last_high + 1), range(first_low, last_low + 1)
    indices = table.numbers("u2", len(highs) * len(lows))
    codes: dict[int, list[int | None]] = {}
    for place in np.flatnonzero(indices != NO_GLYPH).tolist():
        high, low = divmod(place, len(lows))
        codes.setdefault(int(indices[place]), []).append(highs[high] << 8 | lows[low])
    return codes


def _names(table: Table) -> list[str]:
    offsets = table.numbers("i4", table.number())
    table.number()  # the size of what follows
    text = table.rest()
    return [_text(text, offset) for offset in offsets.tolist()]


def _charset(table: Table) -> str | None:
    count = table.number()
    entries = [(table.number(), table.number("u1"), table.number()) for _ in range(count)]
    table.numbers("u1", -count % 4)  # entries of nine bytes end at a multiple of four
    table.number()
    text = table.rest()
    values = {_text(text, name): _text(text, value) for name, is_text, value in entries if is_text}
    registry = values.get("CHARSET_REGISTRY", "")
    return f"{registry}-{values.get('CHARSET_ENCODING', '')}" if registry else None


def _text(data: bytes, offset: int) -> str:
    return data[offset : data.index(b"\0", offset)].decode("latin-1")


def _outermost(metrics: np.ndarray) -> Box | None:
    """The box around the boxes of all glyphs, which is what is left of a BDF font's cell."""
    left, right, _, ascent, descent = metrics.T
    drawn = (right > left) & (ascent + descent > 0)
    if not drawn.any():
        return None
    lowest, highest = metrics[drawn].min(axis=0).tolist(), metrics[drawn].max(axis=0).tolist()
    return Box(lowest[0], -highest[4], highest[1], highest[3])
