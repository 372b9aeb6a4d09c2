"""First-order update rules: each moves parameters in place along a gradient.

Decay rates are the defaults of the papers and of Keras. Very many parameters are moved in ranges side by
side, which changes no bit, because no parameter depends on another.
"""

from typing import ClassVar

import numpy as np

from autoencoder.objective.parts import ranges, side_by_side
from training.in_place import constant
from training.watch import State

MOMENTUM = 0.9
FIRST_DECAY, SECOND_DECAY = 0.9, 0.999
RMSPROP_DECAY = 0.9


class UpdateRule:
    """Made for the shape of its parameters; keeps its moments in arrays of that shape, zero at first.

    `epsilon` keeps a root that is divided by from being 0, in the rules that divide.
    """

    MOMENTS: ClassVar[tuple[str, ...]] = ()
    CONSTANTS: ClassVar[tuple[float, ...]] = ()

    def __init__(self, like: np.ndarray, epsilon: float):
        self.steps = 0
        self._moments = {name: np.zeros_like(like) for name in self.MOMENTS}
        self._arrays = tuple(self._moments.values())
        self._constants = [constant(value, like.dtype) for value in self.CONSTANTS]
        self._rate, self._epsilon = constant(0, like.dtype), constant(epsilon, like.dtype)
        self._ranges = ranges(like.size)
        self._is_one_range = len(self._ranges) == 1
        self._scratch = np.empty_like(like)

    def step(self, parameters, gradient, learning_rate) -> None:
        """Take one step in place; all arrays are of the shape that the rule was made for."""
        self.steps += 1
        self._set_rate(learning_rate)
        if self._is_one_range:
            self._move(parameters, gradient, *self._arrays, self._scratch)
            return
        arrays = parameters, gradient, *self._arrays, self._scratch
        flat = [array.reshape(-1) for array in arrays]
        side_by_side(lambda some: self._move(*(array[some] for array in flat)), self._ranges)

    def state(self) -> State:
        """All that the next steps depend on."""
        return {"steps": np.array(self.steps), **self._moments}

    def restore(self, state: State) -> None:
        """Go on from a `state()`."""
        self.steps = int(state["steps"])
        for name, moment in self._moments.items():
            np.copyto(moment, state[name])

    def _set_rate(self, learning_rate: float) -> None:
        """Note what is the same for all parameters in this step."""
        self._rate[()] = learning_rate

    def _move(self, parameters, gradient, *moments_and_scratch) -> None:
        """Move parameters by their gradient."""
        raise NotImplementedError


class GradientDescent(UpdateRule):
    """p ← p − η g."""

    def _move(self, parameters, gradient, scratch) -> None:
        np.multiply(gradient, self._rate, scratch)
        np.subtract(parameters, scratch, parameters)


class Momentum(UpdateRule):
    """v ← 0.9 v − η g; p ← p + v (Polyak 1964)."""

    MOMENTS = ("velocity",)
    CONSTANTS = (MOMENTUM,)

    def _move(self, parameters, gradient, velocity, scratch) -> None:
        (momentum,) = self._constants
        np.multiply(velocity, momentum, velocity)
        np.multiply(gradient, self._rate, scratch)
        np.subtract(velocity, scratch, velocity)
        np.add(parameters, velocity, parameters)


class RMSProp(UpdateRule):
    """s ← 0.9 s + 0.1 g²; p ← p − η g / √(s + ε) (Hinton, lecture 6e)."""

    MOMENTS = ("mean_square",)
    CONSTANTS = (RMSPROP_DECAY, 1 - RMSPROP_DECAY)

    def _move(self, parameters, gradient, mean_square, scratch) -> None:
        decay, rest = self._constants
        np.multiply(mean_square, decay, mean_square)
        np.multiply(gradient, gradient, scratch)
        np.multiply(scratch, rest, scratch)
        np.add(mean_square, scratch, mean_square)
        np.add(mean_square, self._epsilon, scratch)
        np.sqrt(scratch, scratch)
        np.divide(gradient, scratch, scratch)
        np.multiply(scratch, self._rate, scratch)
        np.subtract(parameters, scratch, parameters)


class Adam(UpdateRule):
    """Adam with bias correction (Kingma & Ba 2015, algorithm 1).

    m ← 0.9 m + 0.1 g; v ← 0.999 v + 0.001 g²; p ← p − η m̂ / (√v̂ + ε), where m̂ and v̂ are m and v over
    1 − 0.9ᵗ and 1 − 0.999ᵗ. The moments are kept without their factors 0.1 and 0.001, which join the bias
    corrections, single numbers: two passes less over the parameters, without which a step of one network
    takes 1.10 times as long (of 32 networks 1.17).
    """

    MOMENTS = ("first", "second")
    CONSTANTS = (FIRST_DECAY, SECOND_DECAY)

    def __init__(self, like, epsilon):
        super().__init__(like, epsilon)
        self._bare_epsilon = epsilon

    def _set_rate(self, learning_rate: float) -> None:
        """Rate and epsilon, both with the bias corrections."""
        first_scale = (1 - FIRST_DECAY) / (1 - FIRST_DECAY**self.steps)
        second_scale = ((1 - SECOND_DECAY) / (1 - SECOND_DECAY**self.steps)) ** 0.5
        self._rate[()] = learning_rate * first_scale / second_scale
        self._epsilon[()] = self._bare_epsilon / second_scale

    def _move(self, parameters, gradient, first, second, scratch) -> None:
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
