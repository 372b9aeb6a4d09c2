"""First-order update rules: each moves parameters in place along a gradient.

Every rule is made for the shape of its parameters, keeps its moments in buffers of that shape, and
has one method, `step(parameters, gradient, learning_rate)`. Decay rates and epsilons are the
defaults of the papers and of Keras.
"""

import numpy as np

MOMENTUM = 0.9
FIRST_DECAY, SECOND_DECAY, EPSILON = 0.9, 0.999, 1e-8
RMSPROP_DECAY, RMSPROP_EPSILON = 0.9, 1e-7


class GradientDescent:
    """p ← p − η g."""

    def __init__(self, like: np.ndarray):
        self._scratch = np.empty_like(like)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        np.multiply(gradient, learning_rate, out=self._scratch)
        np.subtract(parameters, self._scratch, out=parameters)


class Momentum:
    """v ← 0.9 v − η g; p ← p + v (Polyak 1964)."""

    def __init__(self, like: np.ndarray):
        self._velocity = np.zeros_like(like)
        self._scratch = np.empty_like(like)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        np.multiply(self._velocity, MOMENTUM, out=self._velocity)
        np.multiply(gradient, learning_rate, out=self._scratch)
        np.subtract(self._velocity, self._scratch, out=self._velocity)
        np.add(parameters, self._velocity, out=parameters)


class RMSProp:
    """s ← 0.9 s + 0.1 g²; p ← p − η g / √(s + ε) (Hinton, lecture 6e)."""

    def __init__(self, like: np.ndarray):
        self._mean_square = np.zeros_like(like)
        self._scratch = np.empty_like(like)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        scratch = self._scratch
        np.multiply(self._mean_square, RMSPROP_DECAY, out=self._mean_square)
        np.multiply(gradient, gradient, out=scratch)
        np.multiply(scratch, 1 - RMSPROP_DECAY, out=scratch)
        np.add(self._mean_square, scratch, out=self._mean_square)
        np.add(self._mean_square, RMSPROP_EPSILON, out=scratch)
        np.sqrt(scratch, out=scratch)
        np.divide(gradient, scratch, out=scratch)
        np.multiply(scratch, learning_rate, out=scratch)
        np.subtract(parameters, scratch, out=parameters)


class Adam:
    """Adam with bias correction (Kingma & Ba 2015, algorithm 1).

    The moments are kept without their factors 1 − β, which saves two passes over the parameters;
    the factors join the bias corrections, which are single numbers.
    """

    def __init__(self, like: np.ndarray):
        self._first = np.zeros_like(like)
        self._second = np.zeros_like(like)
        self._scratch = np.empty_like(like)
        self._steps = 0

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place."""
        self._steps += 1
        first_scale = (1 - FIRST_DECAY) / (1 - FIRST_DECAY**self._steps)
        second_scale = ((1 - SECOND_DECAY) / (1 - SECOND_DECAY**self._steps)) ** 0.5
        scratch = self._scratch
        np.multiply(self._first, FIRST_DECAY, out=self._first)
        np.add(self._first, gradient, out=self._first)
        np.multiply(self._second, SECOND_DECAY, out=self._second)
        np.multiply(gradient, gradient, out=scratch)
        np.add(self._second, scratch, out=self._second)
        np.sqrt(self._second, out=scratch)
        np.add(scratch, EPSILON / second_scale, out=scratch)
        np.divide(self._first, scratch, out=scratch)
        np.multiply(scratch, learning_rate * first_scale / second_scale, out=scratch)
        np.subtract(parameters, scratch, out=parameters)
