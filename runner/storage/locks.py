"""A lock on a folder that the system gives back whenever and however its process ends."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there runs are not kept from each other
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def locked(folder: Path, together: bool = False) -> Iterator[bool]:
    """Inside, no other process of this machine has the lock of the folder; yields False if one has it.

    `together` shares it with all that ask for it so. A system or a file system without such locks gives
    it to everybody.
    """
    if fcntl is None:
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _is_free(handle, fcntl.LOCK_SH if together else fcntl.LOCK_EX)
    finally:
        os.close(handle)


def is_surely_free(folder: Path) -> bool:
    """Whether no process of this machine has the lock; also False where that cannot be known."""
    if fcntl is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _is_free(handle: int, operation: int) -> bool:
    try:
        fcntl.flock(handle, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        pass
    return True
