"""Character sets: from the code of a glyph to the character it stands for.

X names a set by a registry and an encoding, `ISO8859-2`; Python's codecs know most of them by other names.
"""

import re
from collections.abc import Callable

Decoder = Callable[[int], str | None]

# Sets with a code of one byte, and Python's codec for it.
ONE_BYTE = (
    (r"iso-?8859-(\d+)", "iso8859_{}"),
    (r"koi8-([rut])", "koi8_{}"),
    (r"(?:(?:ibm|dos|ms|msdos|microsoft|windows)-?)?(?:cp-?)?(\d{3,4})(?:-\d)?", "cp{}"),
    (r"(?:us-?)?ascii(?:-\d)?|iso-?646.*-irv", "ascii"),
    (r"tis-?620.*", "tis_620"),
    (r"jisx0201.*", "shift_jis_2004"),  # which has ¥ and ‾ in the places of \ and ~
    (r"(?:mac|apple|macintosh)-(roman|cyrillic|greek|turkish)", "mac_{}"),
    (r"macintosh(?:-\d)?", "mac_roman"),
    (r"(?:hp-)?roman-?8", "hp_roman8"),
    (r"paratype-pt154", "ptcp154"),
    (r"ukrainian-ruscii", "cp1125"),
)
# Sets with a code of two bytes: the codec, what it wants before them, and the bits that it wants set.
TWO_BYTES = (
    (r"jisx0208.*|jisc6226.*", "euc_jp", b"", 0x8080),
    (r"jisx0212.*", "euc_jp", b"\x8f", 0x8080),
    (r"jisx0213.*-1", "euc_jis_2004", b"", 0x8080),
    (r"jisx0213.*-2", "euc_jis_2004", b"\x8f", 0x8080),
    (r"(?:ksc5601|ksx1001).*-3", "johab", b"", 0),
    (r"(?:ksc5601|ksx1001).*", "euc_kr", b"", 0x8080),
    (r"gb2312.*", "gb2312", b"", 0x8080),
    (r"gbk.*", "gbk", b"", 0),
    (r"gb18030.*-0", "gb18030", b"", 0),
    (r"big5-?hkscs.*", "big5hkscs", b"", 0),
    (r"big5.*", "cp950", b"", 0),
)
UNICODE = r"(?:iso-?10646|unicode).*"
# What a PC draws for the codes of control characters, which its codecs leave alone.
PC_CODEC = re.compile(r"cp(?:437|7\d\d|8\d\d|1125)")
PC_GRAPHICS = dict(enumerate("☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼", start=1)) | {0x7F: "⌂"}


def decoder(charset: str) -> Decoder | None:
    """The meaning of the codes of a set; None for one of a font's own, or an unknown one."""
    name = charset.casefold()
    if re.fullmatch(UNICODE, name):
        return unicode_character
    for pattern, codec, before, bits in TWO_BYTES:
        if re.fullmatch(pattern, name):
            return lambda code: _decoded(codec, before, code | bits)
    for pattern, template in ONE_BYTE:
        if found := re.fullmatch(pattern, name):
            codec = template.format(*found.groups())
            graphics = PC_GRAPHICS if PC_CODEC.fullmatch(codec) else {}
            return _of_one_byte(codec, graphics) if _is_known(codec) else None
    return None


def unicode_character(code: int) -> str | None:
    """The character of a code point; None for half a surrogate pair and for what lies beyond Unicode."""
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else None


def _is_known(codec: str) -> bool:
    try:
        b"A".decode(codec)
    except LookupError:
        return False
    return True


def _of_one_byte(codec: str, graphics: dict[int, str]) -> Decoder:
    """A code of two bytes in such a set can only be a code point of Unicode, as some fonts have it."""

    def decode(code: int) -> str | None:
        if code >= 0x100:
            return unicode_character(code)
        return graphics.get(code) or _decoded(codec, b"", code)

    return decode


def _decoded(codec: str, before: bytes, code: int) -> str | None:
    """The character of a code of one or two bytes, which may be two code points; None if there is none."""
    size = 1 if code < 0x100 else 2
    try:
        return (before + code.to_bytes(size, "big")).decode(codec)
    except (UnicodeDecodeError, OverflowError):
        return None
