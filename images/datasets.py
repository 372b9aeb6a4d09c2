"""Sets of images: MNIST, Fashion-MNIST, and whatever the user brings along."""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np

from images.archive import read_archive
from images.errors import DataError
from images.folder import read_folder
from images.known import KNOWN
from images.sources import FILES, KnownSet, find

__all__ = ["DataError", "ImageSet", "fetch_all", "load_images", "with_test_part"]

LEAST_IMAGES, MOST_IMAGES = 10, 200_000
SPLIT_SEED = 0


@dataclass(frozen=True)
class ImageSet:
    """Images to train on, images to test with if there are any, and what they show.

    All arrays are read-only.
    """

    name: str
    train_images: np.ndarray  # (images, rows, columns), uint8
    test_images: np.ndarray | None
    train_labels: np.ndarray | None  # (images,), int64
    test_labels: np.ndarray | None
    class_names: list[str]  # by label; empty without labels
    source: str  # where it was found, in words
    ink: bool  # whether 0 is paper; otherwise it is black
    train_names: list[str] | None = None  # of each picture; None if they have none
    test_names: list[str] | None = None

    @cached_property
    def sha256(self) -> str:
        """The content hash of the images and the labels."""
        digest = hashlib.sha256()
        for array in (self.train_images, self.train_labels, self.test_images, self.test_labels):
            digest.update(b"none" if array is None else repr((array.shape, array.dtype.str)).encode())
            digest.update(b"" if array is None else np.ascontiguousarray(array).data)
        return digest.hexdigest()


def load_images(name: str, least: int = LEAST_IMAGES) -> ImageSet:
    """The set of that name, "mnist" or "fashion_mnist", or the images at that path, `least` at least.

    Raises DataError if it cannot be found or used.
    """
    plain = re.sub(r"[\s_-]+", "", name).casefold()
    for known in KNOWN:
        if plain == known.name.replace("_", ""):
            return _load_known(known)
    return _load_own(name, least)


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

    They are drawn once and for all by a fixed seed, and all stay in the order they had.
    """
    if images.test_images is not None:
        return images
    count = len(images.train_images)
    # This generator, unlike NumPy's newer ones, is promised never to change.
    order = np.random.RandomState(SPLIT_SEED).permutation(count)
    is_test = np.isin(np.arange(count), order[: max(1, round(count / 10))])
    return replace(images, **_chosen(images, ~is_test, "train"), **_chosen(images, is_test, "test"))


def _chosen(images: ImageSet, chosen: np.ndarray, part: str) -> dict[str, Any]:
    """Those images to train on that are `chosen` `(images,)`, as the fields of a part."""
    labels, names = images.train_labels, images.train_names
    return {
        f"{part}_images": _read_only(images.train_images[chosen]),
        f"{part}_labels": None if labels is None else _read_only(labels[chosen]),
        f"{part}_names": None if names is None else list(compress(names, chosen)),
    }


def _load_known(known: KnownSet) -> ImageSet:
    parts, source = find(known)
    names = list(known.class_names)
    return ImageSet(known.name, **_arrays(parts), class_names=names, source=source, ink=True)


def _arrays(parts: dict[str, np.ndarray]) -> dict[str, Any]:
    """The four arrays of an ImageSet, None for a part that is not there."""
    arrays: dict[str, Any] = dict.fromkeys(FILES)
    for part, array in parts.items():
        arrays[part] = _read_only(array.astype(np.int64) if part.endswith("labels") else array)
    return arrays


def _read_only(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def _load_own(name: str, least: int) -> ImageSet:
    path = _own_path(name)
    images = _own_folder(name, path) if path.is_dir() else _own_archive(name, path)
    tests = 0 if images.test_images is None else len(images.test_images)
    count = len(images.train_images) + tests
    if not least <= count <= MOST_IMAGES:
        raise DataError(f"{path}: {count} images; there must be {least} to {MOST_IMAGES:,}")
    return images


def _own_path(name: str) -> Path:
    """The folder or file of that name. Raises DataError if there is none."""
    try:
        path = Path(name).expanduser()
        if path.is_dir() or path.is_file():
            return path
    except (OSError, RuntimeError, ValueError):  # no name that a file can have, no such user
        pass
    raise DataError(
        f"no images {name[:80]!r}; write one of {', '.join(known.name for known in KNOWN)},"
        " or the path of a .npz file or of a folder of pictures"
    )


def _own_folder(name: str, path: Path) -> ImageSet:
    pictures = read_folder(path)
    parts = {"train_images": pictures.images}
    if pictures.labels is not None:
        parts["train_labels"] = pictures.labels
    return ImageSet(
        name,
        **_arrays(parts),
        class_names=pictures.class_names,
        source=f"read from {path}",
        ink=False,
        train_names=pictures.names,
    )


def _own_archive(name: str, path: Path) -> ImageSet:
    parts, class_names = read_archive(path)
    return ImageSet(name, **_arrays(parts), class_names=class_names, source=f"read from {path}", ink=False)
