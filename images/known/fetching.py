"""Fetch what is not on this machine: a file of the web, or a package by the command that knows how."""

import os
import shutil
import subprocess
import time
from urllib.request import urlopen

from images.errors import DataError

LARGEST_FILE = 50_000_000  # bytes; 60,000 images of 28×28 are 47 million
SILENCE = 10  # seconds after which a server counts as gone
PATIENCE = 600  # seconds for one file or one command


def fetch(url: str) -> bytes:
    """A file of the web, if it comes in time and is no larger than expected."""
    end = time.monotonic() + PATIENCE
    content = bytearray()
    with urlopen(url, timeout=SILENCE) as response:
        while block := response.read(1 << 16):
            content += block
            if len(content) > LARGEST_FILE or time.monotonic() > end:
                raise DataError("larger or slower than it should be")
    return bytes(content)


def run_command(command: list[str], folder: str) -> None:
    """Run a command in a folder of its own, or raise DataError with its last words."""
    if shutil.which(command[0]) is None:
        raise DataError(f"{command[0]} is not on this machine")
    try:
        subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode(errors="replace").split("\n")
        last = [line.strip() for line in words if line.strip()][-1:] or ["without a word"]
        raise DataError(f"{' '.join(command[:4])} failed: {last[0][:200]}") from None
