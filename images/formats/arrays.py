"""Read arrays in `.npz` files and in pickles, without running anything that is in them.

An array of Python objects is refused unread, and a pickle of arrays is read by stand-ins that only
keep types, shapes and bytes.
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from pickle import Unpickler
from typing import Any

import numpy as np

from images.errors import DataError

LARGEST_CONTENT = 2**31  # bytes of one array of a .npz file
LONGEST_END = 22 + 65_535  # bytes of the record at the end of a zip archive, with its comment


def read_npz(path: Path, keys: Sequence[str] | None = None) -> dict[str, np.ndarray]:
    """Those arrays of a `.npz` file that it has, or all. An array of Python objects is refused unread."""
    with _open_npz(path) as arrays:
        return {key: arrays[key] for key in arrays.files if keys is None or key in keys}


def npz_names(path: Path) -> list[str]:
    """The names of the arrays of a `.npz` file."""
    with _open_npz(path) as arrays:
        return list(arrays.files)


@contextmanager
def _open_npz(path: Path) -> Iterator[Any]:
    """A `.npz` file; whatever its readers stumble over is raised as DataError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) != _entries_promised(path):
                raise DataError(f"{path}: damaged: its list of arrays is shorter than it should be")
            for entry in archive.infolist():
                if entry.file_size > LARGEST_CONTENT:
                    raise DataError(f"{path}: {entry.filename} has more than {LARGEST_CONTENT} bytes")
                # Its name stands in two places; where they differ, an array seems not to be there.
                archive.open(entry).close()
        with np.load(path, allow_pickle=False) as arrays:
            yield arrays
    except DataError:
        raise
    except Exception as error:  # a damaged archive makes its readers stumble in a dozen ways
        raise DataError(f"{path}: not a readable .npz file of plain arrays ({_reason(error)})") from None


def read_npy(path: Path) -> np.ndarray:
    """The array of a `.npy` file. An array of Python objects is refused unread."""
    try:
        return np.load(path, allow_pickle=False)
    except Exception as error:
        raise DataError(f"{path}: not a readable .npy file of a plain array ({_reason(error)})") from None


def _reason(error: Exception) -> str:
    if "allow_pickle" in str(error):
        return "it holds Python objects; save numbers or texts, without dtype=object"
    return str(error)


def _entries_promised(path: Path) -> int:
    """How many files a zip archive says that it has; Python's reader stops at the first odd entry.

    The number stands in the record at its end, 10 bytes behind the signature; a comment of at most
    65,535 bytes may follow.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_END))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06") + 10
    return int.from_bytes(tail[at : at + 2], "little")


class PlainType:
    """Stands in for numpy.dtype while a pickle of arrays is read."""

    def __init__(self, name: str, *_: Any):
        if name not in ("f4", "i8"):
            raise DataError(f"a pickle with an array of {name!r}, not of plain numbers")
        self.name = f"<{name}"

    def __setstate__(self, state: Any):
        """Pass over the details: both types are little-endian."""


class PlainArray:
    """Stands in for numpy.ndarray while a pickle of arrays is read."""

    def __init__(self, *_: Any):
        self.array = np.zeros(0)

    def __setstate__(self, state: Any):
        _, shape, kind, _, content = state
        self.array = np.frombuffer(content.encode("latin1"), kind.name).reshape(shape)


STAND_INS = {
    ("numpy.core.multiarray", "_reconstruct"): PlainArray,
    ("numpy", "ndarray"): PlainArray,
    ("numpy", "dtype"): PlainType,
}


class ArrayUnpickler(Unpickler):
    """Reads arrays as Python 2 pickled them; whatever else a pickle asks for is refused."""

    def find_class(self, module: str, name: str) -> Any:
        """The stand-in for a class of NumPy. Raises DataError for every other name."""
        if (module, name) not in STAND_INS:
            raise DataError(f"the pickle asks for {module}.{name}, which is no array; refused")
        return STAND_INS[module, name]


def read_array_pickle(data: bytes) -> Any:
    """What a pickle of nested tuples of arrays holds, each array as a PlainArray."""
    try:
        return ArrayUnpickler(BytesIO(data), encoding="latin1").load()
    except DataError:
        raise
    except Exception as error:  # bytes that are no pickle can end in any exception
        raise DataError(f"not a readable pickle of arrays ({error})") from None
