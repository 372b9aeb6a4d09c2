"""The state of a training in the folder of its run: saved now and then, found again when the run goes on.

Two files are written in turn, so that there is always a whole one. Each is a line with the SHA-256 of
the rest, and then an `.npz` with the arrays of the state and what is needed to judge it. Beside them
the journal only grows: float64 values, of which a state says how many belong to it, and their SHA-256.
"""

import hashlib
import json
import os
import shutil
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any
from zipfile import BadZipFile

import numpy as np

from runner.storage.folder import write_whole
from training.watch import Checkpoints, State, joined, part_of

FOLDER = "checkpoint"
STATE_FILES = "state_0.bin", "state_1.bin"
JOURNAL = "journal.bin"
# What may be lost is ten seconds; the last step before a save and the save itself are part of them.
SECONDS_BETWEEN_SAVES = 9.0
SECONDS_BETWEEN_LOOKS = 0.01  # at the clock
MOST_CHECKS = 100
# Of the time of a training. Saves that take more of it become rarer.
LARGEST_SHARE = 0.015


class CheckpointError(Exception):
    """Nothing that was saved can be used; the message names the files and what is wrong with them."""


class OtherConfigError(CheckpointError):
    """What was saved belongs to another config; `keys` are those that differ."""

    def __init__(self, saved: dict[str, Any], wanted: dict[str, Any]):
        self.keys = [key for key in {**saved, **wanted} if saved.get(key) != wanted.get(key)]
        super().__init__(f"the state belongs to another {', '.join(self.keys)}")


