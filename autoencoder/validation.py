"""Trying networks on other examples than those they are trained on."""

from dataclasses import replace
from itertools import count, repeat

import numpy as np

from autoencoder.objective.face import Measures, Objective
from autoencoder.objective.parts import side_by_side
from autoencoder.problem import Examples, Problem, blocks, objective_of

LANES = 2  # of blocks, each with arrays of its own


class Validation:
    """The examples beside those of the training, if a problem has any, and what is measured on them."""

    def __init__(self, problem: Problem, parameters: np.ndarray):
        """Networks are tried with `parameters` `(restarts, parameters)` as they then are."""
        # Errors do not depend on the loss, and the twin of this one takes any target.
        by_error = replace(problem, loss="squared_error")
        self._validated = _Trial.of(by_error, problem.validation, parameters)
        self._held_back = _Trial.of(problem, problem.held_back, parameters)
        self._missing = np.full(len(parameters), np.nan)
        beside = {"validation_error": self._validated, "held_back_loss": self._held_back}
        self.measured = "loss", "error", *(name for name, trial in beside.items() if trial)
        self.judges_by = "held_back_loss" if self._held_back else "loss"

    def measures(self, epoch: int, is_last: bool = False) -> dict[str, np.ndarray]:
        """What was asked for, `(restarts,)` each, after an epoch.

        `validation_error` is the accumulated error ½ Σ (pixel − target)² by the copies of the examples, or
        NaN where it is not due; `held_back_loss` the mean over the examples of what is trained.
        """
        found = {}
        if self._validated:
            examples = self._validated.examples
            is_due = is_last or not examples.sparsely or is_due_sparsely(epoch)
            errors = self._validated.sums().errors / examples.copies if is_due else self._missing
            found["validation_error"] = errors
        if self._held_back:
            found["held_back_loss"] = self._held_back.sums().losses / len(self._held_back.examples)
        return found


def is_due_sparsely(epoch: int) -> bool:
    """Whether an epoch is a sparse one: the first eight are, then four while their number doubles."""
    return epoch % (1 << max(0, epoch.bit_length() - 3)) == 0


class _Trial:
    """Networks on some examples, block by block."""

    def __init__(self, problem: Problem, examples: Examples, parameters: np.ndarray):
        self.examples, self._parameters = examples, parameters
        targets = examples.inputs if examples.targets is None else examples.targets
        # Which twin of a loss will do depends on the targets.
        self._problem = replace(problem, targets=targets)
        self._objectives: dict[tuple[int, int], Objective] = {}

    @classmethod
    def of(cls, problem: Problem, examples: Examples | None, parameters: np.ndarray) -> "_Trial | None":
        """A trial where there are examples."""
        return None if examples is None else cls(problem, examples, parameters)

    def sums(self) -> Measures:
        """Losses and errors `(restarts,)`, summed over the examples."""
        targets = self.examples.targets
        beside = repeat(None) if targets is None else blocks(targets)
        parts = list(zip(count(), blocks(self.examples.inputs), beside, strict=False))
        lanes = [parts[lane::LANES] for lane in range(min(LANES, len(parts)))]
        found = dict(pair for lane in side_by_side(self._measure, lanes) for pair in lane)
        losses, errors = (sum(found[index][which] for index in range(len(parts))) for which in (0, 1))
        return Measures(losses, errors)

    def _measure(self, lane) -> list[tuple[int, Measures]]:
        """The sums of every block of a lane."""
        found = []
        for index, inputs, targets in lane:
            objective = self._objective(index % LANES, len(inputs))
            objective.load(inputs, targets)
            losses, errors = objective.measure(self._parameters)
            found.append((index, Measures(losses.astype(float) * len(inputs), errors.astype(float))))
        return found

    def _objective(self, lane: int, examples: int) -> Objective:
        if (lane, examples) not in self._objectives:
            self._objectives[lane, examples] = objective_of(self._problem, self._parameters, examples)
        return self._objectives[lane, examples]
