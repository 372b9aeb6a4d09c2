"""Read the pictures of a folder as levels of one size, in grey or in colour."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from images.errors import DataError
from images.formats.picture import Opened, decode, open_picture
from images.own.listing import TEST, TRAIN, Listed, list_folder
from images.own.naming import in_words, names_of, natural, with_examples
from images.own.reading import Reading
from images.pixels.colors import Wanted
from images.pixels.sizing import common_size, sizes_in_words
from images.pixels.unify import Fitted, levels_of

MOST_PICTURES = 200_000
MOST_PROBLEMS = 12


@dataclass(frozen=True)
class Problems:
    """The files that cannot be read, and why."""

    reasons: dict[Path, str] = field(default_factory=dict)

    @contextmanager
    def of(self, path: Path) -> Iterator[None]:
        """Remember whatever the block stumbles over: decoders raise what their format makes them."""
        try:
            yield
        except Exception as error:
            self.reasons[path] = in_words(str(error) or type(error).__name__)

    def check(self) -> None:
        """Raise DataError if there are any."""
        some = [f"{path}: not a readable picture ({reason})" for path, reason in self.reasons.items()]
        if len(some) > MOST_PROBLEMS:
            some = [*some[:MOST_PROBLEMS], f"and {len(some) - MOST_PROBLEMS:,} more"]
        if some:
            raise DataError("\n".join(some) + f"; mend or remove {'it' if len(some) == 1 else 'them'}")


@dataclass(frozen=True)
class Picture:
    """Where a picture comes from."""

    file: Listed
    page: int | None  # from 1; None in a file of one


def read_folder(folder: Path, side: int | None = None, wanted: Wanted = "auto") -> Reading:
    """The pictures of a folder as levels, all of one size, in grey or in colour as is `wanted`.

    `side` is that of their longer side, None for what `common_size` finds. Raises DataError if some
    cannot be read, and names them, and if they show nothing.
    """
    listing = list_folder(folder)
    if len(listing.files) > MOST_PICTURES:
        raise DataError(f"{folder}: {len(listing.files)} pictures; at most {MOST_PICTURES} are taken")
    opened, fitted, size = _read([file.path for file in listing.files], side, wanted != "grey")
    images, on_values = levels_of(fitted, size, wanted)
    sizes = [page.size for found in opened for page in found.pages]
    remarks = [*sizes_in_words(sizes, size), *_on_pages(opened), *on_values]
    pictures = [
        Picture(file, page + 1 if len(found.pages) > 1 else None)
        for file, found in zip(listing.files, opened, strict=True)
        for page in range(len(found.pages))
    ]
    parts, class_names, on_classes = _parts(pictures, images)
    return Reading(parts, class_names, _names(pictures), [*listing.remarks, *remarks, *on_classes])


def _read(
    paths: list[Path], side: int | None, has_colors: bool
) -> tuple[list[Opened], list[Fitted], tuple[int, int]]:
    """Every file, its pictures in their new size, and that size."""
    problems = Problems()
    opened: list[Opened] = []
    for path in paths:
        with problems.of(path):
            opened.append(open_picture(path, has_colors))
    sizes = [page.size for found in opened for page in found.pages]
    size = common_size(sizes, side) if sizes else (1, 1)
    fitted: list[Fitted] = []
    for found in opened:
        with problems.of(found.path):
            fitted += [Fitted.of(stored, size) for stored in decode(found, size)]
    problems.check()
    return opened, fitted, size


def _on_pages(opened: list[Opened]) -> list[str]:
    stacks = [found.path for found in opened if len(found.pages) > 1]
    animations = [found.path for found in opened if found.is_animation]
    return [
        *with_examples("files of several pages, each page a picture", stacks),
        *with_examples("animations, of which the first frame was read", animations),
    ]


def _parts(
    pictures: list[Picture], images: np.ndarray
) -> tuple[dict[str, np.ndarray], list[str], list[str]]:
    """The images and labels by part, the names of the classes, and what there is to say of these."""
    classes = {picture.file.class_name for picture in pictures}
    class_names = sorted((name for name in classes if name is not None), key=natural)
    has_classes = None not in classes
    label_of: dict[str | None, int] = {name: label for label, name in enumerate(class_names)}
    parts = {}
    for part in (TRAIN, TEST):
        rows = [row for row, picture in enumerate(pictures) if picture.file.part == part]
        if rows:
            parts[f"{part}_images"] = images[rows] if len(rows) < len(images) else images
        if rows and has_classes:
            labels = [label_of[pictures[row].file.class_name] for row in rows]
            parts[f"{part}_labels"] = np.array(labels, np.int64)
    if has_classes:
        return parts, class_names, []
    return parts, [], ["only one of the parts has classes, so that none are used"] * bool(class_names)


def _names(pictures: list[Picture]) -> dict[str, list[str]]:
    names = {}
    for part in (TRAIN, TEST):
        own = [picture for picture in pictures if picture.file.part == part]
        names[part] = names_of([one.file.inside for one in own], [one.page for one in own])
    return {part: called for part, called in names.items() if called}
