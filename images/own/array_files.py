"""Sets of images in several files of arrays: IDX, packed or not, `.npy`, or `.npz` of one array each."""

import re
from pathlib import Path

import numpy as np

from images.errors import DataError
from images.formats.arrays import read_npy, read_npz
from images.formats.idx import read_file, read_idx
from images.own.listing import ENDINGS, TRAIN
from images.own.naming import some_of, with_examples
from images.own.roles import IMAGES, by_role, role, set_name

IDX = re.compile(r"idx\d(-\w+)?(\.gz)?$", re.IGNORECASE)
LARGEST_IDX = 2**31  # bytes


def folder_of_arrays(folder: Path) -> Path | None:
    """A folder that has files of arrays, one of them with images to train on, and no pictures; or None.

    A folder that holds nothing but another one stands for that.
    """
    inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if len(inside) == 1 and inside[0].is_dir() and not inside[0].is_symlink():
        return folder_of_arrays(inside[0])
    if not any(role(path.name) == (TRAIN, IMAGES) for path in inside if path.is_file() and _is_array(path)):
        return None
    return None if any(path.suffix.lower() in ENDINGS for path in folder.rglob("*")) else folder


def is_array_file(path: Path) -> bool:
    """Whether a file is an IDX file, by its name, or holds one array."""
    return bool(IDX.search(path.name)) or path.suffix.lower() == ".npy"


def _is_array(path: Path) -> bool:
    return is_array_file(path) or path.suffix.lower() == ".npz"


def files_of_folder(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """The files of the set in a folder by what they are, `train_images` …, and a remark on all others.

    Raises DataError if there are files of several sets.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    arrays = [path for path in files if _is_array(path) and role(path.name)]
    sets = {set_name(path.name): path for path in arrays}
    if len(sets) > 1:
        raise DataError(
            f"{folder}: holds the files of several sets, {some_of(sorted(sets))};"
            f" write the path of one of them, e.g. {min(sets.values())}"
        )
    others = with_examples("passed over", [path for path in files if path not in arrays])
    chosen, remarks = _by_role(arrays, folder)
    return chosen, [*remarks, *others]


def files_of_set(path: Path) -> tuple[dict[str, Path], list[str]]:
    """A file and those that go with it, by what they are; itself alone if its name does not say that."""
    own = role(path.name)
    if own is None:
        return {"train_images": path}, []
    beside = [
        other
        for other in path.parent.iterdir()
        if is_array_file(other)
        and role(other.name) not in (None, own)
        and set_name(other.name) == set_name(path.name)
    ]
    return _by_role(sorted([path, *beside]), path.parent)


def _by_role(files: list[Path], folder: Path) -> tuple[dict[str, Path], list[str]]:
    """Of a file that is there packed and unpacked, the unpacked one."""
    names = {path.name for path in files}
    own = {path.name: path for path in files if path.suffix != ".gz" or path.stem not in names}
    roles, remarks = by_role(own, str(folder))
    return {part: own[name] for part, name in roles.items()}, remarks


def read_array(path: Path) -> np.ndarray:
    """The array of a file that holds one."""
    if IDX.search(path.name):
        try:
            return read_idx(read_file(path, LARGEST_IDX))
        except DataError as error:
            raise DataError(f"{path}: {error}") from None
    if path.suffix.lower() == ".npy":
        return read_npy(path)
    arrays = list(read_npz(path).values())
    if len(arrays) != 1:
        raise DataError(
            f"{path}: has {len(arrays)} arrays, where one is needed; write its own path instead"
        )
    return arrays[0]
