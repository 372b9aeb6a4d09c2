"""Training: from examples and a plan to the best parameters of every restart."""

import numpy as np

from autoencoder.minimizers import MINIMIZERS
from autoencoder.network import Network
from autoencoder.objective import Problem
from autoencoder.plan import Plan
from autoencoder.recorder import Report, Restart
from autoencoder.streams import Stream, generator


def train(problem: Problem, plan: Plan, report: Report | None = None) -> list[Restart]:
    """Train `plan.restarts` networks on `problem`.

    Restart r draws its weights from `seed + r`, so with full batches of the same examples it equals
    the single run with that seed. `report(epoch, error)` is called after every epoch with the
    smallest accumulated error among the restarts.
    """
    seeds = range(plan.seed, plan.seed + plan.restarts)
    initial = np.stack([_initial(problem.network, plan.initialization, seed) for seed in seeds])
    return MINIMIZERS[plan.minimizer](problem, initial, plan, report or _no_report)


def _initial(network: Network, initialization: str, seed: int) -> np.ndarray:
    return network.initial_parameters(initialization, generator(seed, Stream.WEIGHTS))


def _no_report(epoch: int, error: float) -> None:
    pass
