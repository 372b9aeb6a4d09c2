"""Twins of activation functions for the fused training pass, made for the arrays of one layer.

`apply` turns pre-activations into outputs, and `chain` multiplies the gradient with respect to those
outputs by the derivative. Each touches the outputs as seldom as it can: those of a stack of networks do
not lie in one piece, so that NumPy takes five times as long.

They are built on the exponential function. Far from zero it overflows to infinity, which leads to the
right outputs; whoever trains ignores that (`numpy.errstate`).
"""

import numpy as np


def constant(value: float, dtype) -> np.ndarray:
    """A number as an array `()`: NumPy would turn Python's into one at every use.

    With Python's numbers a step of one network takes 1.03 times as long, of 32 networks as long.
    """
    return np.array(value, dtype)


class InPlace:
    """An activation for arrays of the shape of `scratch`, which may be shared between layers.

    `beta` is the slope of the logistic function.
    """

    def __init__(self, scratch: np.ndarray, beta: float):
        self._scratch, dtype = scratch, scratch.dtype
        self._one, self._two, self._minus_two = (constant(value, dtype) for value in (1, 2, -2))
        self._slope, self._minus_slope = constant(2 * beta, dtype), constant(-2 * beta, dtype)

    def apply(self, values, outputs) -> None:
        """Turn pre-activations, which are overwritten, into `outputs`; that may be the same array."""
        raise NotImplementedError

    def chain(self, delta, outputs) -> None:
        """Multiply `delta` by the derivative where the outputs are these."""
        raise NotImplementedError


class Linear(InPlace):
    """The sum as it is."""

    def apply(self, values, outputs) -> None:
        """Copy, if there is somewhere to copy to."""
        if outputs is not values:
            np.copyto(outputs, values)

    def chain(self, delta, outputs) -> None:
        """The derivative is 1."""


class Tanh(InPlace):
    """The hyperbolic tangent, whose derivative is 1 − y².

    In double precision it is 2 / (1 + exp(−2x)) − 1, right to 2e-16, as is the sum that x comes from.
    These are the bits of every result. Processors without AVX-512 take half the time that NumPy's own
    tangent takes, those with it 5 to 14 % more for a whole step.
    """

    def __init__(self, scratch, beta):
        super().__init__(scratch, beta)
        self._is_double = scratch.dtype == np.float64

    def apply(self, values, outputs) -> None:
        """Turn pre-activations, which are overwritten, into `outputs`; that may be the same array."""
        if not self._is_double:
            np.tanh(values, outputs)
            return
        np.multiply(values, self._minus_two, values)
        np.exp(values, values)
        np.add(values, self._one, values)
        np.divide(self._two, values, values)
        np.subtract(values, self._one, outputs)

    def chain(self, delta, outputs) -> None:
        """Multiply `delta` by 1 − y²."""
        np.square(outputs, self._scratch)
        np.subtract(self._one, self._scratch, self._scratch)
        np.multiply(delta, self._scratch, delta)


class Logistic(InPlace):
    """y = 1 / (1 + exp(−2 beta x)), the documented formula; its derivative is 2 beta y (1 − y)."""

    def apply(self, values, outputs) -> None:
        """Turn pre-activations, which are overwritten, into `outputs`; that may be the same array."""
        np.multiply(values, self._minus_slope, values)
        np.exp(values, values)
        np.add(values, self._one, values)
        np.divide(self._one, values, outputs)  # numpy.reciprocal takes twice as long.

    def chain(self, delta, outputs) -> None:
        """Multiply `delta` by 2 beta y (1 − y)."""
        np.subtract(self._one, outputs, self._scratch)
        np.multiply(self._scratch, outputs, self._scratch)
        np.multiply(self._scratch, self._slope, self._scratch)
        np.multiply(delta, self._scratch, delta)


class Relu(InPlace):
    """max(x, 0); its derivative is 1 above zero, 0 elsewhere."""

    def apply(self, values, outputs) -> None:
        """Turn pre-activations into `outputs`; that may be the same array."""
        np.maximum(values, 0, out=outputs)

    def chain(self, delta, outputs) -> None:
        """Let `delta` pass where a unit is on."""
        np.greater(outputs, 0, out=self._scratch)
        np.multiply(delta, self._scratch, delta)


class Silu(InPlace):
    """y = x s with s = 1 / (1 + exp(−x)); its derivative is s + y (1 − s)."""

    def __init__(self, scratch, beta):
        super().__init__(scratch, beta)
        self._shares = np.empty_like(scratch)

    def apply(self, values, outputs) -> None:
        """Turn pre-activations into `outputs`; that may be the same array."""
        shares = self._shares
        np.negative(values, shares)
        np.exp(shares, shares)
        np.add(shares, self._one, shares)
        np.divide(self._one, shares, shares)
        np.multiply(values, shares, outputs)

    def chain(self, delta, outputs) -> None:
        """Multiply `delta` by s + y (1 − s), with the s of the last `apply`."""
        np.subtract(self._one, self._shares, self._scratch)
        np.multiply(self._scratch, outputs, self._scratch)
        np.add(self._scratch, self._shares, self._scratch)
        np.multiply(delta, self._scratch, delta)
