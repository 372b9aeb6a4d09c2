"""Read BDF fonts of a fixed cell: every glyph becomes a row of 0/1 pixels.

The format is Adobe's "Glyph Bitmap Distribution Format (BDF) Specification", version 2.1. Pillow
reads the glyphs; this module places them in the font's cell and names them.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image
from PIL.BdfFontFile import bdf_char

FOLDER = Path(__file__).parent
LARGEST_CELL = 256
HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]+")
BITMAPS = re.compile(
    rb"^BBX\s+(\d{1,9})\s+(\d{1,9})\s.*?^BITMAP\s*$(.*?)^ENDCHAR", re.DOTALL | re.MULTILINE
)


class FontError(ValueError):
    """A font that cannot be found, read, joined or cut as asked; the message says how to mend it."""


@dataclass(frozen=True)
class Box:
    """A BDF bounding box: size in pixels and the offset of its lower left corner from the origin."""

    columns: int
    rows: int
    x: int
    y: int


@dataclass(frozen=True)
class FontSet:
    """Characters and their glyphs, all of one cell of `rows` × `columns` pixels."""

    characters: list[str]
    names: list[str]
    pixels: np.ndarray  # (characters, rows * columns), 0.0 or 1.0, row by row from the top
    rows: int
    columns: int

    def __len__(self) -> int:
        return len(self.characters)

    @property
    def sha256(self) -> str:
        """The content hash of the characters and their pixels."""
        content = "".join(self.characters).encode() + self.pixels.astype("<f8").tobytes()
        return hashlib.sha256(content).hexdigest()

    @property
    def labels(self) -> list[str]:
        """The names as a picture shows them, where a digit needs no word."""
        return [name.removeprefix("digit ") for name in self.names]

    def first(self, count: int) -> "FontSet":
        """The first `count` characters."""
        if count > len(self):
            raise FontError(f"got {count}; the font has {len(self)} characters")
        return self._take(list(range(count)))

    def only(self, characters: list[str]) -> "FontSet":
        """Just these characters, in the order given."""
        missing = [character for character in characters if character not in self.characters]
        if missing:
            raise FontError(
                f"{', '.join(map(repr, missing))} not in the font, which has " + " ".join(self.names)
            )
        return self._take(
            [i for character in characters for i, c in enumerate(self.characters) if c == character]
        )

    def _take(self, indices: list[int]) -> "FontSet":
        return replace(
            self,
            characters=[self.characters[i] for i in indices],
            names=[self.names[i] for i in indices],
            pixels=self.pixels[indices],
        )


def load_fonts(names: list[str]) -> FontSet:
    """Load and join fonts: each the name of a `.bdf` file of this folder, or the path of any other.

    Raises FontError if one is not found, is not a BDF font, or has another cell than the first.
    """
    if len(set(names)) < len(names):
        raise FontError(f"names a font twice ({', '.join(names)})")
    fonts = [_load(font_path(name)) for name in names]
    cells = [f"{font.columns}×{font.rows}" for font in fonts]
    if len(set(cells)) > 1:
        sizes = ", ".join(map(" ".join, zip(names, cells, strict=True)))
        raise FontError(f"fonts of different cells cannot be joined ({sizes})")
    return FontSet(
        characters=[character for font in fonts for character in font.characters],
        names=_distinct({name: font.names for name, font in zip(names, fonts, strict=True)}),
        pixels=np.concatenate([font.pixels for font in fonts]),
        rows=fonts[0].rows,
        columns=fonts[0].columns,
    )


def font_path(name: str) -> Path:
    """The file of a font given by name or by path. Raises FontError if there is none."""
    shipped = {path.stem.casefold(): path for path in sorted(FOLDER.glob("*.bdf"))}
    try:
        path = shipped.get(name.casefold()) or Path(name).expanduser()
        found = path.is_file()
    except (OSError, RuntimeError, ValueError):  # no name that a file can have, no such user
        found = False
    if not found:
        raise FontError(
            f"no font {name[:80]!r}; write one of {', '.join(shipped)} or the path of a .bdf file"
        )
    return path


def _distinct(names: dict[str, list[str]]) -> list[str]:
    """The character names of several fonts; those that occur twice get the font's name as well."""
    counts = Counter(name for font_names in names.values() for name in font_names)
    stems = [Path(font).stem for font in names]
    labels = stems if len(set(stems)) == len(stems) else list(names)
    return [
        f"{name} ({label})" if counts[name] > 1 else name
        for label, font_names in zip(labels, names.values(), strict=True)
        for name in font_names
    ]


