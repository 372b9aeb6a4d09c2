"""A large batch in parts, side by side on the cores of the processor.

How many parts there are depends on the batch alone, and what they found is added in their order, so that
the number of cores changes no bit.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise

import numpy as np

from autoencoder.objective.face import Evaluation, Measures, Objective
from training import cores

# Smaller parts spend as much time on being handed out as on their products; more parts than two, of fewer
# examples than a hundred each, spend more on adding up their gradients than more cores would save.
SMALLEST_PART, SMALLEST_OF_MANY = 50, 100
MOST_PARTS = 4
# Handing out work to a thread takes as long as adding or moving so many values.
SMALLEST_RANGE = 1 << 16


def side_by_side(work: Callable, jobs: Sequence) -> list:
    """`work(job)` of every job, by the caller and other threads, which NumPy lets go on as it computes."""
    if (count := cores.available()) == 1:
        return [work(job) for job in jobs]
    first, *others = jobs
    handed_out = [_pool(os.getpid(), count - 1).submit(_quietly, work, job) for job in others]
    answers = [work(first)]
    # From the end: what nobody has begun by now the caller does itself.
    rest = [
        work(job) if future.cancel() else future.result()
        for job, future in zip(reversed(others), reversed(handed_out), strict=True)
    ]
    return answers + rest[::-1]


def _quietly(work: Callable, job):
    """Threads do not inherit what numpy.errstate says."""
    with np.errstate(over="ignore", invalid="ignore"):
        return work(job)


@cache
def _pool(process: int, threads: int) -> ThreadPoolExecutor:
    """The threads of a process: they do not survive a fork."""
    return ThreadPoolExecutor(threads, thread_name_prefix=f"parts of {process}")


def ranges(size: int) -> list[slice]:
    """So many values in a range for each core, if they are worth it.

    It is for what is done value by value, where no bit depends on the ranges.
    """
    count = min(max(1, size // SMALLEST_RANGE), cores.available())
    bounds = [size * index // count for index in range(count + 1)]
    return list(map(slice, bounds[:-1], bounds[1:]))


def part_sizes(examples: int) -> list[int]:
    """The sizes of the parts of a batch, as equal as they can be."""
    count = max(1, min(examples // SMALLEST_PART, 2), min(examples // SMALLEST_OF_MANY, MOST_PARTS))
    bounds = [examples * index // count for index in range(count + 1)]
    return [stop - start for start, stop in pairwise(bounds)]


class PartedObjective:
    """An objective that is the sum of objectives of its parts."""

    def __init__(self, parts: list[Objective], sizes: list[int]):
        """Objectives for so many examples each, whose losses are means over the examples of all."""
        self._parts, self._sizes = parts, sizes

    def load(self, inputs, targets=None) -> None:
        """Take other examples `(examples, pixels)`; without targets the inputs are the targets."""
        # By one thread: two would wait for each other as long as this takes.
        start = 0
        for part, size in zip(self._parts, self._sizes, strict=True):
            rows = slice(start, start + size)
            part.load(inputs[rows], None if targets is None else targets[rows])
            start += size

    def losses(self, parameters) -> np.ndarray:
        """`(restarts,)` of `parameters` `(restarts, parameters)`."""
        return sum(side_by_side(lambda part: part.losses(parameters), self._parts))

    def measure(self, parameters) -> Measures:
        """Losses and errors, `(restarts,)` each."""
        found = side_by_side(lambda part: part.measure(parameters), self._parts)
        losses, errors = zip(*found, strict=True)
        return Measures(sum(losses), sum(errors))

    def evaluate(self, parameters) -> Evaluation:
        """Losses and errors, and the gradient `(restarts, parameters)` of the losses."""
        found = side_by_side(lambda part: part.evaluate(parameters), self._parts)
        losses, errors, (gradient, *others) = zip(*found, strict=True)
        for other in others:
            np.add(gradient, other, gradient)
        return Evaluation(sum(losses), sum(errors), gradient)
