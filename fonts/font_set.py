"""Characters and their glyphs, ready to be learned."""

import hashlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class FontSet:
    """Characters and their glyphs, all in one cell of `rows` × `columns` pixels."""

    characters: list[str | None]  # None for a glyph that stands for no character
    names: list[str]
    pixels: np.ndarray  # (characters, rows * columns), 0.0…1.0, row by row from the top
    rows: int
    columns: int
    remarks: tuple[str, ...] = ()  # sentences about what was done to read them

    def __len__(self) -> int:
        return len(self.names)

    @property
    def sha256(self) -> str:
        """The content hash of the characters and their pixels."""
        texts = (character or name for character, name in zip(self.characters, self.names, strict=True))
        content = "".join(texts).encode() + self.pixels.astype("<f8").tobytes()
        return hashlib.sha256(content).hexdigest()