def _load(path: Path) -> FontSet:
    try:
        # BDF allows a second number behind the -1 of a glyph without code point; Pillow does not.
        data = re.sub(rb"(?m)^ENCODING -1 .*$", b"ENCODING -1", path.read_bytes())
        _check_bitmaps(data)
        return _parse(BytesIO(data))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise FontError(f"{path}: not a readable BDF font ({error})") from None


def _check_bitmaps(data: bytes) -> None:
    """Raise ValueError for what some versions of Pillow draw as a blank, or not before an hour has gone."""
    for columns, rows, bitmap in BITMAPS.findall(data):
        digits = 2 * -(-int(columns) // 8)
        if max(int(columns), int(rows)) > LARGEST_CELL:
            raise ValueError(f"a glyph of {int(columns)}×{int(rows)} pixels is too large")
        lines = bitmap.split()
        if len(lines) != int(rows) or any(not re.fullmatch(HEXADECIMAL, line) for line in lines):
            raise ValueError(f"a bitmap is not {int(rows)} lines of hexadecimal digits")
        if any(len(line) != digits for line in lines):
            raise ValueError(f"a line of a bitmap has not the {digits} digits of {int(columns)} pixels")


def _parse(file: BinaryIO) -> FontSet:
    cell = _bounding_box(file)
    glyphs = dict(_glyphs(file, cell))
    if not glyphs:
        raise ValueError("it has no encoded glyph")
    characters = [chr(code) for code in glyphs]
    pixels = np.array(list(glyphs.values()), dtype=float)
    names = [character_name(character) for character in characters]
    return FontSet(characters, names, pixels, cell.rows, cell.columns)


def _bounding_box(file: BinaryIO) -> Box:
    if not file.readline().startswith(b"STARTFONT"):
        raise ValueError("such a file begins with STARTFONT")
    for line in file:
        if line.startswith(b"FONTBOUNDINGBOX"):
            cell = Box(*map(int, line.split()[1:5]))
            if not (1 <= cell.columns <= LARGEST_CELL and 1 <= cell.rows <= LARGEST_CELL):
                raise ValueError(
                    f"its cell of {cell.columns}×{cell.rows} is not 1…{LARGEST_CELL} wide and high"
                )
            return cell
    raise ValueError("it names no FONTBOUNDINGBOX")


def _glyphs(file: BinaryIO, cell: Box) -> Iterator[tuple[int, np.ndarray]]:
    """Yield `(code point, pixels)` of every encoded glyph; pixels outside the cell are an error."""
    while (glyph := bdf_char(file)) is not None:
        name, code, (_, box, _), bitmap = glyph
        if code < 0:
            continue
        if 0xD800 <= code <= 0xDFFF:
            raise ValueError(f"glyph {name} encodes half a surrogate pair, which is no character")
        # Pillow's box counts rows downwards from the baseline; the cell's top lies above it.
        left, top = box[0] - cell.x, box[1] + cell.rows + cell.y
        if left < 0 or top < 0 or left + bitmap.width > cell.columns or top + bitmap.height > cell.rows:
            raise ValueError(f"glyph {name} does not fit the font's bounding box")
        image = Image.new("1", (cell.columns, cell.rows))
        image.paste(bitmap, (left, top))
        yield code, np.asarray(image).ravel()


def character_name(character: str) -> str:
    """A name that survives in a table: a word for digits and for what cannot be seen.

    Readers that guess types, ObservableHQ's among them, turn "0" into a number and " " into nothing.
    """
    words = {" ": "space", "\x7f": "DEL"}
    if character in words:
        return words[character]
    if character.isdigit():
        return f"digit {character}"
    return character if character.isprintable() else f"U+{ord(character):04X}"
