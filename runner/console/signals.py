"""SIGINT (Ctrl-C) and SIGTERM: a training that is asked to end saves its state first."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SECONDS_UNTIL_REPEATED = 0.05


class Interrupted(KeyboardInterrupt):
    """The process was asked to end by a signal."""

    def __init__(self, number: int):
        super().__init__(signal.Signals(number).name)
        self.number, self.exit_code = number, 128 + number


# The signals that were raised and not yet heard of.
_raised: list[int] = []


def hear_signals() -> None:
    """From now on let both signals raise `Interrupted`, once more if Python passes over it.

    It passes over what is raised in a destructor, or by a library's callback when garbage is collected.
    """
    raise_on_signals()
    sys.unraisablehook = _repeat


def raise_on_signals() -> None:
    """From now on let both signals raise `Interrupted`, wherever the program is."""
    for number in SIGNALS:
        signal.signal(number, _raise)


def _repeat(unraisable) -> None:
    lost = unraisable.exc_value
    if isinstance(lost, Interrupted):  # Raised here, it would be passed over once more.
        threading.Timer(SECONDS_UNTIL_REPEATED, os.kill, [os.getpid(), lost.number]).start()
    else:
        sys.__unraisablehook__(unraisable)


def ignore_signals() -> None:
    """From now on pass over both signals."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def keeping_from_children(*numbers: signal.Signals) -> Iterator[None]:
    """Processes that are started inside never hear of these signals, nor this one before the end.

    A terminal sends Ctrl-C to all processes of a command, but only the first can end the others in order.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows: there the children hear of it, too
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # Its start would undo what follows, in some versions of Python.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def as_interruption() -> Iterator[None]:
    """Raise `Interrupted` for whatever else comes out of the block once a signal was raised inside.

    Libraries in C turn an exception into one of their own when it meets them during their import.
    """
    _raised.clear()
    try:
        yield
    except Interrupted:
        raise
    except BaseException:
        if not _raised:
            raise
        raise Interrupted(_raised[0]) from None


@contextmanager
def asking_to_stop(request_stop: Callable[[], bool]) -> Iterator[list[int]]:
    """Inside, the first signal only calls `request_stop`; the next one raises `Interrupted`.

    So does the first one if `request_stop` says that nobody would hear of it yet.

    Yields the numbers of the signals that came, also of those that were raised: what a library makes of an
    exception in its middle may be nothing at all. Threads hear of no signals.
    """
    received: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield received
        return

    def ask(number: int, frame: object) -> None:
        raise_on_signals()
        received.append(number)
        if not request_stop():
            _raise(number, frame)

    before = {number: signal.signal(number, ask) for number in SIGNALS}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def naming_the_way_back(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Say how to go on with the run or sweep at `path` if it is interrupted inside."""
    try:
        with as_interruption():
            yield
    except Interrupted:
        say(f"interrupted; go on with: python main.py --resume {path}")
        raise


def _raise(number: int, frame: object) -> None:
    _raised.append(number)
    raise Interrupted(number)
