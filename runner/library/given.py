"""Arrays that a person gives to a network: what they may be, and what is wrong with others."""

import math

import numpy as np

from runner.classes import label_of, listed_classes
from runner.config.errors import UserError


def given_pictures(pictures, cell: tuple[int, ...]) -> np.ndarray:
    """Pictures `(…, pixels)` of `(…, pixels)` or `(…, *cell)`: bytes as they are, all else as floats 0…1.

    Raises UserError for another shape, and for numbers that are no levels.
    """
    array, pixels = _array(pictures, "pictures"), math.prod(cell)
    sides = "rows, columns" if len(cell) == 2 else "rows, columns, colors"
    if array.shape[-1:] == (pixels,):
        flat = array
    elif array.shape[-len(cell) :] == cell:
        flat = array.reshape(*array.shape[: -len(cell)], pixels)
    else:
        raise UserError(
            f"pictures: got the shape {array.shape}; this network takes ({sides}) = {cell}, or {pixels}"
            " pixels in a row, and as many such pictures as you like"
        )
    return _levels(flat)


def given_codes(codes, size: int) -> np.ndarray:
    """Codes `(…, latent)` as floats. Raises UserError if they are none."""
    array = _array(codes, "codes")
    if array.shape[-1:] != (size,):
        raise UserError(f"codes: got the shape {array.shape}; the last axis has the {size} latent numbers")
    if not np.isfinite(array).all():
        raise UserError("codes: some are no finite numbers")
    return array.astype(np.float64)


def _array(values, what: str) -> np.ndarray:
    try:
        array = np.asarray(values)
    except ValueError:  # lists of different lengths
        raise UserError(f"{what}: are not one array; all must have the same size") from None
    if array.dtype.kind not in "buif":
        raise UserError(f"{what}: are of type {array.dtype}; give numbers")
    return array


def _levels(array: np.ndarray) -> np.ndarray:
    if array.dtype == np.uint8:
        if array.size and array.max() == 1:
            raise UserError(
                "pictures: bytes are levels 0…255, and these are all 0 or 1; give pictures.astype(float)"
            )
        return array
    if array.size and not (array.min() >= 0 and array.max() <= 1):  # also so if one of them is NaN
        raise UserError(
            f"pictures: numbers from {array.min():g} to {array.max():g} are no levels 0…1; for 0…255 give"
            " bytes: pictures.astype('uint8')"
        )
    return array if array.dtype == np.float32 else array.astype(np.float64)


def given_classes(classes, class_names: list[str], shape: tuple[int, ...]) -> np.ndarray | None:
    """The labels `(…)` of classes by name or label, one for all or one of each; None if none are given.

    Raises UserError for classes that there are not, and where a network needs some or takes none.
    """
    if classes is None and not class_names:
        return None
    if not class_names:
        raise UserError("classes: this network was trained without; conditional=true trains one with")
    if classes is None:
        raise UserError(f"classes: this network is given one of {listed_classes(class_names)}; name them")
    names = np.asarray(classes)
    labels = [label_of(str(name), class_names) for name in names.ravel().tolist()]
    if None in labels:
        unknown = names.ravel().tolist()[labels.index(None)]
        raise UserError(f"classes: no class {unknown!r}; there are {listed_classes(class_names)}")
    try:
        return np.broadcast_to(np.array(labels, int).reshape(names.shape), shape)
    except ValueError:
        raise UserError(f"classes: got the shape {names.shape}; write one, or {shape}") from None
