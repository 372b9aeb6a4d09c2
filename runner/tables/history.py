"""Tables of how a training went."""

import math

import numpy as np

from runner.result.result import Result
from runner.storage.csv_text import Table


def metrics(result: Result) -> Table:
    """A row an epoch, with what the network measured; epoch 0 is the untrained network.

    A cell is empty where something was not measured in that epoch.
    """
    history = result.history
    columns = map(_cells, history.columns.values())
    return ["epoch", *history.columns], zip(history.epochs.tolist(), *columns, strict=True)


def _cells(column: np.ndarray) -> list:
    if not np.isnan(column).any():
        return column.tolist()
    return [None if math.isnan(value) else value for value in column.tolist()]


def restarts(result: Result) -> Table:
    """A row a network; its seed alone, with `restarts` 1, gives the same one.

    Without `wrong_pixels` where none can be wrong.
    """
    candidates = result.training.candidates
    columns = {
        "seed": [candidate.seed for candidate in candidates],
        "error": result.candidate_errors.tolist(),
        "wrong_pixels": result.candidate_wrong_pixels.tolist(),
        "epochs": [len(c.history) - 1 + c.history.first_epoch for c in candidates],
        "seconds": [float(np.append(0.0, c.history["seconds"])[-1]) for c in candidates],
    }
    if result.wrong is None:
        del columns["wrong_pixels"]
    return list(columns), zip(*columns.values(), strict=True)
