"""Read the pages of a picture file as its pixels are stored; no script in a picture is run."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

LARGEST_PICTURE = 8192  # rows or columns of a picture before it is reduced
# Pictures of up to so many pixels are decoded when they are first opened; others once it is known how
# large they are wanted.
SMALL = 128 * 128
# Only formats that Pillow itself decodes: for others (EPS) it would start another program.
FORMATS = ("PNG", "JPEG", "BMP", "DIB", "GIF", "TIFF", "WEBP", "PPM")
TURNED = {5, 6, 7, 8}  # EXIF orientations that swap rows and columns
ORIENTATION, KIND_OF_PAGE = 0x0112, 0x00FE
SMALLER_COPY = 1  # the bit of a TIFF page that repeats another one with fewer pixels
# A JPEG may be decoded at a half, a fourth or an eighth as long as it stays so much larger than wanted.
REDUCING = 4


@dataclass(frozen=True)
class Stored:
    """Grey values as a file has them, in its own type, and how opaque each pixel is."""

    values: np.ndarray  # (rows, columns); or (rows, columns, 3) where colours stand for themselves
    opacity: np.ndarray | None  # (rows, columns), uint8; None if all is opaque
    colors: np.ndarray | None = None  # (rows, columns, 3), uint8; None if all are grey, or not asked for


@dataclass(frozen=True)
class Page:
    """One picture of a file; `stored` is None until a large one is decoded."""

    number: int  # in the file, from 0
    size: tuple[int, int]  # rows and columns, as it is looked at
    stored: Stored | None


@dataclass(frozen=True)
class Opened:
    """The pages of a file; of an animation the first frame is the one that counts."""

    path: Path
    pages: list[Page]
    is_animation: bool
    has_colors: bool  # whether its colours are asked for


def open_picture(path: Path, has_colors: bool = False) -> Opened:
    """The pages of a file: small ones decoded, of large ones their sizes.

    `has_colors` says whether colours are asked for beside grey values. Whatever a decoder stumbles over is
    raised as it is; ValueError for what is no picture, or too large.
    """
    with _opened(path) as image:
        is_stack = image.format == "TIFF"
        count = getattr(image, "n_frames", 1) if is_stack else 1
        pages = [
            _page(image, number, has_colors)
            for number in range(count)
            if not is_stack or _is_whole(image, number)
        ]
        is_animation = image.format not in ("TIFF", "MPO") and getattr(image, "is_animated", False)
        return Opened(path, pages, is_animation, has_colors)


def decode(opened: Opened, wanted: tuple[int, int]) -> Iterator[Stored]:
    """The pixels of each page of a file, to be reduced to the rows and columns `wanted` or less."""
    if all(page.stored for page in opened.pages):
        yield from (page.stored for page in opened.pages if page.stored)
        return
    with _opened(opened.path) as image:
        for page in opened.pages:
            if len(opened.pages) > 1:
                image.seek(page.number)
            if page.stored is None and image.format == "JPEG":
                image.draft(None, (wanted[1] * REDUCING, wanted[0] * REDUCING))
            yield page.stored or _stored(image, opened.has_colors)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which do not matter here
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        # Not by its path: Pillow 13 maps a TIFF file that it can name into memory, and then loses its rows
        # where the picture is turned.
        with path.open("rb") as file, _identified(file) as image:
            yield image


def _identified(file: BinaryIO) -> Image.Image:
    try:
        return Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        is_empty = file.seek(0, SEEK_END) == 0
        reason = "the file is empty" if is_empty else f"its content is none of {', '.join(FORMATS)}"
        raise ValueError(reason) from None


def _is_whole(image: Image.Image, number: int) -> bool:
    """Whether a page of a TIFF file is a picture of its own, and not a smaller copy of another."""
    image.seek(number)
    kind = image.tag_v2.get(KIND_OF_PAGE, 0)  # type: ignore[attr-defined]
    return not kind & SMALLER_COPY


def _page(image: Image.Image, number: int, has_colors: bool) -> Page:
    if max(image.size) > LARGEST_PICTURE:
        raise ValueError(f"{image.width}×{image.height} pixels are too many")
    if image.width * image.height <= SMALL:
        stored = _stored(image, has_colors)
        return Page(number, stored.values.shape, stored)
    columns, rows = image.size
    # Pillow turns the pages of a TIFF file by itself, and says so in their size.
    turned = image.format != "TIFF" and image.getexif().get(ORIENTATION) in TURNED
    return Page(number, (columns, rows) if turned else (rows, columns), None)


def _stored(image: Image.Image, has_colors: bool) -> Stored:
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode[0] in "IF":
        values = np.asarray(image)
        return Stored(values.astype(values.dtype.newbyteorder("="), copy=False), None)
    colors = _colors(image) if has_colors else None
    if image.mode == "LAB":
        return Stored(np.asarray(image.getchannel("L")), None, colors)
    if image.has_transparency_data:
        grey, opacity = (np.asarray(band) for band in image.convert("RGBA").convert("LA").split())
        return Stored(grey, None if opacity.min() == 255 else opacity, colors)
    return Stored(np.asarray(image if image.mode == "L" else image.convert("L")), None, colors)


def _colors(image: Image.Image) -> np.ndarray | None:
    """Red, green and blue `(rows, columns, 3)`; None if they are equal everywhere."""
    if image.mode == "LAB":
        image = _from_lab(image)
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    red, green, blue = (np.asarray(band) for band in image.convert("RGB").split())
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return None
    return np.stack([red, green, blue], axis=-1)


def _from_lab(image: Image.Image) -> Image.Image:
    lab, rgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, lab, rgb, outputMode="RGB")
    assert converted is not None  # as always where it is not done in place
    return converted
