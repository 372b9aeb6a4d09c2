"""Where the runs of a sweep are executed: worker processes of this machine, or a Dask cluster."""

import os
import signal
import socket
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from runner.config.errors import UserError
from runner.console.signals import keeping_from_children
from training import cores

Item = TypeVar("Item")
Answer = TypeVar("Answer")

SECONDS_FOR_SCHEDULER = 10
SECONDS_FOR_WORKERS = 600
# How many threads TensorFlow takes is asked when it is loaded.
THREAD_COUNTS = ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")


@dataclass(frozen=True)
class Execution:
    """How many runs at once, where, and which of them.

    `jobs` is the number of cores that are used at most (None: all), `scheduler` the address of a Dask
    scheduler to use instead, `shard` `(k, n)` the k-th of n parts.
    """

    jobs: int | None = None
    scheduler: str | None = None
    shard: tuple[int, int] = (1, 1)

    @property
    def is_shard(self) -> bool:
        """Whether others execute the rest."""
        return self.shard != (1, 1)

    @contextmanager
    def of_a_single_run(self, place: str) -> Iterator[None]:
        """Inside, a run uses no more cores than that.

        Raises UserError if something was asked for that only a sweep has a use for.
        """
        asked = {"--scheduler": self.scheduler, "--shard": self.is_shard or None}
        option = next((name for name, value in asked.items() if value is not None), None)
        if option:
            raise UserError(f"{option}: is for sweeps, and {place} is a single run; leave it out")
        if self.jobs:
            os.environ.update(dict.fromkeys(THREAD_COUNTS, str(self.jobs)))
        with cores.at_most(self.jobs):
            yield

    def check(self) -> None:
        """Raise UserError if there is to be a scheduler and none can be reached."""
        if self.scheduler is None:
            return
        try:
            from distributed.comm import get_address_host_port
        except ImportError:
            raise UserError("--scheduler: needs Dask; install it with: pip install distributed") from None
        try:
            address = get_address_host_port(self.scheduler, strict=True)
            socket.create_connection(address, SECONDS_FOR_SCHEDULER).close()
        except (OSError, ValueError) as error:
            raise UserError(
                f"--scheduler: nothing answers at {self.scheduler} ({error});"
                " start one with: dask scheduler, and name the address that it prints"
            ) from None

    def part_of(self, items: list[Item]) -> list[Item]:
        """The items that are this shard's."""
        number, shards = self.shard
        return items[number - 1 :: shards]


class WorkerDied(Exception):
    """A worker process ended without an answer: it was killed, or the machine ran out of memory."""


def answers(
    function: Callable[[Item], Answer], items: list[Item], execution: Execution
) -> Iterator[Answer]:
    """`function` of every item, in the order in which they end.

    Raises WorkerDied if a process does, and UserError if no scheduler answers.
    """
    from joblib import Parallel, delayed

    # Whoever closes this generator wants the items that are left to be cancelled.
    warnings.filterwarnings("ignore", ".* tasks .* You could benefit from adjusting")
    scheduler = execution.scheduler
    with _cluster(scheduler) if scheduler else _this_machine(execution.jobs, len(items)) as starting:
        parallel = Parallel(return_as="generator_unordered")
        try:
            with starting:
                answered = parallel(delayed(function)(item) for item in items)
            yield from answered
        except (BrokenProcessPool, *_killed_worker(scheduler)) as error:  # type: ignore[misc]
            raise WorkerDied(str(error)) from error


@contextmanager
def _this_machine(jobs: int | None, items: int) -> Iterator[AbstractContextManager[None]]:
    """Inside, joblib uses processes of this machine; yields the context to start them in."""
    from joblib import parallel_config

    workers = jobs or cores.there_are()
    if workers == 1:
        with parallel_config("sequential"):
            yield nullcontext()
        return
    # Inherited by the workers, which are many already.
    os.environ.update(dict.fromkeys(THREAD_COUNTS, "1"))
    # Two at least: joblib runs a single one in this process, which would die with it.
    with parallel_config("loky", n_jobs=max(2, min(workers, items)), inner_max_num_threads=1):
        yield keeping_from_children(signal.SIGINT)


@contextmanager
def _cluster(scheduler: str) -> Iterator[AbstractContextManager[None]]:
    """The same for the workers of a Dask cluster, for which it may have to wait: Ctrl-C must end that."""
    from distributed import Client
    from joblib import parallel_config

    try:
        client = Client(scheduler, timeout=SECONDS_FOR_SCHEDULER, set_as_default=False)
    except OSError as error:
        raise UserError(f"--scheduler: what answers at {scheduler} is no scheduler ({error})") from None
    with (
        client,
        parallel_config("dask", client=client, wait_for_workers_timeout=SECONDS_FOR_WORKERS),
    ):
        yield nullcontext()


def _killed_worker(scheduler: str | None) -> tuple[type[Exception], ...]:
    if scheduler is None:
        return ()
    from distributed import KilledWorker

    return (KilledWorker,)
