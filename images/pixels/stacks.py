"""Arrays of images, of any type and with or without colours, as levels of grey or of three channels."""

from collections.abc import Iterator

import numpy as np

from images.errors import DataError
from images.pixels.colors import Wanted, colorful, in_color, with_channels
from images.pixels.levels import WHITE, Scale, ground_in_words, ground_of, luminance, rounded, scales_of

BLOCK = 1000  # images at a time, so that what is computed on the way needs little memory
CHANNELS = (1, 2, 3, 4)  # grey and colours, without and with opacity
FORMS = "(images, rows, columns), or with 1 to 4 channels behind or before rows and columns"


def level_stacks(
    arrays: dict[str, np.ndarray], wanted: Wanted = "grey"
) -> tuple[dict[str, np.ndarray], list[str]]:
    """Images as people save them, by what to call them: `(images, rows, columns)`, or in colour `(…, 3)`.

    They are uint8. Also what had to be decided. Raises DataError for arrays that are no images.
    """
    stacks = {where: _channels_last(array, where) for where, array in arrays.items()}
    scales = scales_of([(array.dtype, *_extremes(array, where)) for where, array in stacks.items()])
    remarks = [scale.remark for scale in scales.values() if scale.remark]
    remarks += [
        f"{array.shape}: {stack.shape[-1]} channels before rows and columns"
        for array, stack in zip(arrays.values(), stacks.values(), strict=True)
        if array.ndim == 4 and array.shape != stack.shape
    ]
    ground = WHITE
    if any(stack.shape[3] in (2, 4) for stack in stacks.values()):
        ground = _ground(stacks, scales)
        remarks.append(ground_in_words(ground))
    is_color, on_colors = in_color(wanted, _share(stacks, scales) if wanted != "grey" else 0)
    as_levels = _in_color if is_color else _in_grey
    return {
        where: np.concatenate(
            [_on_ground(*as_levels(block, scales[stack.dtype]), ground) for block in _blocks(stack)]
        )
        for where, stack in stacks.items()
    }, [*remarks, *on_colors]


def _channels_last(array: np.ndarray, where: str) -> np.ndarray:
    """`(images, rows, columns, channels)` of an array that may have no channels, or have them first."""
    if array.dtype.kind not in "biuf":
        raise DataError(f"{where}: values of type {array.dtype}; save them as numbers")
    if array.ndim == 3:
        array = array[..., None]
    elif array.ndim == 4 and array.shape[3] not in CHANNELS and array.shape[1] in CHANNELS:
        array = np.moveaxis(array, 1, 3)
    if array.ndim != 4 or array.shape[3] not in CHANNELS or 0 in array.shape:
        raise DataError(f"{where}: shape {array.shape} is not {FORMS}{_advice(array)}")
    return array


def _advice(array: np.ndarray) -> str:
    if array.ndim == 2 and (side := round(array.shape[1] ** 0.5)) ** 2 == array.shape[1]:
        return f"; reshape it, maybe to ({len(array)}, {side}, {side})"
    return "; reshape it"


def _extremes(array: np.ndarray, where: str) -> tuple[float, float]:
    lowest, highest = array.min().item(), array.max().item()
    if not np.isfinite([lowest, highest]).all():
        raise DataError(f"{where}: values from {lowest:g} to {highest:g}; all must be finite numbers")
    return lowest, highest


def _blocks(stack: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(stack), BLOCK):
        yield stack[start : start + BLOCK]


def _on_ground(levels: np.ndarray, opacity: np.ndarray | None, ground: int) -> np.ndarray:
    """Levels of some images, on a ground of this level where they are transparent."""
    return levels if opacity is None else rounded(levels * opacity + ground * (1 - opacity))


def _in_grey(block: np.ndarray, scale: Scale) -> tuple[np.ndarray, np.ndarray | None]:
    """Grey levels `(images, rows, columns)` of some images, and their opacity 0…1, if they have any."""
    levels = scale.levels(block)
    channels = levels.shape[3]
    grey = np.ascontiguousarray(levels[..., 0]) if channels <= 2 else luminance(levels[..., :3])
    return grey, levels[..., -1] / np.float32(WHITE) if channels in (2, 4) else None


def _in_color(block: np.ndarray, scale: Scale) -> tuple[np.ndarray, np.ndarray | None]:
    """The same in colour `(images, rows, columns, 3)`; grey images have three equal channels."""
    levels = scale.levels(block)
    channels = levels.shape[3]
    colors = with_channels(levels[..., 0]) if channels <= 2 else np.ascontiguousarray(levels[..., :3])
    return colors, levels[..., -1:] / np.float32(WHITE) if channels in (2, 4) else None


def _ground(stacks: dict[str, np.ndarray], scales: dict[np.dtype, Scale]) -> int:
    visible = total = 0.0
    for stack in stacks.values():
        for block in _blocks(stack):
            grey, opacity = _in_grey(block, scales[stack.dtype])
            if opacity is not None:
                visible, total = visible + float((grey * opacity).sum()), total + float(opacity.sum())
    return ground_of(visible, total)


def _share(stacks: dict[str, np.ndarray], scales: dict[np.dtype, Scale]) -> float:
    """The share of all pixels that show a colour; what is transparent shows less or none."""
    shown = total = 0.0
    for stack in stacks.values():
        for block in _blocks(stack):
            total += len(block)
            if stack.shape[3] >= 3:
                levels, opacity = _in_color(block, scales[stack.dtype])
                shown += len(block) * colorful(levels if opacity is None else levels * opacity)
    return shown / total
