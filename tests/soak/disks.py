"""Disks that are small, full or read-only: real file systems, and a user who may not write."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .finding import Finding, skipped
from .folders import broken, differences
from .modes import MODES, prepare
from .processes import Ended, Running, run, words_of
from .stopping import NAME, PLACE, RESUME, reference

PROMISE = "full disk"
KIB, MIB = 2**10, 2**20


@contextmanager
def tmpfs(folder: Path, size: int) -> Iterator[Path]:
    """A file system of that size; OSError where this user may not make one."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        raise PermissionError(error.stderr.decode()) from None
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def too_small(workspace: Path, sizes: list[int]) -> Finding:
    """Found before the training, in one message that says how much is needed."""
    failures = []
    try:
        for size in sizes:
            with tmpfs(workspace / f"small_{size}", size) as disk:
                ended = run(["--quiet", "--results", str(disk)], prepare(workspace / f"run_{size}", "adam"))
                wrong = ended.failures(2) + [f"wrote {path}" for path in disk.iterdir()]
                wrong += ["no remedy"] * ("make room" not in ended.complained)
                failures += [f"{size / KIB:.0f} KiB: {line}" for line in wrong]
    except PermissionError as error:
        return skipped(f"{PROMISE} before the training", str(error))
    span = f"{min(sizes) / KIB:.0f} KiB to {max(sizes) / MIB:.0f} MiB"
    done = f"{len(sizes)} file systems of {span}"
    figure = f"{len(failures)} not found before the training"
    return Finding(f"{PROMISE} before the training", done, figure, "0", failures)


def filled_up(workspace: Path, left: list[int]) -> Finding:
    """Filled up while the training goes on; with room made, `--resume` finishes in the same bits."""
    known = reference(workspace, "adam")
    failures, messages = [], set()
    try:
        for room in left:
            with tmpfs(workspace / f"disk_{room}", 40 * MIB) as disk:
                wrong, message = _filled_up(disk, room, known.path)
                messages.add(message)
                failures += [f"{room} bytes left: {line}" for line in wrong]
    except PermissionError as error:
        return skipped(f"{PROMISE} during the training", str(error))
    return Finding(
        f"{PROMISE} during the training",
        f"{len(left)} times filled up to the last {min(left)} to {max(left):,} bytes; resumed with room",
        f"{len(failures)} tracebacks, broken files or unequal ends",
        "0",
        failures,
    )


def _filled_up(disk: Path, room: int, known: Path) -> tuple[list[str], str]:
    prepare(disk / "here", "adam")
    words = [*words_of(MODES["adam"]), "--name"]
    wrong = run([*words, "earlier"], disk / "here").failures(0)
    running = Running([*words, "run"], disk / "here", 0.05)
    running.wait_for((disk / "here" / PLACE / "run.json").exists)
    filler = disk / "filler"
    with filler.open("wb") as file:
        file.truncate(0)
        os.posix_fallocate(file.fileno(), 0, max(shutil.disk_usage(disk).free - room, 1))
    ended = running.wait()
    if ended.code == 0:
        message = "finished"
    else:
        message = ended.complained
        wrong += ended.failures(2) + ["no clear message"] * ("No space left" not in message)
    wrong += broken(disk / "here" / "results")
    filler.unlink()
    wrong += run(RESUME, disk / "here").failures(0) + broken(disk / "here" / "results")
    for name in ("run", "earlier"):
        wrong += [f"{name}: {line}" for line in differences(known, disk / "here" / "results" / name)]
    return wrong, message


def cannot_be_written(workspace: Path) -> Finding:
    """`results` is a file, or belongs to another; earlier results stay as they are."""
    failures = []
    folder = prepare(workspace / "file", "adam")
    (folder / "results").write_text("mine")
    failures += _refused(run(["--quiet"], folder), "results is a file")
    failures += ["results is a file: changed"] * ((folder / "results").read_text() != "mine")
    cases = "results is a file"
    prefix = _without_rights()
    if prefix is not None:
        cases += "; read-only results met without root's rights, new and resumed"
        failures += _read_only(prepare(workspace / "read_only", "adam"), prefix)
    figure = f"{len(failures)} without a clear message, or changed"
    return Finding("read-only results", cases, figure, "0", failures)


def _read_only(folder: Path, prefix: list[str]) -> list[str]:
    words = [*words_of({**MODES["adam"], "plots": False}), *NAME]
    failures = run(words, folder).failures(0)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    failures += _refused(run(words, folder, prefix=prefix), "a new run")
    (folder / PLACE).chmod(0o755)
    record = folder / PLACE / "run.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "status": "interrupted"}))
    (folder / PLACE).chmod(0o555)
    failures += _refused(run(RESUME, folder, prefix=prefix), "a resumed run")
    for path in folders:
        path.chmod(0o755)
    record.write_bytes(before[record])
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return failures + ["earlier results were changed"] * (after != before)


def _refused(ended: Ended, case: str) -> list[str]:
    wrong = ended.failures(2)
    wrong += ["no clear message"] * (not ended.complained.startswith("error: "))
    return [f"{case}: {line}" for line in wrong]


def _without_rights() -> list[str] | None:
    """The command that starts another one bound by the rights of files; None if there is none."""
    if os.geteuid() != 0:
        return []
    # Root without its capabilities may write only where its own files let it.
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if shutil.which("setpriv") else None
