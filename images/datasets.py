"""Sets of images: MNIST, Fashion-MNIST, and whatever the user brings along."""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np

from images.errors import DataError
from images.known.sets import KNOWN
from images.known.sources import FILES, KnownSet, find
from images.own.sets import WANTED, read_own
from images.pixels.colors import Wanted, in_color, with_channels
from images.pixels.levels import check_contrast
from images.pixels.sizing import common_size, resized, sizes_in_words
from images.splitting import tenth

__all__ = ["DataError", "ImageSet", "fetch_all", "load_images", "with_test_part"]

LEAST_IMAGES, MOST_IMAGES = 2, 200_000


@dataclass(frozen=True)
class ImageSet:
    """Images to train on, images to test with if there are any, and what they show.

    All arrays are read-only.
    """

    name: str
    train_images: np.ndarray  # (images, rows, columns), or in colour (…, 3), uint8
    test_images: np.ndarray | None
    train_labels: np.ndarray | None  # (images,), int64
    test_labels: np.ndarray | None
    class_names: list[str]  # by label; empty without labels
    source: str  # where it was found, in words
    ink: bool  # whether 0 is paper; otherwise it is black
    train_names: list[str] | None = None  # of each picture; None if they have none
    test_names: list[str] | None = None
    is_shuffled: bool = False  # whether its images come in no order, so that the first are a fair sample
    remarks: tuple[str, ...] = ()  # what reading it had to decide, and what it passed over

    @cached_property
    def sha256(self) -> str:
        """The content hash of the images and the labels."""
        digest = hashlib.sha256()
        for array in (self.train_images, self.train_labels, self.test_images, self.test_labels):
            digest.update(b"none" if array is None else repr((array.shape, array.dtype.str)).encode())
            digest.update(b"" if array is None else np.ascontiguousarray(array).data)
        return digest.hexdigest()


def load_images(
    name: str, side: int | None = None, wanted: Wanted = "auto", to_learn: bool = True
) -> ImageSet:
    """The set of that name, "mnist" or "fashion_mnist", or the images at that path.

    `side` is the longer side that images get, None for their own, reduced where it is too long; `wanted`
    says whether they are read in colour. Raises DataError if they cannot be found or used; those
    `to_learn` must be some, and show something.
    """
    plain = re.sub(r"[\s_-]+", "", name).casefold()
    for known in KNOWN:
        if plain == known.name.replace("_", ""):
            return _load_known(known, side, wanted)
    return _load_own(name, side, wanted, to_learn)


def fetch_all() -> list[ImageSet]:
    """Both public sets; whatever had to be fetched is in the cache afterwards."""
    found, problems = [], []
    for known in KNOWN:
        try:
            found.append(_load_known(known))
        except DataError as error:
            problems.append(str(error))
    if problems:
        raise DataError("\n\n".join(problems))
    return found


def with_test_part(images: ImageSet) -> ImageSet:
    """The set as it is, if it has images to test with; otherwise with a tenth of its own for that.

    They are drawn once and for all by a fixed seed, of each class as many as it has part in the set, and
    all stay in the order they had.
    """
    if images.test_images is not None:
        return images
    is_test = tenth(len(images.train_images), images.train_labels)
    of_each = "" if images.train_labels is None else " of each class"
    return replace(
        images,
        **_chosen(images, ~is_test, "train"),
        **_chosen(images, is_test, "test"),
        remarks=(*images.remarks, f"it has no test part: a tenth{of_each} was drawn for that"),
    )


def _chosen(images: ImageSet, chosen: np.ndarray, part: str) -> dict[str, Any]:
    """Those images to train on that are `chosen` `(images,)`, as the fields of a part."""
    labels, names = images.train_labels, images.train_names
    return {
        f"{part}_images": _read_only(images.train_images[chosen]),
        f"{part}_labels": None if labels is None else _read_only(labels[chosen]),
        f"{part}_names": None if names is None else list(compress(names, chosen)),
    }


def _load_known(known: KnownSet, side: int | None = None, wanted: Wanted = "auto") -> ImageSet:
    parts, source = find(known)
    is_color, remarks = in_color(wanted, 0)
    if side is not None:
        sizes = [(array.shape[1], array.shape[2]) for array in parts.values() if array.ndim == 3]
        size = common_size(sizes, side)
        remarks += sizes_in_words(sizes, size)
        parts = {part: resized(array, size) if array.ndim == 3 else array for part, array in parts.items()}
    if is_color:
        parts = {part: with_channels(array) if array.ndim == 3 else array for part, array in parts.items()}
    return ImageSet(
        known.name,
        **_arrays(parts),
        class_names=list(known.class_names),
        source=source,
        ink=True,
        is_shuffled=True,
        remarks=tuple(remarks),
    )


def _arrays(parts: dict[str, np.ndarray]) -> dict[str, Any]:
    """The four arrays of an ImageSet, None for a part that is not there."""
    arrays: dict[str, Any] = dict.fromkeys(FILES)
    for part, array in parts.items():
        arrays[part] = _read_only(array.astype(np.int64) if part.endswith("labels") else array)
    return arrays


def _read_only(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def _load_own(name: str, side: int | None, wanted: Wanted, to_learn: bool) -> ImageSet:
    path = _own_path(name)
    try:
        own = read_own(path, side, wanted)
    except OSError as error:
        raise DataError(f"{error.filename or path}: cannot be read ({error.strerror})") from None
    images = [array for part, array in own.parts.items() if part.endswith("images")]
    least, count = LEAST_IMAGES if to_learn else 1, sum(map(len, images))
    if not least <= count <= MOST_IMAGES:
        raise DataError(
            f"{path}: {count} image{'s'[: count != 1]}; there must be {least} to {MOST_IMAGES:,}"
        )
    if to_learn:
        check_contrast(images, f"{path}: ", own.remarks)
    return ImageSet(
        name,
        **_arrays(own.parts),
        class_names=own.class_names,
        source=f"read from {path}",
        ink=False,
        train_names=own.names.get("train"),
        test_names=own.names.get("test"),
        remarks=tuple(own.remarks),
    )


def _own_path(name: str) -> Path:
    """The folder or file of that name. Raises DataError if there is none."""
    try:
        path = Path(name).expanduser()
        if path.is_dir() or path.is_file():
            return path
    except (OSError, RuntimeError, ValueError):  # no name that a file can have, no such user
        pass
    raise DataError(
        f"no images {name[:80]!r}; write one of {', '.join(known.name for known in KNOWN)}, or {WANTED}"
    )
