"""Points of a search: the ranges of a sweep, drawn together."""

import numpy as np

from runner.config.keys import kind_of
from runner.config.values import Range

Point = dict[str, int | float]
# More would tell no two settings apart, and make names that nobody can read.
DIGITS = 6


def drawn(ranges: dict[str, Range], samples: int, seed: int) -> list[Point]:
    """Points of SciPy's Sobol sequence, scrambled by the seed: a value of each key, by its range.

    The first points of a longer search are those of a shorter one. What is drawn twice, as whole numbers
    may be, is there once.
    """
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(ranges), scramble=True, seed=seed)
    places = sequence.random_base2((samples - 1).bit_length())[:samples]
    columns = [_values(key, limits, places[:, index]) for index, (key, limits) in enumerate(ranges.items())]
    return [dict(zip(ranges, point, strict=True)) for point in dict.fromkeys(zip(*columns, strict=True))]


def _values(key: str, limits: Range, places: np.ndarray) -> list:
    """The values of a key at places `(n,)` in 0…1 of its range."""
    is_whole = kind_of(key).is_whole
    first, last = limits.first, limits.last + is_whole  # of whole numbers the last is drawn as often
    if limits.log:
        values = np.exp(np.log(first) + places * (np.log(last) - np.log(first)))
    else:
        values = first + places * (last - first)
    texts = np.floor(values) if is_whole else [f"{value:.{DIGITS}g}" for value in values]
    kind = int if is_whole else float
    return [kind(min(max(float(text), limits.first), limits.last)) for text in texts]
