"""First-order update rules: each moves parameters in place along a gradient.

Decay rates and epsilons are the defaults of the papers and of Keras.
"""

from typing import ClassVar

import numpy as np

from autoencoder.watch import State

MOMENTUM = 0.9
FIRST_DECAY, SECOND_DECAY, EPSILON = 0.9, 0.999, 1e-8
RMSPROP_DECAY, RMSPROP_EPSILON = 0.9, 1e-7


class UpdateRule:
    """Made for the shape of its parameters; keeps its moments in buffers of that shape, zero at first."""

    MOMENTS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, like: np.ndarray):
        self.steps = 0
        self._moments = {name: np.zeros_like(like) for name in self.MOMENTS}
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
        np.multiply(gradient, learning_rate, out=self._scratch)
        np.subtract(parameters, self._scratch, out=parameters)


class Momentum(UpdateRule):
    """v ← 0.9 v − η g; p ← p + v (Polyak 1964)."""

    MOMENTS = ("velocity",)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self.steps += 1
        velocity = self._moments["velocity"]
        np.multiply(velocity, MOMENTUM, out=velocity)
        np.multiply(gradient, learning_rate, out=self._scratch)
        np.subtract(velocity, self._scratch, out=velocity)
        np.add(parameters, velocity, out=parameters)


class RMSProp(UpdateRule):
    """s ← 0.9 s + 0.1 g²; p ← p − η g / √(s + ε) (Hinton, lecture 6e)."""

    MOMENTS = ("mean_square",)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self.steps += 1
        mean_square, scratch = self._moments["mean_square"], self._scratch
        np.multiply(mean_square, RMSPROP_DECAY, out=mean_square)
        np.multiply(gradient, gradient, out=scratch)
        np.multiply(scratch, 1 - RMSPROP_DECAY, out=scratch)
        np.add(mean_square, scratch, out=mean_square)
        np.add(mean_square, RMSPROP_EPSILON, out=scratch)
        np.sqrt(scratch, out=scratch)
        np.divide(gradient, scratch, out=scratch)
        np.multiply(scratch, learning_rate, out=scratch)
        np.subtract(parameters, scratch, out=parameters)


class Adam(UpdateRule):
    """Adam with bias correction (Kingma & Ba 2015, algorithm 1).

    The moments are kept without their factors 1 − β, which saves two passes over the parameters;
    the factors join the bias corrections, which are single numbers.
    """

    MOMENTS = ("first", "second")

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self.steps += 1
        first_scale = (1 - FIRST_DECAY) / (1 - FIRST_DECAY**self.steps)
        second_scale = ((1 - SECOND_DECAY) / (1 - SECOND_DECAY**self.steps)) ** 0.5
        first, second, scratch = self._moments["first"], self._moments["second"], self._scratch
        np.multiply(first, FIRST_DECAY, out=first)
        np.add(first, gradient, out=first)
        np.multiply(second, SECOND_DECAY, out=second)
        np.multiply(gradient, gradient, out=scratch)
        np.add(second, scratch, out=second)
        np.sqrt(second, out=scratch)
        np.add(scratch, EPSILON / second_scale, out=scratch)
        np.divide(first, scratch, out=scratch)
        np.multiply(scratch, learning_rate * first_scale / second_scale, out=scratch)
        np.subtract(parameters, scratch, out=parameters)
