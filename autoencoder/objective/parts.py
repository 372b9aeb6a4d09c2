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

# Bytes of the outputs of all layers. A step on the 640 examples of a denoiser with 390 units, half a
# megabyte a part, takes two threads 0.83 of the time of one in single precision, on 960 0.75, on 480 as
# long. On one core two parts take up to 1.1 of the time of the whole, mostly 1.03. Four parts of 1.5
# megabytes take two threads 0.60 of that time, where two take 0.54, and of two megabytes as long; they are
# for more cores.
SMALLEST_PART, SMALLEST_OF_MANY = 400_000, 1_600_000
MOST_PARTS = 4
# Networks whose outputs of all layers take fewer bytes than this are not worth a thread: Python lets only
# one go on between two operations. Two threads do 128 networks of 128 units in all, with 32 examples, in
# 0.7 of the time of one in double precision (2 MiB a share), in 0.8 in single; with 32 networks they take
# 1.03 and 1.4 times as long.
SMALLEST_SHARE = 2**20
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


def part_sizes(examples: int, bytes_of_one: int) -> list[int]:
    """The sizes of the parts of a batch, as equal as they can be."""
    size = examples * bytes_of_one
    count = max(1, min(size // SMALLEST_PART, 2), min(size // SMALLEST_OF_MANY, MOST_PARTS))
    count = min(count, examples)
    bounds = [examples * index // count for index in range(count + 1)]
    return [stop - start for start, stop in pairwise(bounds)]


def shares(networks: int, bytes_of_one: int) -> list[slice]:
    """The networks of each core, where those of one have so much to do that it is worth a thread.

    They may depend on the number of cores: no sum crosses networks.
    """
    count = max(1, min(networks * bytes_of_one // SMALLEST_SHARE, networks, cores.available()))
    return [slice(networks * index // count, networks * (index + 1) // count) for index in range(count)]


class SharedObjective:
    """The objective of networks that are trained together, some of them on each core."""

    def __init__(
        self,
        make: Callable[[np.ndarray, np.ndarray], Objective],
        parameters: np.ndarray,
        rows: list[slice],
    ):
        """`make(parameters, gradient)` is the objective of some of the networks.

        `parameters` `(restarts, parameters)` is the array that whoever minimizes changes in place.
        """
        self._parameters, self._gradient = parameters, np.empty_like(parameters)
        self._rows, self._own = rows, [parameters[some] for some in rows]
        gradients = [self._gradient[some] for some in rows]
        self._objectives = list(map(make, self._own, gradients))

    def load(self, inputs, targets=None, latent_noise=None) -> None:
        """Take other examples, as the face has it."""
        for objective in self._objectives:
            objective.load(inputs, targets, latent_noise)

    def losses(self, parameters) -> np.ndarray:
        """`(restarts,)` of `parameters` `(restarts, parameters)`."""
        return np.concatenate(side_by_side(lambda job: job[0].losses(job[1]), self._jobs(parameters)))

    def measure(self, parameters) -> Measures:
        """Losses and errors, `(restarts,)` each."""
        found = side_by_side(lambda job: job[0].measure(job[1]), self._jobs(parameters))
        losses, errors = zip(*found, strict=True)
        return Measures(np.concatenate(losses), np.concatenate(errors))

    def evaluate(self, parameters) -> Evaluation:
        """Losses and errors, and the gradient `(restarts, parameters)` of the losses."""
        found = side_by_side(lambda job: job[0].evaluate(job[1]), self._jobs(parameters))
        losses, errors, _ = zip(*found, strict=True)
        return Evaluation(np.concatenate(losses), np.concatenate(errors), self._gradient)

    def _jobs(self, parameters) -> list[tuple[Objective, np.ndarray]]:
        """Each objective with the parameters of its networks."""
        is_own = parameters is self._parameters
        some = self._own if is_own else [parameters[rows] for rows in self._rows]
        return list(zip(self._objectives, some, strict=True))


class PartedObjective:
    """An objective that is the sum of objectives of its parts."""

    def __init__(self, parts: list[Objective], sizes: list[int]):
        """Objectives for so many examples each, whose losses are means over the examples of all."""
        self._parts, self._sizes = parts, sizes

    def load(self, inputs, targets=None, latent_noise=None) -> None:
        """Take other examples, as the face has it."""
        # By one thread: two would wait for each other as long as this takes.
        start = 0
        for part, size in zip(self._parts, self._sizes, strict=True):
            rows = slice(start, start + size)
            others = (None if array is None else array[rows] for array in (targets, latent_noise))
            part.load(inputs[rows], *others)
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
