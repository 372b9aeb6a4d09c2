"""Restarts of SciPy's methods side by side, each in a process of its own.

The processes only compute: what they reach they send, and this one keeps it in the checkpoint of the run.
A process that hears no more of this one ends by itself.
"""

import sys
import timeit
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from time import monotonic
from types import ModuleType
from typing import NamedTuple

import numpy as np

from autoencoder.plan import Plan, memory_needed
from autoencoder.problem import Problem, objective_of
from autoencoder.restarts import Restarts
from autoencoder.scipy_methods import METHODS, Minimization
from autoencoder.training import untrained
from runner.console.signals import SIGNALS, keeping_from_children
from runner.models.alone import minimize_alone
from runner.models.sizes import LARGEST_MEMORY
from training import cores
from training.recorder import Training
from training.watch import ResumeError, Watch

LIBRARIES = ["scipy.optimize", "autograd.numpy"]
SECONDS_BETWEEN_LOOKS = 0.1
# Who is told to stop and says nothing for so long is taken as far as it is known: somebody waits.
SECONDS_TO_ANSWER = 0.5
# A process is there after a second or two; what would be done in this time is not handed out.
SECONDS_WORTH_PROCESSES = 4.0
EVALUATIONS_TO_TIME = 5
EVALUATIONS_OF_A_LINE = 12  # of Powell's method, along one weight
MEMORY_OF_PYTHON = 100 * 2**20  # with NumPy and SciPy
# So many processes for a core: at their end no core waits for the last ones.
PROCESSES_OF_A_CORE = 4


class ProcessDied(Exception):
    """A process ended without an answer: it was killed, or the machine ran out of memory."""


def train_side_by_side(
    problem: Problem, plan: Plan, watch: Watch, initial: np.ndarray, at_once: int
) -> Training:
    """Minimize from each row of `initial` `(restarts, parameters)`, so many of them at once.

    It ends in the bits of one after the other. Raises ProcessDied, with what was reached saved, if a
    process does, and ResumeError if a saved state does not lead to where it was saved.
    """
    team = _Team(problem, plan, watch, initial)
    with team:
        was_stopped = team.train(at_once)
    return Training.of(team.restarts.networks, was_stopped)


def best_at_once(problem: Problem, plan: Plan) -> int:
    """How many restarts are best trained side by side: one where that is as fast, or cannot be.

    Processes share cores as the system has it, so all restarts are at work at once, as far as the memory
    allows: five of them on two cores take half the time of one after the other, where two at a time
    would take three fifths. Who says how many cores may be used gets no more processes.
    """
    if plan.minimizer not in METHODS or plan.restarts == 1 or cores.available() == 1:
        return 1
    most = cores.available() * (1 if cores.are_limited() else PROCESSES_OF_A_CORE)
    fitting = LARGEST_MEMORY // _memory_of_one(problem, plan)
    if min(most, fitting) < 2 or _foretold_seconds(problem, plan) < SECONDS_WORTH_PROCESSES:
        return 1
    return min(most, fitting, plan.restarts)


def _memory_of_one(problem: Problem, plan: Plan) -> int:
    """The bytes that a process takes."""
    matrix = 8 * problem.network.parameter_count**2 if plan.minimizer == "powell" else 0
    alone = replace(plan, restarts=1)
    return (
        memory_needed(problem.network, alone, len(problem), problem.precision) + matrix + MEMORY_OF_PYTHON
    )


def _foretold_seconds(problem: Problem, plan: Plan) -> float:
    """How long all epochs of all restarts would take one after the other, from a few evaluations."""
    parameters = untrained(problem, replace(plan, restarts=1))
    objective = objective_of(problem, parameters, len(problem))
    objective.load(*problem.examples_at(problem.inputs_at(0)))
    is_powell = plan.minimizer == "powell"
    ask = objective.losses if is_powell else objective.evaluate
    with np.errstate(over="ignore", invalid="ignore"):
        seconds = min(timeit.repeat(lambda: ask(parameters), number=1, repeat=EVALUATIONS_TO_TIME))
    evaluations = problem.network.parameter_count * EVALUATIONS_OF_A_LINE if is_powell else 1
    return seconds * evaluations * plan.epochs * plan.restarts


