"""Make one array of levels of pictures that were stored in different sizes and types."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from images.formats.picture import Stored
from images.pixels.colors import Wanted, colorful, in_color, with_channels
from images.pixels.levels import WHITE, Scale, ground_in_words, ground_of, rounded, scales_of
from images.pixels.sizing import fit, padded


@dataclass(frozen=True)
class Fitted:
    """A picture in its new size, but still with the values of its own type.

    Where it has opacity, `values` are weighted by that: so both can be averaged.
    """

    kind: np.dtype
    lowest: float
    highest: float
    values: np.ndarray  # (rows, columns), or of colours (rows, columns, 3), uint8 or float32
    opacity: np.ndarray | None  # of the same axes, the last may be 1; float32 in 0…1
    colors: "Fitted | None" = None  # the same in colour, where it shows some

    @classmethod
    def of(cls, stored: Stored, size: tuple[int, int]) -> "Fitted":
        """Bring a picture to a size, as near as its aspect allows. Raises ValueError for NaN in it."""
        values, opacity = stored.values, stored.opacity
        lowest, highest = values.min().item(), values.max().item()
        if not (isfinite(lowest) and isfinite(highest)):
            raise ValueError("a pixel of it is no finite number")
        if opacity is not None:
            opacity = opacity / np.float32(WHITE)
            opacity = opacity[..., None] if values.ndim == 3 else opacity
            values, opacity = fit(values * opacity, size), fit(opacity, size)
        elif values.dtype == np.uint8 and highest > 1:
            values = fit(values, size)
        else:
            values = fit(values.astype(np.float32), size)
        colors = None if stored.colors is None else cls.of(Stored(stored.colors, stored.opacity), size)
        return cls(stored.values.dtype, lowest, highest, values, opacity, colors)


def levels_of(
    pictures: Sequence[Fitted], size: tuple[int, int], wanted: Wanted = "grey"
) -> tuple[np.ndarray, list[str]]:
    """Images `(pictures, rows, columns)`, uint8, or of colours `(…, 3)`, and what had to be decided.

    What is black and white is decided for all pictures of one type together, what transparent parts
    become, and whether there are colours, for the whole set.
    """
    in_grey, in_colors = _scales(pictures), _scales([picture.colors or picture for picture in pictures])
    ground = _ground(pictures, in_grey)
    is_color, on_colors = in_color(wanted, _share(pictures, in_colors))
    chosen = [picture.colors or picture for picture in pictures] if is_color else pictures
    scales = in_colors if is_color else in_grey
    levels = [_levels(picture, scales[picture.kind], ground) for picture in chosen]
    if is_color:
        levels = [each if each.ndim == 3 else with_channels(each) for each in levels]
    has_ground = any(picture.opacity is not None for picture in pictures)
    remarks = [scale.remark for scale in scales.values() if scale.remark]
    return padded(levels, size), [*remarks, *[ground_in_words(ground)] * has_ground, *on_colors]


def _scales(pictures: Sequence[Fitted]) -> dict[np.dtype, Scale]:
    return scales_of((picture.kind, picture.lowest, picture.highest) for picture in pictures)


def _ground(pictures: Sequence[Fitted], scales: dict[np.dtype, Scale]) -> int:
    """What transparent parts become, by the grey levels of what is visible."""
    visible = opacity = 0.0
    for picture in pictures:
        if picture.opacity is not None:
            visible += float(scales[picture.kind].exact(picture.values).sum())
            opacity += float(picture.opacity.sum())
    return ground_of(visible, opacity)


def _share(pictures: Sequence[Fitted], scales: dict[np.dtype, Scale]) -> float:
    """The share of all pixels that show a colour; what is transparent shows less or none."""
    colors = [picture.colors for picture in pictures if picture.colors is not None]
    return sum(colorful(scales[each.kind].exact(each.values)) for each in colors) / len(pictures)


def _levels(picture: Fitted, scale: Scale, ground: int) -> np.ndarray:
    if picture.opacity is None:
        return scale.levels(picture.values)
    return rounded(scale.exact(picture.values) + ground * (1 - picture.opacity))
