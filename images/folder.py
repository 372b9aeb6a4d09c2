"""Read the pictures of a folder as grey levels of one size; no script in a picture is run."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from images.errors import DataError

LARGEST_PICTURE = 8192  # rows or columns of a picture before it is reduced
LARGEST_SIDE = 64  # rows or columns of a picture of a folder, after it was reduced
MOST_PICTURES = 200_000
# Only formats that Pillow itself decodes: for others (EPS) it would start another program.
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")
ENDINGS = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".pgm", ".ppm", ".pbm"}
TURNED = {5, 6, 7, 8}  # EXIF orientations that swap rows and columns
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Pictures:
    """The pictures of a folder, and what is known of each."""

    images: np.ndarray  # (images, rows, columns), uint8
    labels: np.ndarray | None  # (images,), int64; None without classes
    class_names: list[str]  # by label; empty without classes
    names: list[str]  # of each picture, no two of them equal


def read_folder(folder: Path) -> Pictures:
    """The pictures of a folder as grey levels. Raises DataError if one of them cannot be read.

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
    size = _common_size(paths)
    images = np.stack([_grey_levels(path, size) for path in paths])
    names = _names([path.relative_to(folder) for path in paths])
    if list(classes) == [""]:
        return Pictures(images, None, [], names)
    labels = np.repeat(np.arange(len(classes)), [len(pictures) for pictures in classes.values()])
    return Pictures(images, labels, [_in_words(name) for name in classes], names)


def _common_size(paths: list[Path]) -> tuple[int, int]:
    """The columns and rows that all pictures get."""
    columns, rows = (min(side) for side in zip(*map(_size, paths), strict=True))
    factor = min(1.0, LARGEST_SIDE / max(rows, columns))
    return max(1, round(columns * factor)), max(1, round(rows * factor))


def _names(paths: list[Path]) -> list[str]:
    """The file names without ending; if two are equal, behind their classes; if need be with ending."""
    for form in (_stem, _class_and_stem, Path.as_posix):
        names = [_in_words(form(path)) for path in paths]
        if len(set(names)) == len(names):
            break
    return names


def _stem(path: Path) -> str:
    return path.stem


def _class_and_stem(path: Path) -> str:
    return path.with_suffix("").as_posix()


def _in_words(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8 could not be written into a table."""
    return name.encode(errors="backslashreplace").decode()


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
