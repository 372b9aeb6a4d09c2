"""Pairs of codes worth a look, and the way from one code to another."""

from dataclasses import dataclass

import numpy as np

POINTS_BETWEEN = 5
# Of so many codes every pair is looked at.
MOST_LISTED = 300
# In more dimensions a k-d tree visits most of its points.
MOST_TREE_DIMENSIONS = 8


@dataclass(frozen=True)
class Pair:
    """Two codes by row, and why they were picked: `closest`, `median` or `farthest`."""

    kind: str
    first: int
    second: int


def notable_pairs(codes: np.ndarray) -> list[Pair]:
    """The closest, the median and the farthest pair of `codes` `(characters, latent)`; [] for one code.

    Of more than MOST_LISTED codes the median pair is that of a sample, in more than MOST_TREE_DIMENSIONS
    the closest one, too; and the farthest is the one that a walk from code to farthest code ends with.
    """
    rows = np.arange(len(codes))
    if len(codes) <= MOST_LISTED:
        return _listed_pairs(codes, rows)
    sample = np.linspace(0, len(codes) - 1, MOST_LISTED).round().astype(int)
    closest, median, _ = _listed_pairs(codes, sample)
    if codes.shape[1] <= MOST_TREE_DIMENSIONS:
        closest = _closest_pair(codes)
    return [closest, median, _farthest_pair(codes)]


def _listed_pairs(codes: np.ndarray, rows: np.ndarray) -> list[Pair]:
    """Those of some codes, by the distances of all pairs."""
    first, second = np.triu_indices(len(rows), k=1)
    if not len(first):
        return []
    distances = np.linalg.norm(codes[rows[first]] - codes[rows[second]], axis=1)
    order = np.argsort(distances, kind="stable")
    picks = {"closest": order[0], "median": order[len(order) // 2], "farthest": order[-1]}
    return [Pair(kind, int(rows[first[i]]), int(rows[second[i]])) for kind, i in picks.items()]


def _closest_pair(codes: np.ndarray) -> Pair:
    from scipy.spatial import cKDTree  # Time that few codes do not need.

    distances, neighbours = cKDTree(codes).query(codes, 2, workers=-1)
    first = int(distances[:, 1].argmin())
    # Where several codes lie at one place, the nearest of the two found may be the code itself.
    second = int(neighbours[first][neighbours[first] != first][0])
    return Pair("closest", *sorted((first, second)))


def _farthest_pair(codes: np.ndarray) -> Pair:
    """The ends of a walk that begins far from the middle and always goes to the farthest code."""
    here, way = _farthest_from(codes, codes.mean(axis=0))[0], -1.0
    while True:
        there, distance = _farthest_from(codes, codes[here])
        if distance <= way:
            return Pair("farthest", *sorted((here, there)))
        here, way = there, distance


def _farthest_from(codes: np.ndarray, place: np.ndarray) -> tuple[int, float]:
    """The row of the code that is farthest from `place` `(latent,)`, and how far it is."""
    distances = np.linalg.norm(codes - place, axis=1)
    row = int(distances.argmax())
    return row, float(distances[row])


def points_between(start: np.ndarray, end: np.ndarray, count: int = POINTS_BETWEEN) -> np.ndarray:
    """`count` equally spaced points `(count, latent)` strictly between two codes `(latent,)`."""
    share = np.arange(1, count + 1)[:, None] / (count + 1)
    return start + share * (end - start)
