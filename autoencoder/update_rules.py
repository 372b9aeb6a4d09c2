"""First-order update rules: each moves parameters in place along a gradient.

Decay rates and epsilons are the defaults of the papers and of Keras.
"""

from typing import ClassVar

import numpy as np

from autoencoder.scalars import scalar
from training.watch import State

MOMENTUM = 0.9
FIRST_DECAY, SECOND_DECAY, EPSILON = 0.9, 0.999, 1e-8
RMSPROP_DECAY, RMSPROP_EPSILON = 0.9, 1e-7


class UpdateRule:
    """Made for the shape of its parameters; keeps its moments in buffers of that shape, zero at first."""

    MOMENTS: ClassVar[tuple[str, ...]] = ()
    CONSTANTS: ClassVar[tuple[float, ...]] = ()

    def __init__(self, like: np.ndarray):
        self.steps = 0
        self._moments = {name: np.zeros_like(like) for name in self.MOMENTS}
        self._constants = [scalar(value, like.dtype) for value in self.CONSTANTS]
        self._rate = scalar(0, like.dtype)
        self._scratch = np.empty_like(like)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        raise NotImplementedError

    def state(self) -> State:
        """All that the next steps depend on."""
        return {"steps": np.array(self.steps), **self._moments}

    def restore(self, state: State) -> None:
        """Go on from a `state()`."""
        self.steps = int(state["steps"])
        for name, moment in self._moments.items():
            np.copyto(moment, state[name])


class GradientDescent(UpdateRule):
    """p ← p − η g."""

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self.steps += 1
        self._rate[()] = learning_rate
        np.multiply(gradient, self._rate, self._scratch)
        np.subtract(parameters, self._scratch, parameters)


class Momentum(UpdateRule):
    """v ← 0.9 v − η g; p ← p + v (Polyak 1964)."""

    MOMENTS = ("velocity",)
    CONSTANTS = (MOMENTUM,)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self.steps += 1
        self._rate[()] = learning_rate
        velocity, (momentum,) = self._moments["velocity"], self._constants
        np.multiply(velocity, momentum, velocity)
        np.multiply(gradient, self._rate, self._scratch)
        np.subtract(velocity, self._scratch, velocity)
        np.add(parameters, velocity, parameters)


class RMSProp(UpdateRule):
    """s ← 0.9 s + 0.1 g²; p ← p − η g / √(s + ε) (Hinton, lecture 6e)."""

    MOMENTS = ("mean_square",)
    CONSTANTS = (RMSPROP_DECAY, 1 - RMSPROP_DECAY, RMSPROP_EPSILON)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self.steps += 1
        self._rate[()] = learning_rate
        mean_square, scratch = self._moments["mean_square"], self._scratch
        decay, rest, epsilon = self._constants
        np.multiply(mean_square, decay, mean_square)
        np.multiply(gradient, gradient, scratch)
        np.multiply(scratch, rest, scratch)
        np.add(mean_square, scratch, mean_square)
        np.add(mean_square, epsilon, scratch)
        np.sqrt(scratch, scratch)
        np.divide(gradient, scratch, scratch)
        np.multiply(scratch, self._rate, scratch)
        np.subtract(parameters, scratch, parameters)


class Adam(UpdateRule):
    """Adam with bias correction (Kingma & Ba 2015, algorithm 1).

    The moments are kept without their factors 1 − β, which saves two passes over the parameters;
    the factors join the bias corrections, which are single numbers.
    """

    MOMENTS = ("first", "second")
    CONSTANTS = (FIRST_DECAY, SECOND_DECAY)

    def __init__(self, like):
        super().__init__(like)
        self._epsilon = scalar(0, like.dtype)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self.steps += 1
        first_scale = (1 - FIRST_DECAY) / (1 - FIRST_DECAY**self.steps)
        second_scale = ((1 - SECOND_DECAY) / (1 - SECOND_DECAY**self.steps)) ** 0.5
        self._rate[()] = learning_rate * first_scale / second_scale
        self._epsilon[()] = EPSILON / second_scale
        first, second, scratch = self._moments["first"], self._moments["second"], self._scratch
        first_decay, second_decay = self._constants
        np.multiply(first, first_decay, first)
        np.add(first, gradient, first)
        np.multiply(second, second_decay, second)
        np.multiply(gradient, gradient, scratch)
        np.add(second, scratch, second)
        np.sqrt(second, scratch)
        np.add(scratch, self._epsilon, scratch)
        np.divide(first, scratch, scratch)
        np.multiply(scratch, self._rate, scratch)
        np.subtract(parameters, scratch, parameters)
