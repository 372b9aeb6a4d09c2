"""The minimizers, one signature for all: `minimize(problem, initial, plan, report)`.

`initial` is `(restarts, parameters)`; the result is a list of `Restart`, whose parameters are the
best that were seen, not the last. The first-order rules train all restarts in one batched step;
SciPy's methods train one restart after the other.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np
from scipy.optimize import minimize as scipy_minimize

from autoencoder.objective import Objective, Problem
from autoencoder.plan import Plan
from autoencoder.recorder import Recorder, Report, Restart
from autoencoder.streams import Stream, generator
from autoencoder.update_rules import Adam, GradientDescent, Momentum, RMSProp


def minimize_in_steps(
    rule, problem: Problem, initial: np.ndarray, plan: Plan, report: Report
) -> list[Restart]:
    """First-order descent of all restarts together, by one of the `update_rules`."""
    objective = problem.objective(len(initial))
    parameters = objective.parameters
    np.copyto(parameters, initial)
    optimizer = rule(parameters)
    noisy = problem.fresh_inputs is not None
    # A loss of new examples every epoch is too noisy to run out of patience with.
    recorder = Recorder(parameters, report, None if noisy else plan.patience, noisy_loss=noisy)
    batches = _Batches(problem, objective, plan)
    # A network that diverges shows it in its loss; the warnings on the way there say nothing more.
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(plan.epochs + 1):
            inputs = problem.inputs_at(epoch)
            if problem.fresh_inputs:
                objective.load(inputs, problem.targets)
            losses = objective.value(parameters)
            errors = objective.squared_errors() / problem.copies
            recorder.end_epoch(losses, errors, parameters, epoch * batches.per_epoch)
            if epoch == plan.epochs or recorder.should_stop():
                break
            rate = plan.learning_rate_at(epoch)
            for gradient in batches.gradients(epoch, inputs):
                optimizer.step(parameters, gradient, rate)
    return recorder.restarts(plan.seed)


class _Batches:
    """The gradients of an epoch: one of all examples, or one for each shuffled mini-batch."""

    def __init__(self, problem: Problem, objective: Objective, plan: Plan):
        self._problem, self._objective, self._seed = problem, objective, plan.seed
        self._examples = len(problem.targets)
        self._size = min(plan.batch_size or self._examples, self._examples)
        self.per_epoch = -(-self._examples // self._size)
        self._batch_objectives: dict[int, Objective] = {}

    def gradients(self, epoch: int, inputs: np.ndarray) -> Iterator[np.ndarray]:
        """Each is taken where the parameters are when it is asked for."""
        if self.per_epoch == 1:
            yield self._objective.gradient_here()
            return
        order = generator(self._seed, Stream.BATCHES, epoch).permutation(self._examples)
        for start in range(0, self._examples, self._size):
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
    method: str, problem: Problem, initial: np.ndarray, plan: Plan, report: Report
) -> list[Restart]:
    """`scipy.optimize.minimize` with `epochs` as its `maxiter`, one restart after the other."""
    objective = problem.objective(1)
    restarts = []
    for index, parameters in enumerate(initial):
        recorder = Recorder(parameters[None], report)
        _minimize_one(method, objective, parameters, recorder, plan.epochs, problem.copies)
        restarts += recorder.restarts(plan.seed + index)
    return restarts


def _minimize_one(method, objective, initial, recorder, epochs, copies) -> None:
    """Let SciPy minimize, and the recorder watch every evaluation and every iteration."""
    uses_gradient = method != "Powell"
    evaluations = 0

    def evaluate(parameters):
        nonlocal evaluations
        evaluations += 1
        losses = objective.value(parameters)
        if losses[0] < recorder.best_losses[0]:
            recorder.keep_best(losses, parameters[None])
        return (losses[0], objective.gradient_here()[0].copy()) if uses_gradient else losses[0]

    def end_epoch(parameters):
        losses = objective.value(parameters)
        errors = objective.squared_errors() / copies
        recorder.end_epoch(losses, errors, parameters[None], evaluations)

    end_epoch(initial)
    scipy_minimize(
        evaluate,
        initial,
        method=method,
        jac=uses_gradient,
        callback=end_epoch,
        options={"maxiter": epochs},
    )


MINIMIZERS = {
    "powell": partial(minimize_with_scipy, "Powell"),
    "lbfgs": partial(minimize_with_scipy, "L-BFGS-B"),
    "adam": partial(minimize_in_steps, Adam),
    "rmsprop": partial(minimize_in_steps, RMSProp),
    "momentum": partial(minimize_in_steps, Momentum),
    "gradient_descent": partial(minimize_in_steps, GradientDescent),
}
