"""First-order descent of all networks together: the examples of each step, and the way through the epochs.

What is drawn at random depends on seed and epoch alone, so no generator is part of a state.
"""

from collections.abc import Iterator

import numpy as np

from autoencoder.objective.face import Evaluation, Objective
from autoencoder.plan import Plan
from autoencoder.problem import Problem, objective_in_parts
from autoencoder.update_rules import UpdateRule
from autoencoder.validation import Validation
from training.in_place import constant
from training.moments import moments_within
from training.recorder import Keeping, Recorder, Training
from training.streams import Stream, generator
from training.watch import State, Watch, joined, part_of


def minimize_in_steps(
    rule: type[UpdateRule], problem: Problem, initial: np.ndarray, plan: Plan, watch: Watch
) -> Training:
    """Descend by a rule from `initial` `(restarts, parameters)`."""
    kind = DescentOnTheWay if plan.is_on_the_way(problem.network, len(problem)) else Descent
    descent = kind(rule, problem, initial, plan, watch)
    # A network that diverges shows it in its loss; the warnings on the way there say nothing more.
    with np.errstate(over="ignore", invalid="ignore"):
        was_stopped = descent.run()
    return Training.of(descent.recorder.networks(plan.seed), was_stopped)


class _AllExamples:
    """The objective of all examples of a problem, as they are in an epoch."""

    def __init__(self, problem: Problem, parameters: np.ndarray):
        self._problem, self._is_loaded = problem, False
        self._objective = objective_in_parts(problem, parameters, len(problem))

    def at(self, epoch: int) -> Objective:
        """The objective, holding the examples of an epoch."""
        problem = self._problem
        if not self._is_loaded or problem.is_fresh:
            examples = problem.examples_at(problem.inputs_at(epoch))
            self._objective.load(*examples, problem.latent_noise_at(epoch))
            self._is_loaded = True
        return self._objective


class WholeSet:
    """All examples in one batch."""

    def __init__(self, problem: Problem, parameters: np.ndarray):
        self._parameters, self._examples = parameters, len(problem)
        self._all = _AllExamples(problem, parameters)
        self.per_epoch = 1

    def measure(self, epoch: int) -> tuple[np.ndarray, np.ndarray]:
        """Losses and errors before the step of an epoch."""
        self._found = self._all.at(epoch).evaluate(self._parameters)
        return self._found.losses, self._found.errors

    def evaluations(self, epoch: int, first: int) -> list[tuple[int, Evaluation]]:
        """What `measure` found on its way, for the one step."""
        return [(self._examples, self._found)]


