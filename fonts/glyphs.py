"""What every kind of font is read as: glyphs with a name, a code and a drawing.

Coordinates are those of BDF: pixels to the right of and above a glyph's origin, which lies on the baseline.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Box:
    """A rectangle: columns from `left` up to `right`, rows from `bottom` up to `top`, ends excluded."""

    left: int
    bottom: int
    right: int
    top: int

    @property
    def columns(self) -> int:
        """Its width in pixels."""
        return self.right - self.left

    @property
    def rows(self) -> int:
        """Its height in pixels."""
        return self.top - self.bottom

    def __str__(self) -> str:
        return f"{self.columns}×{self.rows}"

    def __or__(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def __contains__(self, other: "Box") -> bool:
        return self | other == self


@dataclass(frozen=True)
class Drawing:
    """The pixels of a glyph `(rows, columns)`, 0…1, from the top, and where their upper left corner is."""

    pixels: np.ndarray
    left: int
    top: int
    remark: str = ""  # what was done to draw it, in words that follow "glyphs:"

    @property
    def box(self) -> Box:
        """Where the pixels lie."""
        rows, columns = self.pixels.shape
        return Box(self.left, self.top - rows, self.left + columns, self.top)

    def trimmed(self) -> "Drawing":
        """The same without blank margins."""
        rows, columns = (np.flatnonzero(self.pixels.any(axis=axis)) for axis in (1, 0))
        if not rows.size:
            return Drawing(np.zeros((0, 0)), 0, 0, self.remark)
        pixels = self.pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        return Drawing(pixels, self.left + int(columns[0]), self.top - int(rows[0]), self.remark)


@dataclass(frozen=True)
class Glyph:
    """A glyph as its font has it; it is not drawn before it is asked for."""

    name: str  # what the font calls it; may be empty
    code: int | None  # in the character set of the font
    draw: Callable[[], Drawing]  # raises FontError if its pixels are damaged
    place: str = ""  # where it stands in its file: `line 12`
    own_code: bool = False  # whether the code is said to be of no standard encoding


@dataclass(frozen=True)
class Typeface:
    """A font as it was read, of whatever kind."""

    glyphs: Sequence[Glyph]
    charset: str | None  # what the codes are of: `ISO8859-2`; None where the font does not say
    box: Box | None = None  # the cell that the font states
    remarks: list[str] = field(default_factory=list)
    usual: Sequence[int] | None = None  # the codes that are meant if nobody asks for others; None for all
