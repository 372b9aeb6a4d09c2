"""How a network learned: the curves by epoch that pictures and pages show."""

from dataclasses import dataclass

import numpy as np

from runner.result.limits import limits
from runner.result.result import Result


@dataclass(frozen=True)
class Curve:
    """Values by epoch, arrays `(epochs,)`."""

    name: str
    epochs: np.ndarray
    values: np.ndarray


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
    if "validation_error" in history.columns:
        curves = [
            Curve("training", history.epochs, history["error"] / len(result.data.train)),
            Curve("test", history.epochs, history["validation_error"]),
        ]
        title, unit = "Error by epoch, mean over the pictures", "½ Σ (output − target)²"
        return Learning(title, unit, True, curves, [], limits(result))
    errors = [Curve("", c.history.epochs, c.history["error"]) for c in result.training.candidates]
    kept = errors.pop(result.best_index)
    title, unit = "Accumulated error by epoch", "½ Σ (output − target)²"
    return Learning(title, unit, True, [kept], errors, limits(result))


def _n(result: Result) -> str:
    return "n" if result.data.noun[0] in "aeiou" else ""
