"""Read images and labels that a user saved as arrays, and check that they are some."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from images.errors import DataError
from images.formats.arrays import npz_names, read_npz
from images.known.sources import FILES
from images.own.array_files import files_of_folder, files_of_set, read_array
from images.own.labels import as_labels, classes_of
from images.own.naming import some_of
from images.own.reading import Reading
from images.own.roles import by_role
from images.pixels.colors import Wanted
from images.pixels.sizing import common_size, in_pixels, resized, sizes_in_words
from images.pixels.stacks import level_stacks

TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = FILES
COMPLETE = [{TRAIN_IMAGES}, {TRAIN_IMAGES, TRAIN_LABELS}, {TRAIN_IMAGES, TEST_IMAGES}, set(FILES)]
IMAGES_OF = {TRAIN_LABELS: TRAIN_IMAGES, TEST_LABELS: TEST_IMAGES}


@dataclass(frozen=True)
class Named:
    """An array, and where it comes from, in words."""

    where: str
    array: np.ndarray


def read_archive(path: Path, side: int | None = None, wanted: Wanted = "auto") -> Reading:
    """The images and labels of a `.npz` file, whose keys say what they are, in grey or in colour.

    `side` is the longer side that images get, None for what `common_size` finds. Raises DataError for
    arrays that are no images or do not go together.
    """
    keys, remarks = by_role(npz_names(path), str(path))
    found = read_npz(path, list(keys.values()))
    arrays = {part: Named(f"{path}: {key}", found[key]) for part, key in keys.items()}
    return _reading(path, arrays, remarks, side, wanted)


def read_array_files(path: Path, side: int | None = None, wanted: Wanted = "auto") -> Reading:
    """The same of a set of files with an array each: those of a folder, or a file and those beside it."""
    files, remarks = files_of_folder(path) if path.is_dir() else files_of_set(path)
    arrays = {part: Named(str(file), read_array(file)) for part, file in files.items()}
    return _reading(path, arrays, remarks, side, wanted)


def _reading(
    path: Path, arrays: dict[str, Named], remarks: list[str], side: int | None, wanted: Wanted
) -> Reading:
    if set(arrays) not in COMPLETE:
        has = some_of([named.where.removeprefix(f"{path}: ") for named in arrays.values()])
        raise DataError(
            f"{path}: has {has or 'none of its arrays'}; write x_train, if you like x_test, and labels for"
            " all or none"
        )
    images = {part: arrays[part] for part in (TRAIN_IMAGES, TEST_IMAGES) if part in arrays}
    stacks, on_values = level_stacks({named.where: named.array for named in images.values()}, wanted)
    stacks, on_sizes = _in_one_size(path, stacks, side)
    remarks = [*remarks, *on_values, *on_sizes]
    parts = {part: stacks[named.where] for part, named in images.items()}
    labels = {
        part: as_labels(arrays[part].array, len(parts[of]), arrays[part].where)
        for part, of in IMAGES_OF.items()
        if part in arrays
    }
    placed, class_names = classes_of(labels, str(path))
    return Reading(parts | placed, class_names, {}, remarks)


def _in_one_size(
    path: Path, stacks: dict[str, np.ndarray], side: int | None
) -> tuple[dict[str, np.ndarray], list[str]]:
    sizes = [(stack.shape[1], stack.shape[2]) for stack in stacks.values()]
    if len(set(sizes)) > 1:
        raise DataError(
            f"{path}: the images of its parts differ in size: {', '.join(map(in_pixels, sizes))}"
        )
    size = common_size(sizes, side)
    return {where: resized(stack, size) for where, stack in stacks.items()}, sizes_in_words(sizes, size)
