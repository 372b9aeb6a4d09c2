"""Read whatever a path of the user's leads to: a folder of pictures, or images saved as arrays."""

import zipfile
from pathlib import Path

from images.errors import DataError
from images.own.archive import read_archive, read_array_files
from images.own.array_files import folder_of_arrays, is_array_file
from images.own.folder import read_folder
from images.own.listing import ENDINGS
from images.own.reading import Reading
from images.pixels.colors import Wanted

PACKED = {".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".rar", ".7z"}
WANTED = "the path of a folder of pictures, of a .npz or .npy file, or of an IDX file"


def read_own(path: Path, side: int | None = None, wanted: Wanted = "auto") -> Reading:
    """The images at a path, and what there is to say of them.

    `side` is the longer side that images get, None for that of their own; `wanted` says whether they are
    read in colour. Raises DataError, which names the file and the remedy, for what are no images.
    """
    if path.is_dir():
        folder = folder_of_arrays(path)
        return read_array_files(folder, side, wanted) if folder else read_folder(path, side, wanted)
    if is_array_file(path):
        return read_array_files(path, side, wanted)
    _refuse_others(path)
    return read_archive(path, side, wanted)


def _refuse_others(path: Path) -> None:
    """Raise DataError for a file that is known to be something else than a `.npz` file."""
    suffix = path.suffix.lower()
    if suffix in ENDINGS:
        raise DataError(f"{path}: is one picture; write the path of the folder with all of them")
    if suffix in PACKED or (suffix != ".npz" and zipfile.is_zipfile(path)):
        raise DataError(f"{path}: is packed; unpack it, and write the path of the folder")
    if suffix != ".npz":
        raise DataError(f"{path}: is none that is read here; write {WANTED}")
