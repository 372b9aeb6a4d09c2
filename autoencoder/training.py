"""Training: from a problem and a plan to networks, by one of the minimizers."""

from collections.abc import Callable
from functools import partial

import numpy as np

from autoencoder.descent import minimize_in_steps
from autoencoder.network import Network
from autoencoder.plan import Plan
from autoencoder.problem import Problem
from autoencoder.scipy_methods import METHODS, minimize_in_turn
from autoencoder.update_rules import Adam, GradientDescent, Momentum, RMSProp
from training.ending import Ending
from training.recorder import TrainedNetwork, Training
from training.streams import Stream, generator
from training.watch import Watch

__all__ = ["MINIMIZERS", "Ending", "TrainedNetwork", "Training", "initial_parameters", "train"]

Minimize = Callable[[Problem, np.ndarray, Plan, Watch], Training]

# One signature for all. `initial` is `(restarts, parameters)`; parameters are kept as `Keeping` says. Each
# goes on from the state that the watch has, and ends in the same bits as if there had been no pause.
MINIMIZERS: dict[str, Minimize] = {
    **{name: partial(minimize_in_turn, method) for name, method in METHODS.items()},
    "adam": partial(minimize_in_steps, Adam),
    "rmsprop": partial(minimize_in_steps, RMSProp),
    "momentum": partial(minimize_in_steps, Momentum),
    "gradient_descent": partial(minimize_in_steps, GradientDescent),
}


def train(problem: Problem, plan: Plan, watch: Watch | None = None) -> Training:
    """Train `plan.restarts` networks on `problem`.

    Network r draws its weights from `seed + r`, so with full batches of the same examples it equals
    the single run with that seed. `watch` hears of the smallest validation error among the networks, or
    accumulated error where nothing is validated. A training that it stopped before may go on from the
    saved state: it then ends in the same bits as one that never paused. Networks that were not begun are
    missing in the result of a training it stops.

    Raises ResumeError if the saved state does not lead to where it was saved.
    """
    return MINIMIZERS[plan.minimizer](problem, untrained(problem, plan), plan, watch or Watch())


def untrained(problem: Problem, plan: Plan) -> np.ndarray:
    """What all networks of a plan begin with, `(restarts, parameters)`."""
    seeds = range(plan.seed, plan.seed + plan.restarts)
    network, mean = problem.network, problem.mean
    return np.stack([initial_parameters(network, plan.initialization, seed, mean) for seed in seeds])


def initial_parameters(
    network: Network, initialization: str, seed: int, mean: np.ndarray | None = None
) -> np.ndarray:
    """The weights `(parameters,)` that the training of a seed begins with, resting on a picture `mean`."""
    parameters = network.initial_parameters(initialization, generator(seed, Stream.WEIGHTS))
    if mean is not None:
        network.rest_on(parameters, mean)
    return parameters