class _Member(NamedTuple):
    """A process and the number of its network."""

    number: int
    process: BaseProcess
    connection: Connection

    def leave(self) -> None:
        """End it, if it has not ended by itself."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Team:
    """The processes, and what is kept of their networks."""

    def __init__(self, problem: Problem, plan: Plan, watch: Watch, initial: np.ndarray):
        self.restarts = Restarts(plan, watch)
        self._problem, self._plan, self._watch, self._initial = problem, plan, watch, initial
        self._context = _context()
        self._processes: dict[Connection, _Member] = {}
        self._heard_of: set[int] = set()

    def __enter__(self) -> "_Team":
        return self

    def __exit__(self, *_) -> None:
        """End what is still running."""
        for member in self._processes.values():
            member.leave()

    def train(self, at_once: int) -> bool:
        """Train until all came to their end, or until the watch says it is enough; whether it did."""
        waiting = self._not_finished()
        while waiting or self._processes:
            while waiting and len(self._processes) < at_once:
                self._start(waiting.pop(0))
            self._listen()
            if self._watch.interrupts(self.restarts.state):
                self._stop()
                return True
        return False

    def _not_finished(self) -> list[int]:
        """The networks that did not come to their end before a pause; the others are taken as they are."""
        everyone = range(len(self._initial))
        for index in filter(self.restarts.is_finished, everyone):
            self._here.take_as_it_is(index, self._initial[index])
        return [index for index in everyone if not self.restarts.is_finished(index)]

    @cached_property
    def _here(self) -> Minimization:
        """For what is too little for a process."""
        return METHODS[self._plan.minimizer](self._problem, self._plan, self._watch, self.restarts)

    def _start(self, index: int) -> None:
        ours, theirs = self._context.Pipe()
        plan = replace(self._plan, seed=self._plan.seed + index)
        saved, journal = self.restarts.alone(index), self.restarts.journal_of(index)
        process = self._context.Process(  # type: ignore[attr-defined]
            target=minimize_alone, args=(theirs, self._problem, plan, self._initial[index], saved, journal)
        )
        with keeping_from_children(*SIGNALS), _without_the_script():
            process.start()
        theirs.close()
        self._processes[ours] = _Member(index, process, ours)

    def _listen(self) -> None:
        """Keep what has come, or comes within a moment."""
        for connection in wait(list(self._processes), SECONDS_BETWEEN_LOOKS):
            assert isinstance(connection, Connection)
            self._hear(connection)

    def _hear(self, connection: Connection) -> None:
        index = self._processes[connection].number
        try:
            news = connection.recv()
        except (EOFError, OSError):
            if self._watch.stop.is_requested:  # Somebody ends all processes.
                self._leave_as_it_is(connection)
                return
            self._watch.checkpoints.save(self.restarts.state())
            raise ProcessDied(f"the process of restart {index + 1}") from None
        if isinstance(news, ResumeError):
            raise news
        self._heard_of.add(index)
        self.restarts.take(index, news.state, news.journal)
        if news.ended:
            self.restarts.end(index, news.ended)
            self._processes.pop(connection).leave()
        elif news.epoch is not None:
            self.restarts.report_of(index)(news.epoch, news.error)

    def _stop(self) -> None:
        """Let all end where they are, and save that."""
        for connection, member in list(self._processes.items()):
            if member.number in self._heard_of:
                with suppress(OSError):  # It is about to tell that it died.
                    connection.send("stop")
            else:  # It may be importing still, and has reached nothing that would be lost.
                self._leave_as_it_is(connection)
        end = monotonic() + SECONDS_TO_ANSWER
        while self._processes and monotonic() < end:
            self._listen()
        for connection in list(self._processes):
            self._leave_as_it_is(connection)
        self._watch.checkpoints.save(self.restarts.state())

    def _leave_as_it_is(self, connection: Connection) -> None:
        """End a process, and take its network as far as it is known."""
        member = self._processes.pop(connection)
        member.leave()
        self._here.take_as_it_is(member.number, self._initial[member.number])


def _context() -> BaseContext:
    """How processes are started: forked from one that has loaded the libraries, where there is that.

    To load them takes each process half a second.
    """
    if "forkserver" not in get_all_start_methods():  # Windows
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES)
    return context


@contextmanager
def _without_the_script() -> Iterator[None]:
    """Processes that are started inside do not run what this one was started with once more.

    A notebook or a script need not be written with that in mind.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script
