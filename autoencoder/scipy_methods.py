"""SciPy's minimizers, one network after the other, with `epochs` as their `maxiter`."""

from collections.abc import Callable, Iterator

import numpy as np

from autoencoder.plan import Plan
from autoencoder.problem import Problem, objective_of
from autoencoder.validation import Validation
from training.moments import moments_within
from training.recorder import Keeping, Recorder, Training
from training.watch import ResumeError, State, Watch, joined, part_of

# So many values of a journal are turned into Python's numbers at a time.
JOURNAL_BLOCK = 10_000
JOURNAL_LEADS_ELSEWHERE = "the journal leads elsewhere: is this another version of SciPy?"


def minimize_by_powell(problem: Problem, initial: np.ndarray, plan: Plan, watch: Watch) -> Training:
    """Powell's method (1964), which asks for losses alone, from `initial` `(restarts, parameters)`."""
    return Powell(problem, plan, watch).run(initial)


def minimize_by_lbfgs(problem: Problem, initial: np.ndarray, plan: Plan, watch: Watch) -> Training:
    """L-BFGS-B (Byrd et al. 1995) from `initial` `(restarts, parameters)`."""
    return Lbfgs(problem, plan, watch).run(initial)


class _Stopped(Exception):
    """Leads out of SciPy from within the objective."""


class _Minimization:
    """Networks in SciPy's hands; every evaluation and every iteration passes through here.

    SciPy's methods cannot begin in the middle: one that goes on begins its network anew.
    """

    method: str
    _evaluate: Callable

    def __init__(self, problem: Problem, plan: Plan, watch: Watch):
        self._plan, self._watch, self._copies = plan, watch, problem.copies
        self._saved = watch.checkpoints.saved()
        self._parameters = np.empty((1, problem.network.parameter_count), problem.precision)
        self._objective = objective_of(problem, self._parameters, len(problem))
        self._objective.load(*problem.examples_at(problem.inputs_at(0)))
        self._validation = Validation(problem, self._parameters)
        all_parameters = plan.restarts * problem.network.parameter_count
        self._keeping = Keeping(moments=moments_within(plan.epochs, all_parameters))
        self._recorders: list[Recorder] = []

    def run(self, initial: np.ndarray) -> Training:
        """Minimize from each row of `initial`, or until the watch says that it is enough."""
        with np.errstate(over="ignore", invalid="ignore"):
            was_stopped = not all(map(self._finishes, range(len(initial)), initial))
        recorders = enumerate(self._recorders, start=self._plan.seed)
        networks = [network for seed, recorder in recorders for network in recorder.networks(seed)]
        return Training.of(networks, was_stopped)

    def _finishes(self, index: int, initial: np.ndarray) -> bool:
        """Minimize one network, unless that was done before a pause; whether it came to its end."""
        self._recorder = Recorder(
            initial[None], self._watch.report, self._keeping, self._validation.measured
        )
        self._recorders.append(self._recorder)
        if recorded := part_of(self._saved, f"restart_{index}"):
            self._recorder.restore(recorded)
        if index < int(self._saved.get("finished", 0)):
            return True
        try:
            self._minimize(initial)
        except _Stopped:
            return False
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

    def _state_of(self, recorders: list[Recorder]) -> State:
        parts = {f"restart_{index}": recorder.state() for index, recorder in enumerate(recorders)}
        finished, epoch = len(self._recorders) - 1, len(self._recorder) - 1
        return {"finished": np.array(finished), "epoch": np.array(epoch), **joined(**parts)}


class Lbfgs(_Minimization):
    """It takes seconds, so a network that was interrupted just begins anew."""

    method = "L-BFGS-B"

    def _evaluate(self, parameters: np.ndarray) -> tuple[float, np.ndarray]:
        """What SciPy asks for: the loss and its gradient."""
        if self._watch.interrupts(lambda: self._state_of(self._recorders[:-1])):
            raise _Stopped
        losses, _, gradient = self._objective.evaluate(parameters)
        loss = losses.item()
        self._keep_best(losses, loss, parameters)
        self._evaluations += 1
        return loss, gradient[0].copy()


class Powell(_Minimization):
    """The losses that it is given are logged, and it hears them again until it is where it was."""

    method = "Powell"

    def __init__(self, problem: Problem, plan: Plan, watch: Watch):
        super().__init__(problem, plan, watch)
        self._new_losses: list[float] = []  # not logged yet: a call for each would be felt
        # Where the journal of the present network begins.
        self._journal_start = int(self._saved.get("journal_start", 0))

    def _minimize(self, initial: np.ndarray) -> None:
        self._point = initial
        self._replay = self._from_journal()
        super()._minimize(initial)
        if next(self._replay, None) is not None:
            raise ResumeError(JOURNAL_LEADS_ELSEWHERE)
        self._journal_start += self._evaluations

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
        self._watch.checkpoints.log(self._new_losses)
        self._new_losses.clear()

    def _from_journal(self) -> Iterator[float]:
        """The losses of the present network that were logged; then SciPy must be where it was."""
        losses = self._watch.checkpoints.logged()[self._journal_start :]
        for start in range(0, len(losses), JOURNAL_BLOCK):
            yield from losses[start : start + JOURNAL_BLOCK].tolist()
        if len(losses) and not np.array_equal(self._point, self._saved["point"]):
            raise ResumeError(JOURNAL_LEADS_ELSEWHERE)

    def _state(self) -> State:
        """All that is needed to go on; the journal is brought up to it first."""
        self._log()
        journal = {"journal_start": np.array(self._journal_start), "point": self._point}
        return {**self._state_of(self._recorders), **journal}
