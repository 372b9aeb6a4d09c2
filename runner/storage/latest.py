"""`latest`, which leads to the newest run: a link, or a file with its name where there are no links."""

import contextlib
from pathlib import Path

LATEST = "latest"


def point_to(folder: Path) -> None:
    """Let `latest`, beside a folder, lead to it."""
    link = folder.parent / LATEST
    temporary = folder.parent / f".{LATEST}.{folder.name}"
    # A convenience only: a user may own a folder of that name, and a disk may be full.
    with contextlib.suppress(OSError):
        try:
            temporary.symlink_to(folder.name, target_is_directory=True)
        except OSError:  # Windows asks for a right that few have, and some file systems have no links.
            temporary.write_text(folder.name, encoding="utf-8")
        temporary.replace(link)
    with contextlib.suppress(OSError):
        temporary.unlink()


def followed(path: Path) -> Path:
    """The folder that is meant by a path, which may be such a file."""
    if path.name == LATEST and path.is_file():
        return path.parent / path.read_text(encoding="utf-8").strip()
    return path
