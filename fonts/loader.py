"""Read BDF fonts of a fixed cell: every glyph becomes a row of 0/1 pixels.

The format is Adobe's "Glyph Bitmap Distribution Format (BDF) Specification", version 2.1. Pillow
reads the glyphs; this module places them in the font's cell and names them.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image
from PIL.BdfFontFile import bdf_char

FOLDER = Path(__file__).parent


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
            raise FontError(f"font_subset_size: got {count}; the font has {len(self)} characters")
        return self._take(list(range(count)))

    def only(self, characters: list[str]) -> "FontSet":
        """Just these characters, in the order given."""
        missing = [character for character in characters if character not in self.characters]
        if missing:
            raise FontError(
                f"characters: {', '.join(map(repr, missing))} not in the font, which has "
                + " ".join(self.names)
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
    fonts = {name: _load(font_path(name)) for name in names}
    cells = {name: (font.rows, font.columns) for name, font in fonts.items()}
    if len(set(cells.values())) > 1:
        sizes = ", ".join(f"{name} {columns}×{rows}" for name, (rows, columns) in cells.items())
        raise FontError(f"font_set: fonts of different cells cannot be joined ({sizes})")
    rows, columns = cells[names[0]]
    return FontSet(
        characters=[character for name in names for character in fonts[name].characters],
        names=_distinct([(label, Path(name).stem) for name in names for label in fonts[name].names]),
        pixels=np.concatenate([fonts[name].pixels for name in names]),
        rows=rows,
        columns=columns,
    )


def font_path(name: str) -> Path:
    """The file of a font given by name or by path. Raises FontError if there is none."""
    shipped = {path.stem: path for path in sorted(FOLDER.glob("*.bdf"))}
    by_case = {stem.casefold(): path for stem, path in shipped.items()}
    path = by_case.get(name.casefold(), Path(name).expanduser())
    if not path.is_file():
        raise FontError(
            f"font_set: no font {name!r}; write one of {', '.join(shipped)} or the path of a .bdf file"
        )
    return path


def _distinct(labels: list[tuple[str, str]]) -> list[str]:
    """Names that occur in several fonts get the font's name as well."""
    counts = Counter(name for name, _ in labels)
    return [f"{name} ({font})" if counts[name] > 1 else name for name, font in labels]


def _load(path: Path) -> FontSet:
    try:
        with path.open("rb") as file:
            cell = _bounding_box(file, path)
            glyphs = dict(_glyphs(file, cell))
    except (OSError, ValueError, KeyError, IndexError) as error:
        if isinstance(error, FontError):
            raise
        raise FontError(f"{path}: not a readable BDF font ({error})") from None
    if not glyphs:
        raise FontError(f"{path}: has no encoded glyph")
    characters = [chr(code) for code in glyphs]
    pixels = np.array(list(glyphs.values()), dtype=float)
    names = [character_name(character) for character in characters]
    return FontSet(characters, names, pixels, cell.rows, cell.columns)


def _bounding_box(file: BinaryIO, path: Path) -> Box:
    if not file.readline().startswith(b"STARTFONT"):
        raise FontError(f"{path}: not a BDF font; such a file begins with STARTFONT")
    for line in file:
        if line.startswith(b"FONTBOUNDINGBOX"):
            return Box(*map(int, line.split()[1:5]))
    raise FontError(f"{path}: names no FONTBOUNDINGBOX")


def _glyphs(file: BinaryIO, cell: Box):
    """Yield `(code point, pixels)` of every encoded glyph; pixels outside the cell are an error."""
    while (glyph := bdf_char(file)) is not None:
        name, code, (_, box, _), bitmap = glyph
        if code < 0:
            continue
        # Pillow's box counts rows downwards from the baseline; the cell's top lies above it.
        left, top = box[0] - cell.x, box[1] + cell.rows + cell.y
        if left < 0 or top < 0 or left + bitmap.width > cell.columns or top + bitmap.height > cell.rows:
            raise FontError(f"glyph {name} does not fit the font's bounding box")
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
