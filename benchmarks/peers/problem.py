"""A training problem as a file of plain arrays, so that the peers need nothing but NumPy to read it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Problem:
    """Examples `(examples, pixels)`, initial weights, and the learning rate of every step.

    The loss is the binary cross-entropy, summed over pixels, mean over examples, of logistic outputs
    1 / (1 + exp(-2 x)).
    """

    inputs: np.ndarray
    targets: np.ndarray
    parameters: np.ndarray  # (restarts, parameters): for each layer (outputs, inputs + 1), bias last
    units: list[int]
    activations: list[str]
    rates: np.ndarray  # (steps,)

    @property
    def layers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Weights `(…, outputs, inputs)` and biases `(…, outputs)`; … is restarts, unless that is 1."""
        layers, start = [], 0
        parameters = self.parameters[0] if len(self.parameters) == 1 else self.parameters
        for inputs, outputs in zip(self.units[:-1], self.units[1:], strict=True):
            stop = start + outputs * (inputs + 1)
            block = parameters[..., start:stop].reshape(*parameters.shape[:-1], outputs, inputs + 1)
            layers.append((block[..., :-1].copy(), block[..., -1].copy()))
            start = stop
        return layers


def read_problem(path: str) -> Problem:
    """Read what `write_problem` wrote."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    units, activations = arrays.pop("units").tolist(), arrays.pop("activations").tolist()
    return Problem(units=units, activations=activations, **arrays)


def write_problem(path: Path, problem: Problem) -> None:
    """Write a problem to a file."""
    np.savez(path, **vars(problem))


def learned(logits: np.ndarray, targets: np.ndarray) -> int:
    """How many characters have every pixel on the right side of one half."""
    return int(((logits > 0) == (targets > 0.5)).all(axis=-1).sum())
