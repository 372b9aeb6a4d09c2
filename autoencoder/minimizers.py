"""The minimizers, one signature for all: `minimize(problem, initial, plan, watch)`.

`initial` is `(restarts, parameters)`; the result is a list of `Restart`, whose parameters are the
best that were seen, not the last. The first-order rules train all restarts in one batched step;
SciPy's methods train one restart after the other. Each goes on from the state that `watch` has.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from autoencoder.objective import Objective, Problem
from autoencoder.plan import Plan
from autoencoder.recorder import Recorder, Restart
from autoencoder.scalars import scalar
from autoencoder.update_rules import Adam, GradientDescent, Momentum, RMSProp
from training.streams import Stream, generator
from training.watch import ResumeError, State, Watch, joined, part_of

# So many values of a journal are turned into Python's numbers at a time.
JOURNAL_BLOCK = 10_000
JOURNAL_LEADS_ELSEWHERE = "the journal leads elsewhere: is this another version of SciPy?"


def minimize_in_steps(
    rule, problem: Problem, initial: np.ndarray, plan: Plan, watch: Watch
) -> list[Restart]:
    """First-order descent of all restarts together, by one of the `update_rules`."""
    descent = _Descent(rule, problem, initial, plan, watch)
    # A network that diverges shows it in its loss; the warnings on the way there say nothing more.
    with np.errstate(over="ignore", invalid="ignore"):
        descent.run()
    return descent.recorder.restarts(plan.seed)


class _Descent:
    """A first-order descent. What it draws at random depends on the epoch alone and needs no state."""

    def __init__(self, rule, problem: Problem, initial: np.ndarray, plan: Plan, watch: Watch):
        self._problem, self._plan, self._watch = problem, plan, watch
        self._objective = problem.objective(len(initial))
        self._copies = scalar(problem.copies, self._objective.parameters.dtype)
        self._parameters = self._objective.parameters
        np.copyto(self._parameters, initial)
        self._rule = rule(self._parameters)
        self._batches = _Batches(problem, self._objective, plan)
        noisy = problem.fresh_inputs is not None
        # A loss of new examples every epoch is too noisy to run out of patience with.
        patience = None if noisy else plan.patience
        self.recorder = Recorder(self._parameters, watch.report, patience, noisy_loss=noisy)
        self._restore(watch.saved())

    def run(self) -> None:
        """Descend until the last epoch, or until recorder or watch say that it is enough."""
        plan, per_epoch = self._plan, self._batches.per_epoch
        first_epoch, first_batch = divmod(self._rule.steps, per_epoch)
        for epoch in range(first_epoch, plan.epochs + 1):
            inputs = self._begin(epoch)
            if epoch == plan.epochs or self.recorder.should_stop():
                return
            rate = plan.learning_rate_at(epoch)
            for gradient in self._batches.gradients(epoch, inputs, first_batch):
                if self._watch.interrupts(self._state):
                    return
                self._rule.step(self._parameters, gradient, rate)
            first_batch = 0

    def _begin(self, epoch: int) -> np.ndarray:
        """Evaluate all examples, record that unless it was done before a pause; returns the inputs."""
        inputs = self._problem.inputs_at(epoch)
        if self._problem.fresh_inputs:
            self._objective.load(inputs, self._problem.targets)
        losses = self._objective.value(self._parameters)
        if epoch == len(self.recorder):
            errors = self._objective.squared_errors() / self._copies
            self.recorder.end_epoch(losses, errors, self._parameters, self._rule.steps)
        return inputs

    def _state(self) -> State:
        epoch = np.array(len(self.recorder) - 1)
        parts = joined(rule=self._rule.state(), recorder=self.recorder.state())
        return {"epoch": epoch, "parameters": self._parameters, **parts}

    def _restore(self, state: State) -> None:
        if state:
            np.copyto(self._parameters, state["parameters"])
            self._rule.restore(part_of(state, "rule"))
            self.recorder.restore(part_of(state, "recorder"))


class _Batches:
    """The gradients of an epoch: one of all examples, or one for each shuffled mini-batch."""

    def __init__(self, problem: Problem, objective: Objective, plan: Plan):
        self._problem, self._objective, self._seed = problem, objective, plan.seed
        self._examples = len(problem.targets)
        self._size = min(plan.batch_size or self._examples, self._examples)
        self.per_epoch = -(-self._examples // self._size)
        self._batch_objectives: dict[int, Objective] = {}

    def gradients(self, epoch: int, inputs: np.ndarray, first: int) -> Iterator[np.ndarray]:
        """From batch `first` on; each is taken where the parameters are when it is asked for."""
        if self.per_epoch == 1:
            yield self._objective.gradient_here()
            return
        order = generator(self._seed, Stream.BATCHES, epoch).permutation(self._examples)
        for start in range(first * self._size, self._examples, self._size):
            batch = self._load(inputs, order[start : start + self._size])
            batch.value(self._objective.parameters)
            yield batch.gradient_here()

    def _load(self, inputs, rows) -> Objective:
        """The objective for that many examples (the last batch may be smaller), holding these `rows`."""
        if len(rows) not in self._batch_objectives:
            self._batch_objectives[len(rows)] = self._problem.objective(self._objective.restarts, rows)
        batch = self._batch_objectives[len(rows)]
        batch.load(inputs[rows], self._problem.targets[rows])
        return batch


def minimize_with_scipy(
    method: str, problem: Problem, initial: np.ndarray, plan: Plan, watch: Watch
) -> list[Restart]:
    """`scipy.optimize.minimize` with `epochs` as its `maxiter`, one restart after the other."""
    minimization = _ScipyMinimization(method, problem, plan, watch)
    with np.errstate(over="ignore"):
        minimization.run(initial)
    recorders = enumerate(minimization.recorders, start=plan.seed)
    return [restart for seed, recorder in recorders for restart in recorder.restarts(seed)]


class _Stopped(Exception):
    """Leads out of SciPy from within the objective."""


class _ScipyMinimization:
    """Restarts in SciPy's hands; every evaluation and every iteration passes through here.

    SciPy's methods cannot begin in the middle. The losses that Powell's method is given are therefore
    logged; a minimization that goes on begins anew and hears them again until it is where it was.
    L-BFGS, which takes seconds, just begins its restart anew.
    """

    def __init__(self, method: str, problem: Problem, plan: Plan, watch: Watch):
        self.recorders: list[Recorder] = []
        self._method, self._epochs, self._watch = method, plan.epochs, watch
        self._uses_gradient, self._uses_journal = method != "Powell", method == "Powell"
        self._objective, self._copies = problem.objective(1), problem.copies
        self._new_losses: list[float] = []  # not logged yet: a call for each would be felt
        # Where the journal of the present restart begins.
        self._journal_start = int(watch.saved().get("journal_start", 0))

    def run(self, initial: np.ndarray) -> None:
        """Minimize from each row of `initial`, or until the watch says that it is enough."""
        saved = self._watch.saved()
        finished = int(saved.get("finished", 0))
        for index, parameters in enumerate(initial):
            self._recorder = Recorder(parameters[None], self._watch.report)
            self.recorders.append(self._recorder)
            if recorded := part_of(saved, f"restart_{index}"):
                self._recorder.restore(recorded)
            if index >= finished and not self._minimize(parameters):
                return

    def _minimize(self, initial: np.ndarray) -> bool:
        """Minimize one restart; whether it came to its end."""
        # A third of a second of imports that the other minimizers do not need.
        from scipy.optimize import minimize as scipy_minimize

        self._iterations = self._evaluations = 0
        self._point = initial
        self._replay = self._from_journal()
        self._end_epoch(initial)
        try:
            scipy_minimize(
                self._evaluate,
                initial,
                method=self._method,
                jac=self._uses_gradient,
                callback=self._end_epoch,
                options={"maxiter": self._epochs},
            )
        except _Stopped:
            return False
        if next(self._replay, None) is not None:
            raise ResumeError(JOURNAL_LEADS_ELSEWHERE)
        self._journal_start += self._evaluations
        return True

    def _evaluate(self, parameters: np.ndarray):
        """What SciPy asks for: the loss, with the gradient if it uses one."""
        loss = next(self._replay, None)
        if loss is None:
            if self._watch.interrupts(self._state):
                raise _Stopped
            losses = self._objective.value(parameters)
            loss = losses.item()
            if loss < self._recorder.best_losses[0]:
                self._recorder.keep_best(losses, parameters[None])
            if self._uses_journal:
                self._new_losses.append(loss)
        elif self._watch.should_stop():
            raise _Stopped
        self._evaluations += 1
        self._point = parameters
        return (loss, self._objective.gradient_here()[0].copy()) if self._uses_gradient else loss

    def _end_epoch(self, parameters: np.ndarray) -> None:
        """Record an iteration, unless it was recorded before a pause."""
        if self._iterations == len(self._recorder):
            losses = self._objective.value(parameters)
            errors = self._objective.squared_errors() / self._copies
            self._recorder.end_epoch(losses, errors, parameters[None], self._evaluations)
            self._log()
        self._iterations += 1

    def _log(self) -> None:
        self._watch.log(self._new_losses)
        self._new_losses.clear()

    def _from_journal(self) -> Iterator[float]:
        """The losses of the present restart that were logged; then SciPy must be where it was."""
        losses = self._watch.logged()[self._journal_start :]
        for start in range(0, len(losses), JOURNAL_BLOCK):
            yield from losses[start : start + JOURNAL_BLOCK].tolist()
        if len(losses) and not np.array_equal(self._point, self._watch.saved()["point"]):
            raise ResumeError(JOURNAL_LEADS_ELSEWHERE)

    def _state(self) -> State:
        """All that is needed to go on; the journal is brought up to it first."""
        self._log()
        finished = len(self.recorders) - 1
        recorders = self.recorders if self._uses_journal else self.recorders[:finished]
        parts = {f"restart_{index}": recorder.state() for index, recorder in enumerate(recorders)}
        numbers = {
            "finished": np.array(finished),
            "epoch": np.array(len(self._recorder) - 1),
            "journal_start": np.array(self._journal_start),
        }
        return {**numbers, "point": self._point, **joined(**parts)}


MINIMIZERS = {
    "powell": partial(minimize_with_scipy, "Powell"),
    "lbfgs": partial(minimize_with_scipy, "L-BFGS-B"),
    "adam": partial(minimize_in_steps, Adam),
    "rmsprop": partial(minimize_in_steps, RMSProp),
    "momentum": partial(minimize_in_steps, Momentum),
    "gradient_descent": partial(minimize_in_steps, GradientDescent),
}
