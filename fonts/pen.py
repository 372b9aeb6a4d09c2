"""Draw the glyphs of an outline font through Pillow, which does so through FreeType."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from fonts.glyphs import Drawing

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

BLACK_AND_WHITE, GREY = "1", "L"  # as Pillow calls them
LOW_LINE = "_"


@dataclass(frozen=True)
class Pen:
    """A font at a size, and how its glyphs are drawn."""

    font: "FreeTypeFont"
    mode: str
    has_low_line: bool

    def drawing(self, character: str) -> Drawing:
        """The glyph of a character."""
        pixels, left, top = self._drawn(character)
        if self.mode == BLACK_AND_WHITE and self.has_low_line and pixels.any():
            left, top = self._measured(character)
        return Drawing(pixels, left, top)

    def _drawn(self, text: str) -> tuple[np.ndarray, int, int]:
        """The pixels of a text, 0…1, and where Pillow says that their upper left corner lies."""
        from PIL import Image, ImageDraw

        left, top, right, bottom = map(int, self.font.getbbox(text, self.mode, anchor="ls"))
        image = Image.new("L", (right - left, bottom - top))
        draw = ImageDraw.Draw(image)
        draw.fontmode = self.mode
        draw.text((-left, -top), text, 255, self.font, "ls")
        return np.asarray(image) / 255, left, -top

    def _measured(self, character: str) -> tuple[int, int]:
        """Where the pixels of a hinted glyph really begin, but for a shift of all glyphs alike.

        Pillow says where the outline ends, which can be a pixel beyond the bitmap. In a line with some low
        lines everything is moved alike, so that the last of these tells by how much.
        """
        line = character + 4 * LOW_LINE
        start = round(self._length(line) - self._length(LOW_LINE))
        (column, row), (moved_column, moved_row) = self._low_line, _last_ink(self._drawn(line)[0])
        return start + column - moved_column, moved_row - row

    @cached_property
    def _low_line(self) -> tuple[int, int]:
        return _last_ink(self._drawn(LOW_LINE)[0])

    def _length(self, text: str) -> float:
        return self.font.getlength(text, self.mode)


def _last_ink(pixels: np.ndarray) -> tuple[int, int]:
    """The last column with ink, and its first row with ink."""
    column = int(np.flatnonzero(pixels.any(axis=0))[-1])
    return column, int(np.flatnonzero(pixels[:, column])[0])