class MiniBatches:
    """Shuffled batches of a set; the last one of an epoch may be smaller."""

    def __init__(self, problem: Problem, parameters: np.ndarray, plan: Plan):
        self._problem, self._parameters, self._seed = problem, parameters, plan.seed
        self._size = plan.batch_size or len(problem)
        self.per_epoch = -(-len(problem) // self._size)
        self._objectives: dict[int, Objective] = {}

    def evaluations(self, epoch: int, first: int) -> Iterator[tuple[int, Evaluation]]:
        """Examples and evaluation of each batch from `first` on, where the parameters then are."""
        inputs, noise = self._problem.inputs_at(epoch), self._problem.latent_noise_at(epoch)
        order = generator(self._seed, Stream.BATCHES, epoch).permutation(len(self._problem))
        for start in range(first * self._size, len(order), self._size):
            rows = order[start : start + self._size]
            if len(rows) not in self._objectives:
                self._objectives[len(rows)] = objective_in_parts(self._problem, self._parameters, len(rows))
            objective = self._objectives[len(rows)]
            on_codes = None if noise is None else noise[rows]
            objective.load(*self._problem.examples_at(inputs, rows), on_codes)
            yield len(rows), objective.evaluate(self._parameters)


class MeasuredMiniBatches(MiniBatches):
    """Those of a set that is small enough to be looked at as a whole before each epoch."""

    def __init__(self, problem: Problem, parameters: np.ndarray, plan: Plan):
        super().__init__(problem, parameters, plan)
        self._all = _AllExamples(problem, parameters)

    def measure(self, epoch: int) -> tuple[np.ndarray, np.ndarray]:
        """Losses and errors of all examples before the first step of an epoch."""
        return self._all.at(epoch).measure(self._parameters)


class _Walk:
    """What both descents share: parameters, rule, recorder, and their state."""

    recorder: Recorder
    _epoch = 0

    def __init__(self, rule: type[UpdateRule], problem: Problem, initial, plan: Plan, watch: Watch):
        self._problem, self._plan, self._watch = problem, plan, watch
        self._parameters = initial.astype(problem.precision)
        self._rule = rule(self._parameters, plan.epsilon)
        self._copies = constant(problem.copies, self._parameters.dtype)
        self._validation = Validation(problem, self._parameters)
        self._moments = moments_within(plan.epochs, initial.size)

    def _record(self, losses, errors) -> None:
        mean_errors = errors if self._problem.copies == 1 else errors / self._copies
        measures = {"loss": losses, "error": mean_errors}
        epoch = len(self.recorder)
        measures |= self._validation.measures(epoch, is_last=epoch == self._plan.epochs)
        self.recorder.end_epoch(self._parameters, measures, self._rule.steps)

    def _state(self) -> State:
        parts = joined(rule=self._rule.state(), recorder=self.recorder.state())
        return {"epoch": np.array(self._epoch), "parameters": self._parameters, **parts}

    def _restore(self, state: State) -> None:
        np.copyto(self._parameters, state["parameters"])
        self._rule.restore(part_of(state, "rule"))
        self.recorder.restore(part_of(state, "recorder"))


class Descent(_Walk):
    """A row of the history is what was measured before an epoch, the last one after the last epoch."""

    def __init__(self, rule: type[UpdateRule], problem: Problem, initial, plan: Plan, watch: Watch):
        super().__init__(rule, problem, initial, plan, watch)
        self._batches: WholeSet | MeasuredMiniBatches
        if plan.batch_size is None or plan.batch_size >= len(problem):
            self._batches = WholeSet(problem, self._parameters)
        else:
            self._batches = MeasuredMiniBatches(problem, self._parameters, plan)
        # A loss of new examples every epoch is too noisy to run out of patience with, and its lowest
        # value is the luckiest draw and not the best network, so the last parameters are kept instead.
        noisy = problem.is_fresh and problem.held_back is None
        patience = None if noisy else plan.patience
        judged_by = self._validation.judges_by
        keeping = Keeping(judged_by, last=noisy, patience=patience, moments=self._moments)
        self.recorder = Recorder(self._parameters, watch.report, keeping, self._validation.measured)
        if saved := watch.checkpoints.saved():
            self._restore(saved)

    def run(self) -> bool:
        """Descend until the last epoch, or until it is enough; whether the watch stopped it."""
        first_epoch, first_batch = divmod(self._rule.steps, self._batches.per_epoch)
        for epoch in range(first_epoch, self._plan.epochs + 1):
            measures = self._batches.measure(epoch)
            if epoch == len(self.recorder):  # It may have been recorded before a pause.
                self._record(*measures)
            if epoch == self._plan.epochs or self.recorder.should_stop():
                return False
            self._epoch, rate = epoch, self._plan.learning_rate_at(epoch)
            for _, evaluation in self._batches.evaluations(epoch, first_batch):
                if self._watch.interrupts(self._state):
                    return True
                self._rule.step(self._parameters, evaluation.gradient, rate)
            first_batch = 0
        return False


class DescentOnTheWay(_Walk):
    """That of a large set. A row of the history is what an epoch met on its way, while the weights moved.

    Its loss is the mean over all examples of what each cost when its batch was due, and its error the sum
    over all examples, for a mean over the copies, of what each then was. To look at all of them once more
    where the weights are at rest would cost a third of an epoch.
    """

    def __init__(self, rule: type[UpdateRule], problem: Problem, initial, plan: Plan, watch: Watch):
        super().__init__(rule, problem, initial, plan, watch)
        self._batches = MiniBatches(problem, self._parameters, plan)
        judged_by, patience = self._validation.judges_by, plan.patience
        keeping = Keeping(
            judged_by, last=patience is None, patience=patience, first_epoch=1, moments=self._moments
        )
        self.recorder = Recorder(self._parameters, watch.report, keeping, self._validation.measured)
        self._met = np.zeros((2, len(initial)))  # of this epoch so far: summed losses and errors
        if saved := watch.checkpoints.saved():
            self._restore(saved)
            self._met = saved["met"]

    def run(self) -> bool:
        """Descend until the last epoch, or until it is enough; whether the watch stopped it."""
        first_epoch, first_batch = divmod(self._rule.steps, self._batches.per_epoch)
        for epoch in range(first_epoch, self._plan.epochs):
            if self._is_enough(epoch):
                return False
            self._epoch, rate = epoch, self._plan.learning_rate_at(epoch)
            for examples, evaluation in self._batches.evaluations(epoch, first_batch):
                if self._watch.interrupts(self._state):
                    return True
                self._met += evaluation.losses * examples, evaluation.errors
                self._rule.step(self._parameters, evaluation.gradient, rate)
            first_batch = 0
        self._is_enough(self._plan.epochs)
        return False

    def _is_enough(self, epoch: int) -> bool:
        """Record the epochs before this one, if that was not done before a pause; whether to end."""
        if epoch > len(self.recorder):
            losses, errors = self._met
            # Weights that are no numbers any more have no loss, whatever was met before.
            losses[~np.isfinite(self._parameters).all(axis=1)] = np.nan
            self._record(losses / len(self._problem), errors)
            self._met = np.zeros_like(self._met)
        return self.recorder.should_stop()

    def _state(self) -> State:
        return {**super()._state(), "met": self._met}
