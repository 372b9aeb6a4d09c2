"""Labels as people write them, whole numbers, texts or one-hot, as classes counted from 0."""

import numpy as np

from images.errors import DataError
from images.own.naming import in_words, natural

MOST_CLASSES = 1000


def as_labels(array: np.ndarray, count: int, where: str) -> np.ndarray:
    """One label `(count,)` for each of so many images, whole numbers or texts.

    `array` has them as `(count,)`, in one row or one column, or one-hot `(count, classes)`. Raises
    DataError, beginning with `where`, for all else.
    """
    if array.ndim == 2 and array.shape[0] == count and array.shape[1] > 1 and _is_one_hot(array):
        array = array.argmax(axis=1)
    if array.size != count or max(array.shape, default=0) != count:
        raise DataError(f"{where}: shape {array.shape} is not one label for each of {count} images")
    array = array.reshape(-1)
    if array.dtype.kind == "f" and (array == np.rint(array)).all():
        array = array.astype(np.int64)
    if array.dtype.kind == "b":
        array = array.astype(np.int64)
    if array.dtype.kind == "S":
        array = np.array([text.decode(errors="backslashreplace") for text in array.tolist()])
    if array.dtype.kind not in "iuU":
        raise DataError(f"{where}: labels of type {array.dtype}; save them as whole numbers or as texts")
    return array


def _is_one_hot(array: np.ndarray) -> bool:
    return array.dtype.kind in "biuf" and bool(
        ((array == 0) | (array == 1)).all() and (array.sum(axis=1) == 1).all()
    )


def classes_of(labels: dict[str, np.ndarray], where: str) -> tuple[dict[str, np.ndarray], list[str]]:
    """The labels of each part as places in the list of all classes, int64, and the names of these.

    Classes are in the order of their numbers, or of their names. Raises DataError for too many.
    """
    if not labels:
        return {}, []
    if len({array.dtype.kind == "U" for array in labels.values()}) > 1:
        raise DataError(
            f"{where}: labels of one part are texts, those of the other numbers; save both alike"
        )
    values = np.unique(np.concatenate(list(labels.values())))
    if len(values) > MOST_CLASSES:
        raise DataError(f"{where}: {len(values):,} different labels; at most {MOST_CLASSES:,} are taken")
    if values.dtype.kind == "U":
        values = np.array(sorted(values.tolist(), key=natural))
        names = [in_words(value) for value in values.tolist()]
    else:
        names = [f"class {value}" for value in values.tolist()]
    order = values.argsort()
    placed = {
        part: order[np.searchsorted(values, array, sorter=order)].astype(np.int64)
        for part, array in labels.items()
    }
    return placed, names
