"""What a font is when it is ready to be learned."""

from dataclasses import replace

import numpy as np

from fonts import FontSet

FONT = FontSet(["A", None], ["A", "glyph arrow"], np.eye(2), rows=1, columns=2)


def test_it_has_a_length_and_may_have_remarks():
    assert len(FONT) == 2
    assert FONT.remarks == ()


def test_the_hash_is_of_characters_and_pixels():
    others = [
        replace(FONT, pixels=FONT.pixels[::-1]),
        replace(FONT, pixels=FONT.pixels * 0.5),
        replace(FONT, characters=["B", None]),
        replace(FONT, names=["A", "glyph line"]),
    ]
    assert len({FONT.sha256, *(other.sha256 for other in others)}) == 5
    assert replace(FONT, pixels=FONT.pixels.copy(), remarks=("said",)).sha256 == FONT.sha256