@dataclass(frozen=True)
class _Saved:
    """One file: the state, its place in the order of saves, and the part of the journal that is its own."""

    sequence: int
    identity: str  # JSON
    seconds: float
    journal_values: int
    journal_sha256: str
    state: State

    def file_content(self) -> bytes:
        buffer = BytesIO()
        own = {name: value for name, value in vars(self).items() if name != "state"}
        arrays: dict[str, Any] = {**own, **joined(state=self.state)}
        np.savez(buffer, **arrays)
        content = buffer.getvalue()
        return _first_line(content) + content

    @classmethod
    def read(cls, path: Path) -> "_Saved":
        """Raises CheckpointError if it is not what was written."""
        line, _, content = path.read_bytes().partition(b"\n")
        if line + b"\n" != _first_line(content):
            raise CheckpointError(f"{path.name} is damaged")
        try:
            with np.load(BytesIO(content), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            own = {name: arrays[name].item() for name in cls.__dataclass_fields__ if name != "state"}
        except (ValueError, KeyError, EOFError, BadZipFile) as error:
            raise CheckpointError(f"{path.name} was written by another version ({error})") from None
        return cls(**own, state=part_of(arrays, "state"))


def _first_line(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode() + b"\n"


class CheckpointStore:
    """The folder `checkpoint` of a run.

    `state` and `journal` are what the training goes on from, `seconds` what was spent to get there.
    """

    def __init__(self, run_folder: Path, identity: dict[str, Any]):
        """`identity` is all that must not change between a save and going on from it, e.g. the config."""
        self.state: State = {}
        self.journal = np.empty(0)
        self.seconds = 0.0
        self._folder, self._identity = run_folder / FOLDER, json.dumps(identity)
        self._sequence = self._journal_values = 0
        self._journal_hash = hashlib.sha256()

    def load(self) -> list[str]:
        """Find the newest whole state; `state` stays empty if none was ever saved.

        Returns what is wrong with a file that could not be used: then up to one interval more is lost.
        Raises CheckpointError if there are only such files, OtherConfigError for a state of another config.
        """
        for abandoned in self._folder.glob(".*"):  # A kill while a file was written leaves its first part.
            abandoned.unlink()
        saved, complaints = self._read_files()
        journal = self._read_journal()
        for candidate in sorted(saved, key=lambda one: one.sequence, reverse=True):
            if candidate.identity != self._identity:
                raise OtherConfigError(json.loads(candidate.identity), json.loads(self._identity))
            values = journal[: candidate.journal_values]
            if hashlib.sha256(values.data).hexdigest() == candidate.journal_sha256:
                self._go_on_from(candidate, values)
                return complaints
            complaints.append(f"{JOURNAL} lacks what belongs to {_file_of(candidate.sequence)}")
        if complaints:
            raise CheckpointError("; ".join(complaints))
        return []

    def _read_files(self) -> tuple[list[_Saved], list[str]]:
        """The whole files, and what is wrong with the others."""
        saved, complaints, missing = [], [], []
        for name in STATE_FILES:
            try:
                saved.append(_Saved.read(self._folder / name))
            except FileNotFoundError:
                missing.append(f"{name} is missing")
            except CheckpointError as error:
                complaints.append(str(error))
        # There is no second file yet only while the first state is the only one.
        if complaints or any(one.sequence > 1 for one in saved):
            complaints += missing
        return saved, complaints

    def _read_journal(self) -> np.ndarray:
        path = self._folder / JOURNAL
        return np.fromfile(path) if path.exists() else np.empty(0)

    def _go_on_from(self, saved: _Saved, journal: np.ndarray) -> None:
        self.state, self.journal, self.seconds = saved.state, journal, saved.seconds
        self._sequence, self._journal_values = saved.sequence, saved.journal_values
        self._journal_hash = hashlib.sha256(journal.data)

    def write(self, state: State, entries: array, seconds: float) -> None:
        """Save `state`, and `entries`, float64 values, at the end of the journal.

        `seconds` were spent since the state that was loaded. Raises OSError if the disk does not take it;
        what was saved before is then still there.
        """
        self._folder.mkdir(exist_ok=True)
        journal_hash = self._journal_hash.copy()
        journal_hash.update(entries)
        if entries:
            self._append(entries)
        sequence, values = self._sequence + 1, self._journal_values + len(entries)
        spent = self.seconds + seconds
        saved = _Saved(sequence, self._identity, spent, values, journal_hash.hexdigest(), state)
        write_whole(self._folder / _file_of(sequence), saved.file_content())
        self._sequence, self._journal_values, self._journal_hash = sequence, values, journal_hash

    def begin(self) -> None:
        """Save that nothing was reached yet. Raises OSError if the disk does not take it."""
        self.write({}, array("d"), 0.0)

    def _append(self, entries: array) -> None:
        """Write behind what belongs to the last state; a save that failed may have left more there."""
        path = self._folder / JOURNAL
        path.touch()
        with path.open("r+b") as file:
            file.seek(self._journal_values * entries.itemsize)
            file.truncate()
            file.write(entries)
            file.flush()
            os.fsync(file.fileno())


def remove_checkpoints(run_folder: Path) -> None:
    """Delete all of them: the run has come to its end."""
    if (run_folder / FOLDER).exists():
        shutil.rmtree(run_folder / FOLDER)


def _file_of(sequence: int) -> str:
    return STATE_FILES[sequence % len(STATE_FILES)]


class TimedCheckpoints(Checkpoints):
    """Saves the state of a training every few seconds."""

    def __init__(self, store: CheckpointStore, warn: Callable[[str], None]):
        """The training goes on from what `store` holds. `warn(line)` hears of a disk that takes no more."""
        self.earlier_seconds = store.seconds
        self._store, self._warn, self._is_failing = store, warn, False
        self._new_entries = array("d")
        self._asked = self._start = monotonic()
        self._due = self._asked + SECONDS_BETWEEN_SAVES
        # The clock is asked again after so many checks, of which so many are left.
        self._stride = self._checks_left = 1

    def are_due(self) -> bool:
        """Whether the time of the next save has come.

        The clock would cost short steps a hundredth of their time, so it is asked about once in
        SECONDS_BETWEEN_LOOKS, as the last checks foretell.
        """
        self._checks_left -= 1
        return not self._checks_left and self._clock_says_so()

    def _clock_says_so(self) -> bool:
        now = monotonic()
        pace = (now - self._asked) / self._stride
        foretold = int(SECONDS_BETWEEN_LOOKS / pace) if pace else MOST_CHECKS
        self._stride = self._checks_left = min(max(foretold, 1), MOST_CHECKS)
        self._asked = now
        return now >= self._due

    def save(self, state: State) -> None:
        """Write it. When the disk takes no more the training goes on, with the older state in its place."""
        began = monotonic()
        try:
            self._store.write(state, self._new_entries, began - self._start)
        except OSError as error:
            if not self._is_failing:
                self._warn(f"The state of the training cannot be saved ({error.strerror}); it goes on.")
            self._is_failing = True
        else:
            self._is_failing = False
            self._new_entries = array("d")
        now = monotonic()
        # From the look at the clock on: to make a state is part of what a save takes.
        self._due = now + max(SECONDS_BETWEEN_SAVES, (now - self._asked) / LARGEST_SHARE)

    def log(self, values: Sequence[float]) -> None:
        """Keep values of the journal until the next save."""
        self._new_entries.extend(values)

    def saved(self) -> State:
        """The state that the store holds."""
        return self._store.state

    def logged(self) -> np.ndarray:
        """The journal that the store holds."""
        return self._store.journal
