"""Which keys mattered: how much of what runs are judged by goes with each key that was varied.

Two measures, both of ranks, so that errors may go over many orders of magnitude and a key over a
logarithmic range: Spearman's correlation says whether more of a key made the error larger or smaller;
the share that a key explains (Kelley's epsilon squared of an analysis of variance of the ranks, by the
values of the key or by bins of equal size) also sees a best value in the middle, and names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from runner.compare.comparison import Comparison, value_text
from runner.storage.csv_text import Table
from runner.storage.record import DIVERGED, RunRecord

FEWEST_RUNS = 20
# An odd number of bins: those of a power of two would fall together with the pattern of Sobol's points,
# and take a share that belongs to another key.
MOST_VALUES, BINS = 8, 5


@dataclass(frozen=True)
class Importance:
    """What a key had to do with the error.

    `explained` is 0…1, about 0 for a key that does nothing; `correlation` is −1…1, None for names.
    """

    key: str
    explained: float
    correlation: float | None


def importances(comparison: Comparison) -> list[Importance]:
    """Every key that was varied, the one that explains most first; none if the runs are too few to tell.

    A run that diverged is worse than all that did not. Keys that change together explain the same.
    """
    judged = [(run, error) for run in comparison.runs if (error := _error(comparison, run)) is not None]
    if len(judged) < FEWEST_RUNS or len(comparison.keys) < 2:
        return []
    ranks = _ranked([error for _, error in judged])
    columns = {key: [run.config.get(key) for run, _ in judged] for key in comparison.keys}
    found = [_importance(key, values, ranks) for key, values in columns.items() if _is_varied(values)]
    return sorted(found, key=lambda importance: -importance.explained)


def importance_table(found: list[Importance]) -> Table:
    """`importance.csv`: a row a key."""
    return ["key", "explained", "spearman"], [
        [each.key, each.explained, each.correlation] for each in found
    ]


def importance_text(found: list[Importance], measure: str) -> str:
    """The same for the terminal, and how to read it."""
    width = max(len(each.key) for each in found)
    lines = [f"what mattered for {measure}: the share of its ranks that a key explains (Spearman's rank"]
    lines.append("correlation: above 0 if more of the key is worse, below if it is better)")
    for each in found:
        correlation = "" if each.correlation is None else f"  ({each.correlation:+.2f})"
        lines.append(f"  {each.key:{width}}  {each.explained:4.0%}{correlation}")
    return "\n".join(lines)


def _error(comparison: Comparison, run: RunRecord) -> float | None:
    if run.reason == DIVERGED:
        return np.inf
    return comparison.error_of(run) if run.status == "done" else None


def _is_varied(values: list[Any]) -> bool:
    """Whether a key has several values, at least one of them twice or all of them numbers."""
    distinct = len(set(map(value_text, values)))
    return distinct > 1 and (distinct < len(values) or _are_numbers(values))


def _are_numbers(values: list[Any]) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _importance(key: str, values: list[Any], ranks: np.ndarray) -> Importance:
    if not _are_numbers(values):
        _, groups = np.unique(list(map(value_text, values)), return_inverse=True)
        return Importance(key, _explained(groups, ranks, len(ranks)), None)
    are_equal = ranks.min() == ranks.max()
    correlation = None if are_equal else float(np.corrcoef(_ranked(values), ranks)[0, 1])
    distinct, groups = np.unique(values, return_inverse=True)
    if len(distinct) <= MOST_VALUES:
        return Importance(key, _explained(groups, ranks, len(ranks)), correlation)
    bins = ((_ranked(values) - 0.5) * BINS / len(values)).astype(int)
    # Several seeds at one place are no several places.
    return Importance(key, _explained(bins, ranks, len(distinct)), correlation)


def _ranked(values: Sequence[float]) -> np.ndarray:
    """The ranks from 1 on, `(n,)`; equal values share the mean of theirs.

    SciPy's statistics have that, but take longer to load than ten thousand runs to be judged.
    """
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[places]


def _explained(groups: np.ndarray, ranks: np.ndarray, points: int) -> float:
    """The share of the variance of `ranks` that lies between groups, less what chance puts there.

    `groups` are `(runs,)`, whole numbers from 0; `points` is how many of the runs tell something new.
    """
    sizes = np.bincount(groups)
    means = np.bincount(groups, ranks) / np.maximum(sizes, 1)
    total = ((ranks - ranks.mean()) ** 2).sum()
    within = total - (sizes * (means - ranks.mean()) ** 2).sum()
    freedom = points - np.count_nonzero(sizes)
    if total == 0 or freedom == 0:
        return 0.0
    return float(max(0.0, 1 - within / total * (points - 1) / freedom))
