"""What the terminal shows: a live bar for people, plain lines for files and pipes, and a log of it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

SECONDS_BETWEEN_LINES = 5.0
SECONDS_BETWEEN_FRAMES = 0.1


class Terminal:
    """Says things to the user and remembers them for `log.txt`."""

    def __init__(self, quiet: bool = False):
        """`quiet` keeps everything out of the terminal; the log still has it."""
        self._quiet = quiet
        self._lines: list[str] = []

    @property
    def log(self) -> str:
        """All lines said so far."""
        return "".join(f"{line}\n" for line in self._lines)

    def say(self, text: str = "") -> None:
        """Print a line or several."""
        self._lines.append(text)
        if not self._quiet:
            try:
                print(text, flush=True)
            except OSError:  # `| head` has left, or a disk is full: no reason to lose a training
                self._quiet = True
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    @contextmanager
    def progress(self, epochs: int) -> Iterator[Callable[[int, float], None]]:
        """A `report(epoch, error)` that shows how far the training is."""
        if sys.stdout.isatty() and not self._quiet:
            with _live_bar(epochs) as report:
                yield report
        else:
            yield self._plain_lines(epochs)

    def _plain_lines(self, epochs: int) -> Callable[[int, float], None]:
        start = last = monotonic()

        def report(epoch: int, error: float) -> None:
            nonlocal last
            now = monotonic()
            if now - last < SECONDS_BETWEEN_LINES:
                return
            last = now
            left = (now - start) / max(epoch, 1) * (epochs - epoch)
            self.say(f"epoch {epoch} of {epochs}, error {error:.4g}, {left:.0f} s left")

        return report


@contextmanager
def _live_bar(epochs: int) -> Iterator[Callable[[int, float], None]]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = [
        TextColumn("epoch"),
        MofNCompleteColumn(),
        BarColumn(),
        TextColumn("error {task.fields[error]:.4g}"),
        TimeRemainingColumn(),
    ]
    last = 0.0
    with Progress(*columns, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=epochs, error=float("nan"))

        def report(epoch: int, error: float) -> None:
            nonlocal last
            now = monotonic()
            if now - last >= SECONDS_BETWEEN_FRAMES:
                last = now
                bar.update(task, completed=epoch, error=error, refresh=True)

        yield report
