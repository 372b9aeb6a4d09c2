"""Which of the values that were stored are black and white: by their type, and by all pictures of a set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from images.errors import DataError

BLACK, WHITE = 0, 255
# What numbers whose type says nothing may reach from and to, the narrowest first.
RANGES_OF_FLOATS = ((0, 1), (-1, 1), (0, 255))
BITS = (8, 10, 12, 16)
ROUNDING = 1e-3  # by so much floats may exceed their range
# Levels between the darkest and the lightest pixel of a set, of which it is all but of one grey.
LEAST_SPREAD = 16
# Where what is visible on transparent ground is at least so light on the whole, it is white ink.
WHITE_INK = 230


@dataclass(frozen=True)
class Scale:
    """The stored values of black and of white, and how they were found, in words."""

    black: float
    white: float
    remark: str = ""

    def levels(self, values: np.ndarray) -> np.ndarray:
        """Stored values as grey levels 0…255, uint8; what exceeds the range a little is cut off."""
        if values.dtype == np.uint8 and self.white == WHITE:
            return values
        return rounded(self.exact(values))

    def exact(self, values: np.ndarray) -> np.ndarray:
        """The same, float32, neither rounded nor cut off."""
        return (values.astype(np.float32) - self.black) * (WHITE / (self.white - self.black))


def rounded(levels: np.ndarray) -> np.ndarray:
    """The nearest grey levels, uint8."""
    return np.rint(levels).clip(BLACK, WHITE).astype(np.uint8)


def scale_of(kind: np.dtype, lowest: float, highest: float) -> Scale:
    """The scale of numbers of one type, of which a whole set has these extremes."""
    if kind == np.uint8 and highest != 1:
        return Scale(BLACK, WHITE)
    if kind.kind == "b" or (kind.kind in "iu" and lowest >= 0 and highest == 1):
        return Scale(0, 1, "values 0 and 1: taken as black and white")
    black, white, bits = _range(kind, lowest, highest)
    found = f"{kind} from {lowest:g} to {highest:g}"
    return Scale(black, white, f"{found}: {black:g} is taken as black, {white:g} as white{bits}")


def scales_of(extremes: Iterable[tuple[np.dtype, float, float]]) -> dict[np.dtype, Scale]:
    """The scale of each type that occurs in a set, given the types and the extremes of its pictures."""
    ends: dict[np.dtype, tuple[float, float]] = {}
    for kind, lowest, highest in extremes:
        so_far = ends.get(kind, (lowest, highest))
        ends[kind] = min(so_far[0], lowest), max(so_far[1], highest)
    return {kind: scale_of(kind, *end) for kind, end in ends.items()}


def _range(kind: np.dtype, lowest: float, highest: float) -> tuple[float, float, str]:
    """Black, white, and the number of bits in words."""
    if kind.kind == "f":
        for black, white in RANGES_OF_FLOATS:
            if black - ROUNDING <= lowest and highest <= white + ROUNDING:
                return black, white, ""
    elif lowest >= 0:
        for bits in BITS:
            if highest < 2**bits:
                return 0, 2**bits - 1, f" ({bits} bits)"
    # No range that is usual: that of the set itself.
    darkest = min(lowest, 0)
    return darkest, highest if highest > darkest else darkest + 1, ""


def luminance(colours: np.ndarray) -> np.ndarray:
    """Grey levels of colours `(…, 3)`, uint8: ITU-R BT.601 in the integers that Pillow has for pictures."""
    red, green, blue = (colours[..., colour].astype(np.uint32) for colour in range(3))
    return ((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16).astype(np.uint8)


def ground_of(visible: float, opacity: float) -> int:
    """What transparent parts of a set become: white, like paper, or black behind white ink.

    `visible` is the sum of all grey levels, each times its opacity, and `opacity` the sum of those.
    """
    return BLACK if opacity and visible / opacity >= WHITE_INK else WHITE


def ground_in_words(ground: int) -> str:
    """A remark on what transparent parts have become."""
    return f"what is transparent became {'white' if ground == WHITE else 'black: what is visible is white'}"


def check_contrast(images: Sequence[np.ndarray], where: str, remarks: Iterable[str]) -> None:
    """Raise DataError for images that are all of one grey or colour, or all the same.

    They are `(images, rows, columns)` or in colour `(…, 3)`, uint8, by part. `where` and `remarks` say how
    they were read.
    """
    lowest, highest = _extremes(images)
    rows, columns = images[0].shape[1:3]
    read = f"{where}{sum(map(len, images)):,} images of {columns}×{rows} pixels"
    so_far = "".join(f"; {remark}" for remark in remarks)
    if highest - lowest <= LEAST_SPREAD:
        one = "one grey" if images[0].ndim == 3 else "one colour"
        grey = {BLACK: "black", WHITE: "white"}.get(lowest if lowest == BLACK else highest, one)
        raise DataError(
            f"{read} were read, all but {grey}: levels {lowest}…{highest} of 255{so_far};"
            " save them with values from 0 for black to 255 for white"
        )
    first = images[0][0]
    if all((part == first).all() for part in images):
        raise DataError(f"{read} were read, all the same picture{so_far}; there is nothing to learn")


def _extremes(images: Sequence[np.ndarray]) -> tuple[int, int]:
    """The lowest and the highest level of a set, in colour those of the channel that differs most."""
    by_channel = [part.reshape(-1, *part.shape[3:]) for part in images]
    lowest = np.min([part.min(axis=0) for part in by_channel], axis=0).astype(int)
    highest = np.max([part.max(axis=0) for part in by_channel], axis=0).astype(int)
    most = np.argmax(highest - lowest)
    return int(lowest.flat[most]), int(highest.flat[most])
