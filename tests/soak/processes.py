"""The program in processes of its own: started, stopped at a chosen moment, waited for."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import IO

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child.py")
SECONDS_TO_WAIT = 300


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    said: str
    complained: str
    seconds: float  # from its start, or from the signal that it was sent, to its end
    peak_bytes: int

    def failures(self, code: int) -> list[str]:
        """What is wrong if it should have ended with `code`, without a traceback."""
        wrong = [f"exit code {self.code} instead of {code}: {self.complained[-300:]!r}"]
        traceback = [f"a traceback: {self.complained[-600:]!r}"]
        return wrong * (self.code != code) + traceback * ("Traceback" in self.complained)


class Running:
    """`python main.py` with `words`, in a session of its own, in `folder`."""

    def __init__(
        self,
        words: Iterable[str],
        folder: Path,
        interval: float | None = None,
        prefix: Iterable[str] = (),
        **options,
    ):
        """`interval` is that of the checkpoints (None: the real one); `options` are those of Popen.

        `prefix` is a command that starts the other, with fewer rights or without a network, say.
        """
        script = [str(ROOT / "main.py")] if interval is None else [str(CHILD), str(interval)]
        self._start = monotonic()
        self._out = tempfile.TemporaryFile()  # noqa: SIM115  (closed when they are read)
        self._err = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            [*prefix, sys.executable, *script, *words],
            **{
                "cwd": folder,
                "stdin": subprocess.DEVNULL,
                "stdout": self._out,
                "stderr": self._err,
                "start_new_session": True,
                **options,
            },
        )

    def wait_for(self, seen: Callable[[], bool]) -> bool:
        """Wait until something is seen; False if the process ended first."""
        while not seen():
            if self.has_ended():
                return False
            sleep(0.002)
        return True

    def has_ended(self) -> bool:
        """Whether it is gone; it stays there to be asked how it ended."""
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.process.pid, options) is not None

    def hears_signals(self) -> bool:
        """Whether the program handles SIGTERM; while the interpreter itself starts, nothing does."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        handled = int(status.partition("SigCgt:")[2].split()[0], 16)
        return bool(handled >> signal.SIGTERM - 1 & 1)

    def wait(self, seconds: float = SECONDS_TO_WAIT) -> Ended:
        """Wait for the end; a process that does not come to it is killed, which its code tells."""
        deadline, peak = monotonic() + seconds, 0
        while not self.has_ended():
            if monotonic() > deadline:
                os.killpg(self.process.pid, signal.SIGKILL)
            peak = max(peak, self._peak_bytes())
            sleep(0.002)
        seconds = monotonic() - self._start
        _, status = os.waitpid(self.process.pid, 0)
        self.process.returncode = code = os.waitstatus_to_exitcode(status)
        return Ended(code, _text(self._out), _text(self._err), seconds, peak)

    def _peak_bytes(self) -> int:
        """The most memory it had so far; 0 at its end.

        What wait4 tells begins with the memory of the process that started it, which may be large.
        """
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int((status.partition("VmHWM:")[2].split() or ["0"])[0]) * 1024

    def stop(self, number: int) -> Ended:
        """Send a signal to its whole session and wait."""
        self._start = monotonic()
        os.killpg(self.process.pid, number)
        return self.wait()


def _text(file: IO[bytes]) -> str:
    """All that was written to a temporary file, which is closed then."""
    with file:
        file.seek(0)
        return file.read().decode(errors="replace")


def run(words: Iterable[str], folder: Path, interval: float | None = None, **options) -> Ended:
    """`python main.py` until its end; the options are those of `Running`."""
    return Running(words, folder, interval, **options).wait()


@contextmanager
def inside(folder: Path) -> Iterator[Path]:
    """`folder`, made if it is not there, as the current one."""
    folder.mkdir(parents=True, exist_ok=True)
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(before)


def words_of(keys: dict) -> list[str]:
    """Keys of a config as words of the command line."""
    return [f"{key}={json.dumps(value)}" for key, value in keys.items()]


def in_process(function: Callable, *arguments):
    """`function` in a fresh process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as executor:
        return executor.submit(function, *arguments).result()


def side_by_side(function: Callable, tasks: Iterable) -> list:
    """`function` of every task, two at a time: they wait for processes."""
    with ThreadPoolExecutor(2) as executor:
        return list(executor.map(function, tasks))
