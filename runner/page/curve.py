"""How a network learned, as the numbers that `curve.js` draws."""

from typing import Any

import numpy as np

from runner.figures.style import thinned
from runner.page.packing import packed
from runner.result.learning import Curve, Learning

MARGIN = 0.08
MOST_POINTS = 600
MOST_OTHERS = 30
MOST_DOTS = 60  # epochs


def curve_facts(learned: Learning) -> dict[str, Any]:
    """The lines of a training by epoch, its limits, and the ranges of the axes: left, right, bottom, top.

    Few epochs are dots as well. The last line is that of the network that was kept.
    """
    others = learned.others[:MOST_OTHERS]
    curves = [*others, *learned.curves]
    kinds = ["others"] * len(others) + ["training"] * (len(learned.curves) - 1) + ["kept"]
    lines = [_points(curve) for curve in curves]
    epochs, values = (np.concatenate(parts) for parts in zip(*lines, strict=True))
    has_dots = max(len(curve.epochs) for curve in curves) <= MOST_DOTS
    first, last = (float(epochs.min()), float(epochs.max())) if len(epochs) else (0.0, 1.0)
    aside = 0.5 if has_dots or first == last else 0.0
    limits = list(learned.limits.values())
    return {
        "labels": ["epoch", learned.unit],
        "isLogarithmic": learned.is_logarithmic,
        "ranges": [first - aside, last + aside, *_around([*values, *limits], learned.is_logarithmic)],
        "lines": [
            {"kind": kind, "epochs": packed(x.astype(float)), "values": packed(y.astype(float))}
            for kind, (x, y) in zip(kinds, lines, strict=True)
        ],
        "limits": limits,
        "hasDots": has_dots,
    }


def _points(curve: Curve) -> tuple[np.ndarray, np.ndarray]:
    """Epochs and values of a curve, thinned."""
    if not len(curve.values):
        return curve.epochs, curve.values
    places, values = thinned(curve.values, MOST_POINTS).T
    return curve.epochs[places.astype(int)], values


def _around(numbers: list[float], is_logarithmic: bool) -> tuple[float, float]:
    """The limits of the axis of some values, which may be none; a logarithm has no place for 0."""
    values = np.array(numbers, float)
    values = values[np.isfinite(values) & ((values > 0) | (not is_logarithmic))]
    if not len(values):
        values = np.array([0.1, 1.0])
    low, high = float(values.min()), float(values.max())
    if is_logarithmic:
        return low / 1.6, high * 1.6
    margin = MARGIN * (high - low or 1.0)
    return low - margin, high + margin
