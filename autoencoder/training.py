"""Training: from examples and a plan to the best parameters of every restart."""

import numpy as np

from autoencoder.minimizers import MINIMIZERS
from autoencoder.network import Network
from autoencoder.objective import Problem
from autoencoder.plan import Plan
from autoencoder.recorder import Restart
from training.streams import Stream, generator
from training.watch import Watch


def train(problem: Problem, plan: Plan, watch: Watch | None = None) -> list[Restart]:
    """Train `plan.restarts` networks on `problem`.

    Restart r draws its weights from `seed + r`, so with full batches of the same examples it equals
    the single run with that seed. `watch` hears of the smallest accumulated error among the restarts.
    A training that it ended before may go on from the saved state: it then ends in the same bits as
    one that never paused. Restarts that were not begun are missing in the result of a training it ends.
    """
    seeds = range(plan.seed, plan.seed + plan.restarts)
    initial = np.stack([_initial(problem.network, plan.initialization, seed) for seed in seeds])
    return MINIMIZERS[plan.minimizer](problem, initial, plan, watch or Watch())


def _initial(network: Network, initialization: str, seed: int) -> np.ndarray:
    return network.initial_parameters(initialization, generator(seed, Stream.WEIGHTS))
