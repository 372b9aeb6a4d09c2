"""A fair sample of many pictures, for what can show only some."""

import numpy as np


def spread(count: int, most: int) -> np.ndarray:
    """At most so many of the rows 0 … count − 1, as evenly as they go, from the first to the last."""
    return np.linspace(0, count - 1, min(count, most)).round().astype(int)


def of_each_class(labels: np.ndarray, most: int) -> np.ndarray:
    """At most so many rows of `labels` `(pictures,)`, in their order: of each class as many as of others.

    A class that has fewer gives all it has; in a class the rows are spread evenly.
    """
    order = np.argsort(labels, kind="stable")
    counts = np.unique(labels, return_counts=True)[1]
    ends = counts.cumsum()
    shares = _shares(counts, most)
    chosen = [
        order[end - count + spread(count, share)]
        for end, count, share in zip(ends.tolist(), counts.tolist(), shares.tolist(), strict=True)
    ]
    return np.sort(np.concatenate(chosen))


def _shares(counts: np.ndarray, most: int) -> np.ndarray:
    """How many of each class: `most` of them in all, the classes as equal as their `counts` allow."""
    sums = np.minimum(counts[:, None], np.arange(most + 1)).sum(axis=0)
    equal = np.searchsorted(sums, most, side="right") - 1
    shares = np.minimum(counts, equal)
    larger = np.flatnonzero(counts > equal)
    shares[larger[spread(len(larger), most - shares.sum())]] += 1
    return shares
