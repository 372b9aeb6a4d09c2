"""Read images and labels that a user saved as a `.npz` file, and check that they are some."""

from pathlib import Path

import numpy as np

from images.arrays import read_npz
from images.errors import DataError
from images.sources import KEYS

MOST_ROWS_OR_COLUMNS = 128
MOST_CLASSES = 1000
COMPLETE = [{"x_train"}, {"x_train", "y_train"}, {"x_train", "x_test"}, set(KEYS.values())]


def read_archive(path: Path) -> tuple[dict[str, np.ndarray], list[str]]:
    """The images and labels of a `.npz` file, by part, and the names of the classes.

    Images are x_train and x_test, `(images, rows, columns)` uint8; labels are y_train and y_test,
    `(images,)` whole numbers. Raises DataError for arrays that are no images or do not go together.
    """
    arrays = read_npz(path, tuple(KEYS.values()))
    if set(arrays) not in COMPLETE:
        has = ", ".join(arrays) or "none of its arrays"
        raise DataError(f"{path}: has {has}; write x_train, if you like x_test, and labels for all or none")
    parts = {part: arrays[key] for part, key in KEYS.items() if key in arrays}
    for part, array in parts.items():
        where = f"{path}: {KEYS[part]}"
        if part.endswith("labels"):
            parts[part] = _labels(array, len(parts[part.replace("labels", "images")]), where)
        else:
            parts[part] = _grey_images(array, where)
    if len({array.shape[1:] for array in parts.values() if array.ndim == 3}) > 1:
        raise DataError(f"{path}: the images of x_train and x_test differ in size")
    highest = max((int(array.max()) for array in parts.values() if array.ndim == 1), default=-1)
    return parts, [f"class {label}" for label in range(highest + 1)]


def _grey_images(array: np.ndarray, where: str) -> np.ndarray:
    """Images of grey levels 0…255 from those of bytes or of 0…1, grey or in colour."""
    if array.ndim not in (3, 4) or (array.ndim == 4 and array.shape[3] not in (1, 3)):
        raise DataError(f"{where}: shape {array.shape} is not (images, rows, columns), with 1 or 3 colours")
    if not (len(array) and all(1 <= side <= MOST_ROWS_OR_COLUMNS for side in array.shape[1:3])):
        raise DataError(f"{where}: shape {array.shape}; rows and columns are 1 to {MOST_ROWS_OR_COLUMNS}")
    if array.dtype.kind == "f":
        if not (array.min() >= 0 and array.max() <= 1):  # also so if one of them is NaN
            raise DataError(f"{where}: values from {array.min():g} to {array.max():g} are not 0…1")
        array = np.rint(array * 255.0).astype(np.uint8)
    if array.dtype != np.uint8:
        raise DataError(f"{where}: values of type {array.dtype}; save them as uint8, or as floats 0…1")
    if array.ndim == 3:
        return np.ascontiguousarray(array)
    if array.shape[3] == 1:
        return np.ascontiguousarray(array[..., 0])
    red, green, blue = (array[..., colour].astype(np.uint32) for colour in range(3))
    # The luminance of ITU-R BT.601 in the integers that Pillow uses for pictures, too.
    return ((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16).astype(np.uint8)


def _labels(array: np.ndarray, count: int, where: str) -> np.ndarray:
    if array.shape not in ((count,), (count, 1)):
        raise DataError(f"{where}: shape {array.shape} is not one label for each of {count} images")
    if array.dtype.kind not in "iu":
        raise DataError(f"{where}: labels of type {array.dtype}; save them as whole numbers")
    if count and not 0 <= array.min() <= array.max() < MOST_CLASSES:
        raise DataError(
            f"{where}: labels from {array.min()} to {array.max()} are not within 0…{MOST_CLASSES - 1}"
        )
    return array.reshape(-1)
