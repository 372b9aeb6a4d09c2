"""Pairs of codes worth a look, and the way from one code to another."""

from dataclasses import dataclass

import numpy as np

POINTS_BETWEEN = 5


@dataclass(frozen=True)
class Pair:
    """Two codes by row, and why they were picked: `closest`, `median` or `farthest`."""

    kind: str
    first: int
    second: int


def notable_pairs(codes: np.ndarray) -> list[Pair]:
    """The closest, the median and the farthest pair of `codes` `(characters, latent)`; [] for one code."""
    first, second = np.triu_indices(len(codes), k=1)
    if not len(first):
        return []
    distances = np.linalg.norm(codes[first] - codes[second], axis=1)
    order = np.argsort(distances, kind="stable")
    picks = {"closest": order[0], "median": order[len(order) // 2], "farthest": order[-1]}
    return [Pair(kind, int(first[i]), int(second[i])) for kind, i in picks.items()]


def points_between(start: np.ndarray, end: np.ndarray, count: int = POINTS_BETWEEN) -> np.ndarray:
    """`count` equally spaced points `(count, latent)` strictly between two codes `(latent,)`."""
    share = np.arange(1, count + 1)[:, None] / (count + 1)
    return start + share * (end - start)
