"""Trying networks on other pictures than those they are trained on."""

from dataclasses import replace
from itertools import count

import numpy as np

from autoencoder.objective.face import Objective
from autoencoder.objective.parts import side_by_side
from autoencoder.problem import Problem, blocks, objective_of

LANES = 2  # of blocks, each with arrays of its own


class Validation:
    """The validation pictures of a problem, if it has any, block by block."""

    def __init__(self, problem: Problem, parameters: np.ndarray):
        """Networks are tried with `parameters` `(restarts, parameters)` as they then are."""
        self._pictures, self._parameters = problem.validation, parameters
        # Errors do not depend on the loss, and the twin of this one takes any target.
        self._problem = replace(problem, loss="squared_error")
        self._objectives: dict[tuple[int, int], Objective] = {}
        is_validated = self._pictures is not None
        self.measured = "loss", "error", *(["validation_error"] if is_validated else [])

    def measures(self) -> dict[str, np.ndarray]:
        """`validation_error` `(restarts,)`: the mean over pictures of ½ Σ (pixel − target)²; or nothing."""
        if self._pictures is None:
            return {}
        parts = list(zip(count(), blocks(self._pictures), strict=False))
        lanes = [parts[lane::LANES] for lane in range(min(LANES, len(parts)))]
        found = dict(pair for lane in side_by_side(self._errors, lanes) for pair in lane)
        total = sum(found[index].astype(float) for index in range(len(parts)))
        return {"validation_error": total / len(self._pictures)}

    def _errors(self, lane) -> list[tuple[int, np.ndarray]]:
        """The errors of every block of a lane."""
        found = []
        for index, pictures in lane:
            objective = self._objective(index % LANES, len(pictures))
            objective.load(pictures)
            found.append((index, objective.measure(self._parameters).errors))
        return found

    def _objective(self, lane: int, examples: int) -> Objective:
        if (lane, examples) not in self._objectives:
            self._objectives[lane, examples] = objective_of(self._problem, self._parameters, examples)
        return self._objectives[lane, examples]
