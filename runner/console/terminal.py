"""What the terminal shows: a live bar for people, plain lines for files and pipes, and a log of it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from runner.numbers import number_text

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

    def note(self, text: str) -> None:
        """Remember for `log.txt` what would only be in the way on the terminal."""
        self._lines.append(text)

    @contextmanager
    def working(self, doing: str) -> Iterator[Callable[[str], None]]:
        """A `report(name)` that shows which of several files it is `doing` something with."""
        if sys.stdout.isatty() and not self._quiet:
            with _live_line() as show:
                yield lambda name: show(f"{doing} {name} …")
        else:
            last = monotonic()

            def report(name: str) -> None:
                nonlocal last
                if monotonic() - last >= SECONDS_BETWEEN_LINES:
                    last = monotonic()
                    self.say(f"{doing} {name}")

            yield report

    @contextmanager
    def progress(self, epochs: int, measure: str = "error") -> Iterator[Callable[[int, float], None]]:
        """A `report(epoch, value)` that shows how far the training is; `measure` names the value."""
        if sys.stdout.isatty() and not self._quiet:
            with _live_bar(epochs, measure) as report:
                yield report
        else:
            yield self._plain_lines(epochs, measure)

    def _plain_lines(self, epochs: int, measure: str) -> Callable[[int, float], None]:
        last, first = monotonic(), None

        def report(epoch: int, value: float) -> None:
            nonlocal last, first
            now = monotonic()
            # What came before the first epoch, importing and compiling, says nothing of those to come.
            first = first or (epoch, now)
            if now - last < SECONDS_BETWEEN_LINES:
                return
            last = now
            line = f"epoch {epoch} of {epochs}, {measure} {number_text(value)}"
            if epoch > first[0]:
                left = (now - first[1]) / (epoch - first[0]) * (epochs - epoch)
                line += f", {left:.0f} s left"
            self.say(line)

        return report


@contextmanager
def _live_line() -> Iterator[Callable[[str], None]]:
    """A `show(text)` that shows it until the next one, the last until the block is left."""
    from rich.progress import Progress, TextColumn

    # Text is text: no markup is looked for in names.
    columns = [TextColumn("{task.description}", markup=False)]
    with Progress(*columns, transient=True, auto_refresh=False) as line:
        task = line.add_task("")
        yield lambda text: line.update(task, description=text, refresh=True)


@contextmanager
def _live_bar(epochs: int, measure: str) -> Iterator[Callable[[int, float], None]]:
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
        TextColumn("{task.fields[measured]}"),
        TimeRemainingColumn(),
    ]
    last = 0.0
    with Progress(*columns, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=epochs, measured="")

        def report(epoch: int, value: float) -> None:
            nonlocal last
            now = monotonic()
            if now - last >= SECONDS_BETWEEN_FRAMES:
                last = now
                measured = f"{measure} {number_text(value)}"
                bar.update(task, completed=epoch, measured=measured, refresh=True)

        yield report
