"""SIGINT (Ctrl-C) and SIGTERM: a training that is asked to end saves its state first."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(KeyboardInterrupt):
    """The process was asked to end by a signal."""

    def __init__(self, number: int):
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


def raise_on_signals() -> None:
    """From now on let both signals raise `Interrupted`, wherever the program is."""
    for number in SIGNALS:
        signal.signal(number, _raise)


@contextmanager
def asking_to_stop(request_stop: Callable[[], None]) -> Iterator[list[int]]:
    """Inside, the first signal only calls `request_stop`; the next one raises `Interrupted`.

    Yields the numbers of the signals that came. Threads hear of no signals.
    """
    received: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield received
        return

    def ask(number: int, frame: object) -> None:
        received.append(number)
        request_stop()
        raise_on_signals()

    before = {number: signal.signal(number, ask) for number in SIGNALS}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number: int, frame: object) -> None:
    raise Interrupted(number)
