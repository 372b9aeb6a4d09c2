"""A large batch in parts, side by side on the cores of the processor.

How many parts there are depends on the batch alone, and what they found is added in their order, so that
the number of cores changes no bit.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise

import numpy as np

from autoencoder.objective import Evaluation, Measures, Objective

# Smaller ones spend as much time on being handed out as on their products.
SMALLEST_PART = 50
MOST_PARTS = 4
# Of an array that is added: so many values stay in the cache.
RANGE = 1 << 17


def side_by_side(work: Callable, items: Iterable) -> list:
    """`work(item)` of every item, in threads: NumPy lets others go on while it computes."""
    jobs = list(items)
    if len(jobs) == 1:
        return [work(jobs[0])]
    return list(_pool(os.getpid()).map(lambda job: _quietly(work, job), jobs))


def _quietly(work: Callable, job):
    """Threads do not inherit what numpy.errstate says."""
    with np.errstate(over="ignore", invalid="ignore"):
        return work(job)


@cache
def _pool(process: int) -> ThreadPoolExecutor:
    """The threads of a process: they do not survive a fork."""
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix=f"parts of {process}")


def part_sizes(examples: int) -> list[int]:
    """The sizes of the parts of a batch, as equal as they can be."""
    count = min(max(1, examples // SMALLEST_PART), MOST_PARTS)
    bounds = [examples * index // count for index in range(count + 1)]
    return [stop - start for start, stop in pairwise(bounds)]


class PartedObjective:
    """An objective that is the sum of objectives of its parts."""

    def __init__(self, parts: list[Objective], sizes: list[int]):
        """Objectives for so many examples each, whose losses are means over the examples of all."""
        self._parts, self._sizes = parts, sizes

    def load(self, inputs, targets=None) -> None:
        """Take other examples `(examples, pixels)`; without targets the inputs are the targets."""
        self._examples, start = [], 0
        for part, size in zip(self._parts, self._sizes, strict=True):
            rows = slice(start, start + size)
            self._examples.append((part, inputs[rows], None if targets is None else targets[rows]))
            start += size

    def losses(self, parameters) -> np.ndarray:
        """`(restarts,)` of `parameters` `(restarts, parameters)`."""
        return sum(self._each(lambda part: part.losses(parameters)))

    def measure(self, parameters) -> Measures:
        """Losses and errors, `(restarts,)` each."""
        losses, errors = zip(*self._each(lambda part: part.measure(parameters)), strict=True)
        return Measures(sum(losses), sum(errors))

    def evaluate(self, parameters) -> Evaluation:
        """Losses and errors, and the gradient `(restarts, parameters)` of the losses."""
        found = self._each(lambda part: part.evaluate(parameters))
        losses, errors, gradients = zip(*found, strict=True)
        return Evaluation(sum(losses), sum(errors), self._sum(gradients))

    def _each(self, ask: Callable) -> list:
        def answer(example):
            part, inputs, targets = example
            part.load(inputs, targets)
            return ask(part)

        return side_by_side(answer, self._examples)

    def _sum(self, gradients) -> np.ndarray:
        """The sum, in the array of the first part."""
        total, *others = (gradient.reshape(-1) for gradient in gradients)

        def add(start: int) -> None:
            values = total[start : start + RANGE]
            for other in others:
                np.add(values, other[start : start + RANGE], values)

        side_by_side(add, range(0, len(total), RANGE))
        return gradients[0]
