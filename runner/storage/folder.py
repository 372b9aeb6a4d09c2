"""The folder of a run: made without ever touching another run's, and filled with whole files."""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import FileIO
from pathlib import Path

from runner.config.errors import UserError
from runner.storage.latest import LATEST, point_to
from runner.storage.locks import locked

TEMPORARY = ".part"
# What the files of a run of images may need, half of them its moments; those of a font are a tenth of it.
SPACE_OF_A_RUN = 32 * 2**20


def dated(name: str) -> str:
    """`2026-11-22_143005_<name>`: the name of a folder, with the time of its beginning."""
    return f"{datetime.now():%Y-%m-%d_%H%M%S}_{name}"


def write_whole(path: Path, content: bytes | str, is_synced: bool = True) -> None:
    """Write a file so that it is there complete or not at all, whatever happens meanwhile.

    If it is not synced, a power cut is not among that.
    """
    data = content.encode() if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if is_synced:
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink()
        raise


def read_whole(folder: Path, name: str) -> bytes:
    """The content of a file in a folder. Raises UserError if it is not there or cannot be read."""
    place = f"{folder}/{name}"
    try:
        # Half of the time that a path takes: comparisons read tens of thousands of small files.
        with FileIO(place) as file:
            return file.readall()
    except OSError as error:
        raise UserError(f"{place}: cannot be read ({error.strerror}); is this a finished run?") from None


@dataclass(frozen=True)
class OutputFolder:
    """The folder of a run, a sweep or a comparison.

    `written` has the SHA-256 of each file that this process wrote there. `is_one_of_many` says that it is
    inside that of a sweep: its files go to the disk together, before it says that it is finished.
    """

    path: Path
    is_one_of_many: bool = False
    written: dict[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def make(cls, results: Path, name: str) -> "OutputFolder":
        """A new folder; a name that is taken gets `_2`, `_3` and so on.

        Raises UserError if the name is not one or the folder cannot be made.
        """
        return cls._made(results, name, _make_folder)

    @classmethod
    def join(cls, results: Path, name: str) -> "OutputFolder":
        """The folder of that name, made if it is not there; several processes may share it.

        Raises UserError as `make` does.
        """
        return cls._made(results, name, _make_or_find)

    @classmethod
    def inside(cls, path: Path) -> "OutputFolder":
        """The folder of a sweep's run, made if it is not there. Raises UserError if it cannot be made."""
        try:
            path.mkdir(exist_ok=True)
        except OSError as error:
            raise UserError(f"{path}: cannot be made ({error.strerror})") from None
        return cls(path, is_one_of_many=True)

    @classmethod
    def _made(cls, results: Path, name: str, make: Callable[[Path, str], Path]) -> "OutputFolder":
        if not re.fullmatch(r"\w[\w.+-]*", name) or name == LATEST:
            raise UserError(
                f"--name: got {name!r}; use letters, digits, and . _ + - after the first, but not {LATEST}"
            )
        try:
            results.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(results).free
            if free < SPACE_OF_A_RUN:
                raise UserError(
                    f"{results}: only {free / 2**20:.1f} MiB are free there, and a run needs up to"
                    f" {SPACE_OF_A_RUN / 2**20:.0f} MiB; make room, or choose another with --results"
                )
            path = make(results, name)
        except OSError as error:
            raise UserError(
                f"{results}: no run folder can be made there ({error.strerror});"
                " choose another with --results"
            ) from None
        return cls(path)

    def become_latest(self) -> None:
        """Let `latest`, beside it, lead here."""
        point_to(self.path)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Inside, no other process of this machine can be in such a block for the same folder.

        Raises UserError if one is. The system gives the lock back whenever and however the process ends.
        """
        with locked(self.path) as is_mine:
            if not is_mine:
                raise UserError(f"{self.path}: another process is running it at this moment")
            yield

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Inside, the folder is kept from `alone`, and shared with whoever else is in such a block.

        Raises UserError if a process of this machine has it alone.
        """
        with locked(self.path, together=True) as is_shared:
            if not is_shared:
                raise UserError(f"{self.path}: another process is removing it at this moment")
            yield

    def remove_leftovers(self) -> None:
        """Remove the temporary files that killed writers left here and in the folders below."""
        for path in self.path.rglob(f".*{TEMPORARY}"):
            path.unlink(missing_ok=True)

    def write(self, name: str, content: bytes | str) -> None:
        """Write one file, `plots/…` included. Raises UserError if the disk does not take it."""
        path = self.path / name
        try:
            path.parent.mkdir(exist_ok=True)
            write_whole(path, content, is_synced=not self._is_synced_at_once)
        except OSError as error:
            raise UserError(f"{path}: cannot be written ({error.strerror})") from None
        data = content.encode() if isinstance(content, str) else content
        self.written[name] = hashlib.sha256(data).hexdigest()

    @property
    def _is_synced_at_once(self) -> bool:
        return self.is_one_of_many and hasattr(os, "sync")

    def sync(self) -> None:
        """Let all that was written be on the disk, whatever happens from here on.

        For each of a dozen small files by itself that takes longer than to train a small network.
        """
        if self._is_synced_at_once:
            os.sync()

    def read(self, name: str) -> bytes:
        """The content of one file. Raises UserError if it is not there or cannot be read."""
        return read_whole(self.path, name)


def _make_folder(results: Path, name: str) -> Path:
    number = 1
    while True:
        path = results / (name if number == 1 else f"{name}_{number}")
        try:
            path.mkdir()
            return path
        except FileExistsError:
            number += 1


def _make_or_find(results: Path, name: str) -> Path:
    path = results / name
    path.mkdir(exist_ok=True)
    return path
