"""Read images from IDX, `.npz` and pickle files and from folders of pictures; write IDX files.

IDX is the format of the MNIST files: two zero bytes, a type (8: uint8), the number of axes, each
axis as four bytes, and the content. Nothing here can run code: no array of Python objects, no script
in a picture, and a pickle of arrays is read by stand-ins that only keep types, shapes and bytes.
"""

import math
import struct
import warnings
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from pickle import Unpickler
from typing import Any

import numpy as np
from PIL import Image, ImageOps

UNSIGNED_BYTES = 8
LARGEST_CONTENT = 2**31  # bytes of one array of a .npz file
LONGEST_END = 22 + 65_535  # bytes of the record at the end of a zip archive, with its comment
LARGEST_PICTURE = 8192  # rows or columns of a picture before it is reduced
LARGEST_SIDE = 64  # rows or columns of a picture of a folder, after it was reduced
MOST_PICTURES = 200_000
# Only formats that Pillow itself decodes: for others (EPS) it would start another program.
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")
ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".pbm"}
TURNED = {5, 6, 7, 8}  # EXIF orientations that swap rows and columns
ORIENTATION = 0x0112


class DataError(ValueError):
    """Images that cannot be found or used; the message says what was tried and how to mend it."""


def write_idx(array: np.ndarray) -> bytes:
    """The bytes of the IDX file of a uint8 array."""
    if array.dtype != np.uint8:
        raise DataError(f"an IDX file of this project holds uint8, not {array.dtype}")
    head = struct.pack(f">HBB{array.ndim}I", 0, UNSIGNED_BYTES, array.ndim, *array.shape)
    return head + array.tobytes()


def read_idx(data: bytes) -> np.ndarray:
    """The uint8 array in an IDX file. Raises DataError if its head and its length disagree."""
    if len(data) < 4 or data[:3] != bytes([0, 0, UNSIGNED_BYTES]):
        raise DataError("not an IDX file of bytes: it does not begin with 00 00 08")
    axes = data[3]
    start = 4 + 4 * axes
    if not 1 <= axes <= 3 or len(data) < start:
        raise DataError(f"not an IDX file of images or labels: {axes} axes in {len(data)} bytes")
    shape = struct.unpack(f">{axes}I", data[4:start])
    promised = start + math.prod(shape)
    if len(data) != promised:
        raise DataError(f"cut off or damaged: {len(data)} bytes instead of {promised}")
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)


def unpack(data: bytes, most: int) -> bytes:
    """What gzip packed, if it is at most `most` bytes; a small file could unpack to any size."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise DataError(f"not a readable gzip file ({error})") from None
    if len(content) > most:
        raise DataError(f"unpacks to more than the {most} bytes expected")
    if not unpacker.eof:
        raise DataError("a gzip file that is cut off")
    return content


def read_file(path: Path, most: int) -> bytes:
    """The content of a file, unpacked if its name ends in `.gz`, if it is at most `most` bytes."""
    packed = path.suffix == ".gz"
    limit = 2 * most + 1000 if packed else most  # what cannot be packed grows a little
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror or error})") from None
    if len(data) > limit:
        raise DataError(f"has more than the {limit} bytes expected")
    return unpack(data, most) if packed else data


def read_npz(path: Path, keys: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Those arrays of a `.npz` file that it has. An array of Python objects is refused unread."""
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
            return {key: arrays[key] for key in keys if key in arrays.files}
    except DataError:
        raise
    except Exception as error:  # a damaged archive makes its readers stumble in a dozen ways
        raise DataError(f"{path}: not a readable .npz file of plain arrays ({error})") from None


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


def read_folder(folder: Path) -> tuple[dict[str, np.ndarray], list[str]]:
    """The pictures of a folder as grey levels, with their labels, and the names of the classes.

    Either the folder holds the pictures itself, without labels, or each of its sub-folders holds
    those of one class. Classes and pictures are sorted by name; hidden files, and files that do not
    end like a picture, are passed over.

    All pictures get the same size: the least number of rows and the least number of columns that
    occur, both reduced by one factor if one of them is above 64. Nothing is cut off.
    """
    classes = _classes(folder)
    paths = [path for pictures in classes.values() for path in pictures]
    if len(paths) > MOST_PICTURES:
        raise DataError(f"{folder}: {len(paths)} pictures; at most {MOST_PICTURES} are taken")
    sizes = [_size(path) for path in paths]
    columns, rows = (min(side) for side in zip(*sizes, strict=True))
    factor = min(1.0, LARGEST_SIDE / max(rows, columns))
    size = max(1, round(columns * factor)), max(1, round(rows * factor))
    images = np.stack([_grey_levels(path, size) for path in paths])
    if list(classes) == [""]:
        return {"train_images": images}, []
    labels = np.repeat(np.arange(len(classes)), [len(pictures) for pictures in classes.values()])
    return {"train_images": images, "train_labels": labels}, list(classes)


def _classes(folder: Path) -> dict[str, list[Path]]:
    """The pictures by class; without classes, all under the empty name."""
    try:
        inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        own = _pictures(inside)
        folders = [path for path in inside if path.is_dir()]
        classes = {path.name: _pictures(sorted(path.iterdir())) for path in folders}
    except OSError as error:
        raise DataError(f"{error.filename}: cannot be read ({error.strerror})") from None
    classes = {name: pictures for name, pictures in classes.items() if pictures}
    if own and classes:
        raise DataError(f"{folder}: holds pictures beside sub-folders; move each into that of its class")
    if not own and not classes:
        raise DataError(f"{folder}: holds no pictures ({' '.join(sorted(ENDINGS))})")
    return classes or {"": own}


def _pictures(paths: list[Path]) -> list[Path]:
    return [
        path
        for path in paths
        if path.suffix.lower() in ENDINGS and not path.name.startswith(".") and path.is_file()
    ]


def _open(path: Path) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image = Image.open(path, formats=FORMATS)
    if max(image.size) > LARGEST_PICTURE:
        image.close()
        raise ValueError(f"{image.width}×{image.height} pixels are too many")
    return image


def _size(path: Path) -> tuple[int, int]:
    """The columns and rows of a picture as it is looked at."""
    try:
        with _open(path) as image:
            turned = image.getexif().get(ORIENTATION) in TURNED
            return (image.height, image.width) if turned else image.size
    except Exception as error:
        raise _no_picture(path, error) from None


def _grey_levels(path: Path, size: tuple[int, int]) -> np.ndarray:
    try:
        with _open(path) as image:
            grey = _to_grey(ImageOps.exif_transpose(image))
    except Exception as error:
        raise _no_picture(path, error) from None
    if grey.size != size:
        grey = grey.resize(size, Image.Resampling.BOX)
    return np.asarray(grey)


def _to_grey(image: Image.Image) -> Image.Image:
    """Grey levels 0…255; what is transparent becomes white, as on paper."""
    if image.mode.startswith("I"):  # Pillow would cut sixteen bits off at 255
        levels = np.asarray(image).astype(np.int64).clip(0, 65535) // 257
        return Image.fromarray(levels.astype(np.uint8))
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    return image.convert("L")


def _no_picture(path: Path, error: Exception) -> DataError:
    # Pillow's decoders raise whatever their format makes them stumble over.
    return DataError(f"{path}: not a readable picture ({error}); mend or remove it")
