"""How much the numbers of a code really hold: as few bits as draw the same pictures."""

from collections.abc import Callable

import numpy as np

# So many tell apart all that a network sees that computes in single precision.
MOST_BITS = 24


def rounded(codes: np.ndarray, bits: int) -> np.ndarray:
    """Codes `(pictures, latent)`, each number at the nearest of 2^bits evenly spaced levels.

    They reach from the smallest to the largest that the number has in these pictures.
    """
    codes = codes.astype(float)
    low, high = codes.min(axis=0), codes.max(axis=0)
    levels = 2**bits - 1
    spacing = np.where(high > low, high - low, 1) / levels
    return low + np.rint((codes - low) / spacing) * spacing


def least_bits(codes: np.ndarray, drawn_right: Callable[[np.ndarray], int]) -> int | None:
    """With how few bits a number as many pictures are `drawn_right` as from `codes` `(pictures, latent)`.

    None if none is drawn right, or if not even MOST_BITS are enough.
    """
    wanted = drawn_right(codes)
    if wanted == 0:
        return None
    enough = (bits for bits in range(1, MOST_BITS + 1) if drawn_right(rounded(codes, bits)) >= wanted)
    return next(enough, None)
