"""SciPy's minimizers, one network after the other, with `epochs` as their `maxiter`."""

from collections.abc import Callable, Iterator

import numpy as np

from autoencoder.plan import Plan
from autoencoder.problem import Problem, objective_of
from autoencoder.restarts import Restarts
from autoencoder.validation import Validation
from training.moments import moments_within
from training.recorder import Keeping, Recorder, Training
from training.watch import ResumeError, State, Watch

# So many values of a journal are turned into Python's numbers at a time.
JOURNAL_BLOCK = 10_000
JOURNAL_LEADS_ELSEWHERE = "the journal leads elsewhere: is this another version of SciPy?"


class _Stopped(Exception):
    """Leads out of SciPy from within the objective."""


class Minimization:
    """Networks in SciPy's hands; every evaluation and every iteration passes through here.

    SciPy's methods cannot begin in the middle: one that goes on begins its network anew.
    """

    method: str
    _evaluate: Callable

    def __init__(self, problem: Problem, plan: Plan, watch: Watch, restarts: Restarts):
        self._plan, self._watch, self._restarts = plan, watch, restarts
        self._copies = problem.copies
        self._parameters = np.empty((1, problem.network.parameter_count), problem.precision)
        self._objective = objective_of(problem, self._parameters, len(problem))
        self._objective.load(*problem.examples_at(problem.inputs_at(0)))
        self._validation = Validation(problem, self._parameters)
        all_parameters = plan.restarts * problem.network.parameter_count
        self._keeping = Keeping(moments=moments_within(plan.epochs, all_parameters))

    def finishes(self, index: int, initial: np.ndarray) -> bool:
        """Minimize one network from `initial` `(parameters,)`, unless that was done before a pause.

        Returns whether it came to its end, or False if the watch said that it is enough.
        """
        self._go_on_with(index, initial)
        is_finished = self._restarts.is_finished(index) or self._came_to_its_end(initial)
        self._end()
        return is_finished

    def take_as_it_is(self, index: int, initial: np.ndarray) -> None:
        """Take one network as far as it is known to have come from `initial` `(parameters,)`."""
        self._go_on_with(index, initial)
        if not len(self._recorder):
            self._iterations = self._evaluations = 0
            with np.errstate(over="ignore", invalid="ignore"):
                Minimization._end_epoch(self, initial)
        self._end()

    def _go_on_with(self, index: int, initial: np.ndarray) -> None:
        report = self._restarts.report_of(index)
        self._index = index
        self._recorder = Recorder(initial[None], report, self._keeping, self._validation.measured)
        if saved := self._restarts.state_of(index):
            self._recorder.restore(saved)

    def _end(self) -> None:
        (network,) = self._recorder.networks(self._plan.seed + self._index)
        self._restarts.end(self._index, network)

    def _came_to_its_end(self, initial: np.ndarray) -> bool:
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                self._minimize(initial)
        except _Stopped:
            return False
        self._restarts.keep(self._index, {**self._recorder.state(), "is_finished": np.array(True)})
        return True

    def _minimize(self, initial: np.ndarray) -> None:
        # A third of a second of imports that the other minimizers do not need.
        from scipy.optimize import minimize as scipy_minimize

        self._iterations = self._evaluations = 0
        self._end_epoch(initial)
        scipy_minimize(
            self._evaluate,
            initial,
            method=self.method,
            jac=self.method != "Powell",
            callback=self._end_epoch,
            options={"maxiter": self._plan.epochs},
        )

    def _end_epoch(self, parameters: np.ndarray) -> None:
        """Record an iteration, unless it was recorded before a pause."""
        if self._iterations == len(self._recorder):
            self._parameters[...] = parameters
            losses, errors = self._objective.measure(self._parameters)
            # Beside an iteration that costs little, and nobody knows which one is the last.
            tried = self._validation.measures(self._iterations, is_last=True)
            measures = {"loss": losses, "error": errors / self._copies, **tried}
            self._recorder.end_epoch(parameters[None], measures, self._evaluations)
        self._iterations += 1

    def _keep_best(self, losses, loss: float, parameters) -> None:
        if loss < self._recorder.best_values[0]:
            self._recorder.keep_best(losses, parameters[None])


class Lbfgs(Minimization):
    """It takes seconds, so a network that was interrupted just begins anew."""

    method = "L-BFGS-B"

    def _evaluate(self, parameters: np.ndarray) -> tuple[float, np.ndarray]:
        """What SciPy asks for: the loss and its gradient."""
        if self._watch.interrupts(self._restarts.state):
            raise _Stopped
        losses, _, gradient = self._objective.evaluate(parameters)
        loss = losses.item()
        self._keep_best(losses, loss, parameters)
        self._evaluations += 1
        return loss, gradient[0].copy()


class Powell(Minimization):
    """The losses that it is given are logged, and it hears them again until it is where it was."""

    method = "Powell"

    def _minimize(self, initial: np.ndarray) -> None:
        self._point = initial
        self._new_losses: list[float] = []  # not logged yet: a call for each would be felt
        self._replay = self._from_journal()
        super()._minimize(initial)
        if next(self._replay, None) is not None:
            raise ResumeError(JOURNAL_LEADS_ELSEWHERE)
        self._log()

    def _evaluate(self, parameters: np.ndarray) -> float:
        """What SciPy asks for: the loss."""
        loss = next(self._replay, None)
        if loss is None:
            if self._watch.interrupts(self._state):
                raise _Stopped
            losses = self._objective.losses(parameters)
            loss = losses.item()
            self._keep_best(losses, loss, parameters)
            self._new_losses.append(loss)
        elif self._watch.stop.is_requested:
            raise _Stopped
        self._evaluations += 1
        self._point = parameters
        return loss

    def _end_epoch(self, parameters: np.ndarray) -> None:
        """Record an iteration, and log the losses on the way to it."""
        is_new = self._iterations == len(self._recorder)
        super()._end_epoch(parameters)
        if is_new:
            self._log()

    def _log(self) -> None:
        self._restarts.log(self._index, self._new_losses)
        self._new_losses.clear()

    def _from_journal(self) -> Iterator[float]:
        """The losses of the present network that were logged; then SciPy must be where it was."""
        losses = self._restarts.journal_of(self._index)
        for start in range(0, len(losses), JOURNAL_BLOCK):
            yield from losses[start : start + JOURNAL_BLOCK].tolist()
        if len(losses) and not np.array_equal(self._point, self._restarts.state_of(self._index)["point"]):
            raise ResumeError(JOURNAL_LEADS_ELSEWHERE)

    def _state(self) -> State:
        """All that is needed to go on; the journal is brought up to it first."""
        self._log()
        self._restarts.keep(self._index, {**self._recorder.state(), "point": self._point})
        return self._restarts.state()


METHODS: dict[str, type[Minimization]] = {"powell": Powell, "lbfgs": Lbfgs}


def minimize_in_turn(
    method: type[Minimization], problem: Problem, initial: np.ndarray, plan: Plan, watch: Watch
) -> Training:
    """Minimize from each row of `initial` `(restarts, parameters)`, one after the other."""
    restarts = Restarts(plan, watch)
    minimization = method(problem, plan, watch, restarts)
    was_stopped = not all(map(minimization.finishes, range(len(initial)), initial))
    return Training.of(restarts.networks, was_stopped)
