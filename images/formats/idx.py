"""Read and write IDX files, packed by gzip or not.

IDX is the format of the MNIST files: two zero bytes, a type (8: uint8), the number of axes, each
axis as four bytes, and the content.
"""

import math
import struct
import zlib
from pathlib import Path

import numpy as np

from images.errors import DataError

UNSIGNED_BYTES = 8


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
