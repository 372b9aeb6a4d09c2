"""Training: from examples and a plan to the best parameters of every restart."""

import numpy as np

from autoencoder.minimizers import MINIMIZERS
from autoencoder.network import Network
from autoencoder.objective import Problem
from autoencoder.plan import Plan
from autoencoder.recorder import Report, Restart

# Each use of random numbers has a stream of its own, so that one never shifts another.
WEIGHTS_STREAM = 0


def train(network: Network, inputs, targets, plan: Plan, report: Report | None = None) -> list[Restart]:
    """Train `plan.restarts` networks to map `inputs` to `targets`, both `(examples, pixels)`.

    Restart r draws its weights from `seed + r`, so with full batches it equals the single run with
    that seed. `report(epoch, error)` is called after every epoch with the smallest accumulated
    error among the restarts.
    """
    problem = Problem(network, np.asarray(inputs), np.asarray(targets), plan.loss, plan.precision)
    initial = np.stack([_initial(network, plan, plan.seed + r) for r in range(plan.restarts)])
    return MINIMIZERS[plan.minimizer](problem, initial, plan, report or _no_report)


def _initial(network: Network, plan: Plan, seed: int) -> np.ndarray:
    random = np.random.default_rng((seed, WEIGHTS_STREAM))
    return network.initial_parameters(plan.initialization, random)


def _no_report(epoch: int, error: float) -> None:
    pass
