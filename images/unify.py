"""Make one array of grey levels of pictures that were stored in different sizes and types."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from images.levels import WHITE, Scale, ground_in_words, ground_of, rounded, scales_of
from images.picture import Stored
from images.sizing import fit, padded


@dataclass(frozen=True)
class Fitted:
    """A picture in its new size, but still with the values of its own type.

    Where it has opacity, `values` are weighted by that: so both can be averaged.
    """

    kind: np.dtype
    lowest: float
    highest: float
    values: np.ndarray  # (rows, columns), uint8 or float32
    opacity: np.ndarray | None  # (rows, columns), float32 in 0…1

    @classmethod
    def of(cls, stored: Stored, size: tuple[int, int]) -> "Fitted":
        """Bring a picture to a size, as near as its aspect allows. Raises ValueError for NaN in it."""
        values, opacity = stored.values, stored.opacity
        lowest, highest = values.min().item(), values.max().item()
        if not (isfinite(lowest) and isfinite(highest)):
            raise ValueError("a pixel of it is no finite number")
        if opacity is not None:
            opacity = opacity / np.float32(WHITE)
            values, opacity = fit(values * opacity, size), fit(opacity, size)
        elif values.dtype == np.uint8 and highest > 1:
            values = fit(values, size)
        else:
            values = fit(values.astype(np.float32), size)
        return cls(stored.values.dtype, lowest, highest, values, opacity)


def grey_levels(pictures: Sequence[Fitted], size: tuple[int, int]) -> tuple[np.ndarray, list[str]]:
    """Images `(pictures, rows, columns)`, uint8, and what had to be decided about their values.

    What is black and white is decided for all pictures of one type together, and so is what transparent
    parts become.
    """
    scales = scales_of((picture.kind, picture.lowest, picture.highest) for picture in pictures)
    remarks = [scale.remark for scale in scales.values() if scale.remark]
    visible = opacity = 0.0
    for picture in pictures:
        if picture.opacity is not None:
            visible += float(scales[picture.kind].exact(picture.values).sum())
            opacity += float(picture.opacity.sum())
    ground = ground_of(visible, opacity)
    if any(picture.opacity is not None for picture in pictures):
        remarks.append(ground_in_words(ground))
    levels = [_levels(picture, scales[picture.kind], ground) for picture in pictures]
    return padded(levels, size), remarks


def _levels(picture: Fitted, scale: Scale, ground: int) -> np.ndarray:
    if picture.opacity is None:
        return scale.levels(picture.values)
    return rounded(scale.exact(picture.values) + ground * (1 - picture.opacity))
