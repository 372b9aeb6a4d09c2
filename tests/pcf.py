"""Small PCF fonts, written for a test in any of the format's byte orders and paddings."""

import struct
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Layout:
    """How the numbers and the bits of a file lie."""

    bytes_big: bool = False
    bits_big: bool = False
    padding: int = 4  # of a row, in bytes
    unit: int = 1  # of bytes that are swapped together

    @property
    def order(self) -> str:
        """As `struct` writes it."""
        return ">" if self.bytes_big else "<"

    @property
    def format(self) -> int:
        """As the head of a table has it."""
        logarithm = {1: 0, 2: 1, 4: 2, 8: 3}
        return (
            logarithm[self.padding] | self.bytes_big << 2 | self.bits_big << 3 | logarithm[self.unit] << 4
        )


def pcf_bytes(glyphs, layout=Layout(), charset=("ISO8859", "2"), compressed=False) -> bytes:
    """A file of `glyphs`: name, code or None, pixels `(rows, columns)`, left and bottom."""
    order = layout.order
    tables = {
        1: _properties(charset, order),
        4: _metrics(glyphs, order, compressed),
        8: _bitmaps(glyphs, layout),
        32: _encodings(glyphs, order),
        128: _names([name for name, *_ in glyphs], order),
    }
    if charset is None:
        del tables[1]
    head = b"\x01fcp" + struct.pack("<i", len(tables))
    place = len(head) + 16 * len(tables)
    directory, body = b"", b""
    for kind, content in tables.items():
        form = layout.format | (0x100 if kind == 4 and compressed else 0)
        table = struct.pack("<i", form) + content
        table += b"\0" * (-len(table) % 4)
        directory += struct.pack("<4i", kind, form, len(table), place + len(body))
        body += table
    return head + directory + body


def _properties(charset, order):
    texts, entries = b"", b""
    values = charset or ("", "")
    for name, value in zip(("CHARSET_REGISTRY", "CHARSET_ENCODING"), values, strict=True):
        value_at = len(texts) + len(name) + 1
        entries += struct.pack(f"{order}ibi", len(texts), 1, value_at)
        texts += f"{name}\0{value}\0".encode()
    padding = b"\0" * (-2 % 4)
    return struct.pack(f"{order}i", 2) + entries + padding + struct.pack(f"{order}i", len(texts)) + texts


def _metrics(glyphs, order, compressed):
    rows = []
    for _, _, pixels, left, bottom in glyphs:
        height, width = np.shape(pixels)
        rows.append((left, left + width, width, bottom + height, -bottom))
    if compressed:
        return struct.pack(f"{order}H", len(rows)) + bytes(number + 0x80 for row in rows for number in row)
    return struct.pack(f"{order}i", len(rows)) + b"".join(
        struct.pack(f"{order}6h", *row, 0) for row in rows
    )


def _bitmaps(glyphs, layout):
    offsets, data = [], b""
    for _, _, pixels, _, _ in glyphs:
        offsets.append(len(data))
        for row in np.asarray(pixels, bool):
            packed = np.packbits(row, bitorder="big" if layout.bits_big else "little").tobytes()
            packed += b"\0" * (-len(packed) % layout.padding)
            if layout.bytes_big != layout.bits_big:
                units = [packed[at : at + layout.unit] for at in range(0, len(packed), layout.unit)]
                packed = b"".join(unit[::-1] for unit in units)
            data += packed
    sizes = [len(data)] * 4
    return struct.pack(f"{layout.order}i{len(offsets)}i4i", len(offsets), *offsets, *sizes) + data


def _encodings(glyphs, order):
    codes = {code: index for index, (_, code, *_) in enumerate(glyphs) if code is not None}
    lows, highs = [code & 0xFF for code in codes], [code >> 8 for code in codes]
    spans = (min(lows, default=0), max(lows, default=0), min(highs, default=0), max(highs, default=0))
    indices = [
        codes.get(high << 8 | low, 0xFFFF)
        for high in range(spans[2], spans[3] + 1)
        for low in range(spans[0], spans[1] + 1)
    ]
    return struct.pack(f"{order}5h{len(indices)}H", *spans, 0, *indices)


def _names(names, order):
    offsets, texts = [], b""
    for name in names:
        offsets.append(len(texts))
        texts += name.encode("latin-1") + b"\0"
    return struct.pack(f"{order}i{len(names)}ii", len(names), *offsets, len(texts)) + texts
