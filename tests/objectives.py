"""Small objectives of both kinds for the tests of `autoencoder`."""

import numpy as np

from autoencoder.network import Network
from autoencoder.objective.fused import FusedObjective
from autoencoder.objective.losses import LOSSES
from autoencoder.objective.tape import TapeObjective

RESTARTS, EXAMPLES, PIXELS = 3, 5, 6


def network(activation="tanh", bias=True, beta=0.8, fixed_bias=0.0):
    units, activations = [PIXELS, 4, 3, 2], (activation, "linear", activation)
    return Network.mirrored(units, activations, bias=bias, beta=beta, fixed_bias=fixed_bias)


def examples(kind="binary"):
    """Inputs and targets `(examples, pixels)`."""
    random = np.random.default_rng(1)
    inputs, targets = random.uniform(size=(2, EXAMPLES, PIXELS))
    return inputs, np.round(targets) if kind == "binary" else targets


def parameters_of(some_network, precision="float64", restarts=RESTARTS):
    random = np.random.default_rng(2)
    return (0.5 * random.standard_normal((restarts, some_network.parameter_count))).astype(precision)


def fused(some_network, loss, inputs, targets, precision="float64", restarts=RESTARTS):
    twin = LOSSES[loss].twin(set(np.unique(targets)) <= {0, 1})
    held = np.empty((restarts, some_network.parameter_count), precision)
    objective = FusedObjective(some_network, twin, held, len(inputs), len(inputs))
    objective.load(inputs, targets)
    return objective


def tape(some_network, loss, inputs, targets, precision="float64"):
    objective = TapeObjective(some_network, LOSSES[loss].plain, np.dtype(precision), len(inputs))
    objective.load(inputs, targets)
    return objective
