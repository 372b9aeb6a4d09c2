"""How a network learned: the curves by epoch that pictures and pages show."""

from dataclasses import dataclass

import numpy as np

from runner.result.limits import NEW_NOISE, TRAINING_NOISE, limits
from runner.result.result import Result
from training.history import History


@dataclass(frozen=True)
class Curve:
    """Values by epoch, arrays `(epochs,)`."""

    name: str
    epochs: np.ndarray
    values: np.ndarray

    @classmethod
    def measured(cls, name: str, history: History, column: str) -> "Curve":
        """A column of a history, in the epochs in which it was measured."""
        values = history[column]
        is_measured = np.isfinite(values)
        return cls(name, history.epochs[is_measured], values[is_measured])

    def at(self, epoch: int) -> float | None:
        """What was measured in an epoch, or else last before it; None if nothing was."""
        known = np.flatnonzero((self.epochs <= epoch) & np.isfinite(self.values))
        return float(self.values[known[-1]]) if len(known) else None


@dataclass(frozen=True)
class Learning:
    """The curves of a training: the last of `curves` is what the network is judged by."""

    title: str
    unit: str
    is_logarithmic: bool
    curves: list[Curve]
    others: list[Curve]  # those of the networks that were not kept
    limits: dict[str, float]


def learning(result: Result) -> Learning:
    """The curves of a result: in nats where codes are normals, else of errors."""
    history = result.history
    if "validation_loss" in history.columns:
        judged = f"−ELBO of the {result.data.part}{'set' if result.data.test else result.data.noun + 's'}"
        curves = [
            Curve("training", history.epochs, history["loss"]),
            Curve(judged, history.epochs, history["validation_loss"]),
        ]
        return Learning("Loss by epoch", f"nats a{_n(result)} {result.data.noun}", False, curves, [], {})
    if result.data.test:
        curves = [
            Curve("training", history.epochs, history["error"] / len(result.data.train)),
            Curve(_judged(result), history.epochs, history["validation_error"]),
        ]
        title, unit = "Error by epoch, mean over the pictures", "½ Σ (output − target)²"
        return Learning(title, unit, True, curves, [], limits(result))
    return _accumulated(result)


def _accumulated(result: Result) -> Learning:
    """Of few pictures: accumulated errors, those of denoisers on new noise beside those of the training."""
    judged = "error" if result.noise is None else "validation_error"
    named = "" if result.noise is None else NEW_NOISE
    errors = [Curve.measured(named, c.history, judged) for c in result.training.candidates]
    curves = [errors.pop(result.best_index)]
    if result.noise is not None:
        curves.insert(0, Curve(TRAINING_NOISE, result.history.epochs, result.history["error"]))
    title, unit = "Accumulated error by epoch", "½ Σ (output − target)²"
    return Learning(title, unit, True, curves, errors, limits(result))


def _judged(result: Result) -> str:
    return "test" if result.noise is None else f"test, {NEW_NOISE}"


def _n(result: Result) -> str:
    return "n" if result.data.noun[0] in "aeiou" else ""
