"""One restart of SciPy's methods in a process of its own, which only computes and sends what it reaches."""

from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from threading import Thread
from time import monotonic
from typing import NamedTuple

import numpy as np

from autoencoder.plan import Plan
from autoencoder.problem import Problem
from autoencoder.restarts import Restarts
from autoencoder.scipy_methods import METHODS
from runner.console.signals import ignore_signals
from training.recorder import TrainedNetwork
from training.watch import Checkpoints, ResumeError, State, Stop, Watch

SECONDS_BETWEEN_NEWS = 0.5
# Of the time of a training. News that take more of it become rarer.
LARGEST_SHARE = 0.01


class News(NamedTuple):
    """What a process sends of its network: how far it is and, if one can go on from there, its state."""

    epoch: int | None  # None: none was recorded since it began or went on
    error: float
    state: State
    journal: Sequence[float]  # what was logged since the last news
    ended: TrainedNetwork | None = None


def minimize_alone(
    connection: Connection, problem: Problem, plan: Plan, initial: np.ndarray, saved: State, journal
) -> None:
    """What the process does: train the first network of a plan from where it was.

    `saved` and `journal` are what a training of that network alone has to go on from. News are sent, the
    last one with the network; anything that comes, or the end of the connection, means to stop.
    """
    ignore_signals()  # The first process hears of them, and says what is to be done.
    line, stop = _Sent(connection, saved, journal), Stop()
    Thread(target=line.wait_for_the_end, args=[stop], daemon=True).start()
    watch = Watch(line.note, line, stop)
    restarts = Restarts(replace(plan, restarts=1), watch)
    with suppress(ConnectionError):  # Nobody is there any more who would want it.
        try:
            METHODS[plan.minimizer](problem, plan, watch, restarts).finishes(0, initial)
        except ResumeError as error:
            connection.send(error)
        else:
            line.end(restarts.state(), restarts.networks[0])


class _Sent(Checkpoints):
    """Checkpoints that are sent."""

    def __init__(self, connection: Connection, saved: State, journal: np.ndarray):
        self._connection, self._saved, self._journal = connection, saved, journal
        self._is_due = False
        self._epoch: int | None = None
        self._error = 0.0
        self._new_entries = array("d")
        self._pause = SECONDS_BETWEEN_NEWS

    def are_due(self) -> bool:
        """Whether it is time for news."""
        return self._is_due

    def save(self, state: State) -> None:
        """Send it."""
        self._send(state)
        self._is_due = False

    def log(self, values: Sequence[float]) -> None:
        """Keep values until the next news."""
        self._new_entries.extend(values)

    def saved(self) -> State:
        """What came with the order."""
        return self._saved

    def logged(self) -> np.ndarray:
        """What came with the order."""
        return self._journal

    def note(self, epoch: int, error: float) -> None:
        """Keep how far it is until the next news."""
        self._epoch, self._error = epoch, error

    def end(self, state: State, network: TrainedNetwork) -> None:
        """Send the last news."""
        self._send(state, network)

    def wait_for_the_end(self, stop: Stop) -> None:
        """Let news be due now and then, until the other side says stop or is gone."""
        while not self._is_told():
            self._is_due = True
        stop.request()

    def _is_told(self) -> bool:
        try:
            return self._connection.poll(self._pause)
        except OSError:
            return True

    def _send(self, state: State, ended: TrainedNetwork | None = None) -> None:
        began = monotonic()
        self._connection.send(News(self._epoch, self._error, state, self._new_entries, ended))
        self._new_entries = array("d")
        self._pause = max(SECONDS_BETWEEN_NEWS, (monotonic() - began) / LARGEST_SHARE)
