"""Which files of a folder are pictures, of which part and of which class; what is passed over is told."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from images.errors import DataError
from images.own.naming import MOST_EXAMPLES, in_words, natural, natural_path, some_of, with_examples

ENDINGS = {
    *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".gif", ".tif", ".tiff", ".webp"),
    *(".pbm", ".pgm", ".ppm", ".pnm", ".pfm"),
}
# What systems leave behind in folders, beside files that begin with a dot.
OF_SYSTEMS = {"__macosx", "thumbs.db", "desktop.ini"}
TRAIN, VALIDATION, TEST = "train", "validation", "test"
PARTS = {
    **dict.fromkeys(("train", "training"), TRAIN),
    **dict.fromkeys(("val", "valid", "validation"), VALIDATION),
    **dict.fromkeys(("test", "testing", "t10k"), TEST),
}


@dataclass(frozen=True)
class Listed:
    """A file that ought to be a picture."""

    path: Path
    inside: Path  # the same from the folder of its part on
    part: str  # `train` or `test`
    class_name: str | None


@dataclass(frozen=True)
class Listing:
    """The pictures of a folder in natural order, and what there is to say of it."""

    files: list[Listed]
    remarks: list[str]


@dataclass(frozen=True)
class Branch:
    """A folder, its pictures, the folders in it that hold pictures, and what was passed over."""

    path: Path
    pictures: list[Path] = field(default_factory=list)
    branches: list["Branch"] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)  # here and below
    hidden: list[Path] = field(default_factory=list)
    loops: list[Path] = field(default_factory=list)

    @property
    def part(self) -> str | None:
        """The part that its name stands for, if it does."""
        return PARTS.get(self.path.name.casefold())

    @property
    def count(self) -> int:
        """How many pictures it has at any depth."""
        return sum(1 for _ in self.everything())

    def everything(self) -> Iterator[Path]:
        """Its pictures, and those of the folders in it."""
        yield from self.pictures
        for branch in self.branches:
            yield from branch.everything()


def list_folder(folder: Path) -> Listing:
    """The pictures of a folder. Raises DataError if there are none, or if it is not clear what they are.

    Either the folder holds the pictures itself, without classes, or each of its sub-folders holds those
    of one class, at any depth. Sub-folders `train` and `test` are parts, each with classes or without;
    `validation` is the test part where there is no other, and otherwise left out. A folder that holds
    nothing but one folder of folders stands for that.
    """
    root = _branch(folder, ())
    top = root
    while not top.pictures and len(top.branches) == 1 and not top.branches[0].pictures:
        top = top.branches[0]
    if not top.pictures and not top.branches:
        raise DataError(_nothing(root))
    remarks = [] if top is root else [f"read from {in_words(str(top.path.relative_to(folder)))} in it"]
    parts, more = _parts(top)
    files = [
        Listed(path, path.relative_to(branch.path), part, class_name)
        for part, branch in parts.items()
        for class_name, paths in _classes(branch).items()
        for path in paths
    ]
    return Listing(files, [*remarks, *more, *_passed_over(root)])


def _branch(folder: Path, above: tuple[tuple[int, int], ...]) -> Branch:
    """What is in a folder; a link back to one of those `above` it, by device and inode, is not followed."""
    found = Branch(folder)
    try:
        about = folder.stat()
        inside = sorted(os.scandir(folder), key=lambda entry: natural(entry.name))
        path_above = (*above, (about.st_dev, about.st_ino))
        for entry in inside:
            _sort_in(entry, found, path_above)
    except OSError as error:
        raise DataError(f"{error.filename}: cannot be read ({error.strerror})") from None
    return found


def _sort_in(entry: os.DirEntry, found: Branch, above: tuple[tuple[int, int], ...]) -> None:
    path = Path(entry.path)
    if entry.name.startswith(".") or entry.name.casefold() in OF_SYSTEMS:
        found.hidden.append(path)
    elif entry.is_dir():
        about = path.stat()
        if (about.st_dev, about.st_ino) in above:
            found.loops.append(path)
            return
        below = _branch(path, above)
        if below.pictures or below.branches:
            found.branches.append(below)
        found.others.extend(below.others)
        found.hidden.extend(below.hidden)
        found.loops.extend(below.loops)
    elif path.suffix.lower() in ENDINGS and entry.is_file():
        found.pictures.append(path)
    else:
        found.others.append(path)


def _parts(top: Branch) -> tuple[dict[str, Branch], list[str]]:
    """The folders of the parts, and what to say of them; all is `train` where folders name no parts."""
    named = {branch.part: branch for branch in top.branches if branch.part}
    if top.pictures or TRAIN not in named or not len(named) == len(top.branches) > 1:
        return {TRAIN: top}, []
    parts = {TRAIN: named[TRAIN], TEST: named.get(TEST) or named[VALIDATION]}
    remarks = ["the parts are its folders " + " and ".join(part.path.name for part in parts.values())]
    if VALIDATION in named and TEST in named:
        left_out = named[VALIDATION]
        remarks.append(f"left out, as there is a test part: {left_out.count:,} in {left_out.path.name}")
    return parts, remarks


def _classes(branch: Branch) -> dict[str | None, list[Path]]:
    """The pictures by class; without classes, all under None."""
    if not branch.branches:
        return {None: branch.pictures}
    if branch.pictures:
        raise DataError(
            f"{branch.path}: holds pictures beside sub-folders; move each into that of its class"
        )
    return {
        in_words(below.path.name): sorted(below.everything(), key=natural_path) for below in branch.branches
    }


def _nothing(root: Branch) -> str:
    has = (
        f"; it has {some_of([in_words(path.name) for path in root.others], MOST_EXAMPLES)}"
        if root.others
        else ""
    )
    return f"{root.path}: holds no pictures ({' '.join(sorted(ENDINGS))}){has}"


def _passed_over(root: Branch) -> list[str]:
    """A remark for each reason why files were passed over."""
    return [
        *with_examples("passed over, not read as pictures", root.others),
        *with_examples("passed over, hidden or of the system", root.hidden),
        *with_examples("passed over, links to a folder they are in", root.loops),
    ]
