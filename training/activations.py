"""Activation functions, each in two forms that the tests hold equal.

`function` is the plain definition, differentiable by autograd. `in_place` is its twin for the fused
training pass, made for the arrays of one layer: `apply` turns pre-activations into outputs, and `chain`
multiplies the gradient with respect to those outputs by the derivative. Each touches the outputs as seldom
as it can: those of a stack of networks do not lie in one piece, so that NumPy takes five times as long.

The twins are built on the exponential function. Far from zero it overflows to infinity, which leads to the
right outputs; whoever trains ignores that (`numpy.errstate`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import autograd.numpy as anp
import numpy as np

from autoencoder.scalars import scalar


class InPlace:
    """An activation for arrays of the shape of `scratch`, which may be shared between layers.

    `beta` is the slope of the logistic function.
    """

    def __init__(self, scratch: np.ndarray, beta: float):
        self._scratch = scratch
        self._one = scalar(1, scratch.dtype)

    def apply(self, values, outputs) -> None:
        """Turn pre-activations, which are overwritten, into `outputs`; that may be the same array."""
        raise NotImplementedError

    def apply_to(self, values, unit: int) -> None:
        """Turn the pre-activations of one unit into outputs in place; `values` `(units, examples)`."""
        values_of_unit = values[unit]
        self.apply(values_of_unit, values_of_unit)

    def chain(self, delta, values) -> None:
        """Multiply `delta` by the derivative where the outputs are `values`."""
        raise NotImplementedError


@dataclass(frozen=True)
class Activation:
    """One activation function; `function` takes the values and the slope of the logistic function."""

    function: Callable
    in_place: type[InPlace]


def _linear(values, beta):
    return values


class _Linear(InPlace):
    def apply(self, values, outputs):
        if outputs is not values:
            np.copyto(outputs, values)

    def chain(self, delta, values):
        pass


def _tanh(values, beta):
    return anp.tanh(values)


class _Tanh(InPlace):
    """In double precision 2 / (1 + exp(-2 x)) - 1, right to 2e-16, as is the sum that x comes from.

    For NumPy's own tangent most processors take twice as long, in double precision alone.
    """

    def __init__(self, scratch, beta):
        super().__init__(scratch, beta)
        self._two, self._minus_two = scalar(2, scratch.dtype), scalar(-2, scratch.dtype)
        self._is_double = scratch.dtype == np.float64

    def apply(self, values, outputs):
        if not self._is_double:
            np.tanh(values, outputs)
            return
        np.multiply(values, self._minus_two, values)
        np.exp(values, values)
        np.add(values, self._one, values)
        np.divide(self._two, values, values)
        np.subtract(values, self._one, outputs)

    def chain(self, delta, values):
        np.square(values, self._scratch)
        np.subtract(self._one, self._scratch, self._scratch)
        np.multiply(delta, self._scratch, delta)


def logistic(values, beta):
    """1 / (1 + exp(-2 beta x)), written so that it cannot overflow.

    A hyperbolic tangent could not either, but would be 0 where this is 1e-30, and Powell's method does
    find weights of 1e30.
    """
    return anp.exp(-anp.logaddexp(0, -2 * beta * values))


class LogisticInPlace(InPlace):
    """1 / (1 + exp(-2 beta x)), the documented formula."""

    def __init__(self, scratch, beta):
        super().__init__(scratch, beta)
        self._exponent = scalar(-2 * beta, scratch.dtype)
        self._slope = scalar(2 * beta, scratch.dtype)

    def apply(self, values, outputs) -> None:
        """Turn pre-activations, which are overwritten, into `outputs`; that may be the same array."""
        np.multiply(values, self._exponent, values)
        np.exp(values, values)
        np.add(values, self._one, values)
        np.divide(self._one, values, outputs)  # numpy.reciprocal takes twice as long.

    def chain(self, delta, values):
        """The derivative is 2 beta y (1 - y)."""
        np.subtract(self._one, values, self._scratch)
        np.multiply(self._scratch, values, self._scratch)
        np.multiply(self._scratch, self._slope, self._scratch)
        np.multiply(delta, self._scratch, delta)


def _relu(values, beta):
    return anp.maximum(values, 0)


class _Relu(InPlace):
    def apply(self, values, outputs):
        np.maximum(values, 0, out=outputs)

    def chain(self, delta, values):
        np.greater(values, 0, out=self._scratch)
        np.multiply(delta, self._scratch, delta)


def _silu(values, beta):
    return values * logistic(values, 0.5)


class _Silu(InPlace):
    """x s with s = 1 / (1 + exp(-x)); the derivative is s + y (1 - s)."""

    def __init__(self, scratch, beta):
        super().__init__(scratch, beta)
        self._shares = np.empty_like(scratch)

    def apply(self, values, outputs):
        self._apply(values, self._shares, outputs)

    def apply_to(self, values, unit):
        self._apply(values[unit], self._shares[unit], values[unit])

    def _apply(self, values, shares, outputs):
        np.negative(values, shares)
        np.exp(shares, shares)
        np.add(shares, self._one, shares)
        np.divide(self._one, shares, shares)
        np.multiply(values, shares, outputs)

    def chain(self, delta, values):
        np.subtract(self._one, self._shares, self._scratch)
        np.multiply(self._scratch, values, self._scratch)
        np.add(self._scratch, self._shares, self._scratch)
        np.multiply(delta, self._scratch, delta)


ACTIVATIONS = {
    "linear": Activation(_linear, _Linear),
    "logistic": Activation(logistic, LogisticInPlace),
    "tanh": Activation(_tanh, _Tanh),
    "relu": Activation(_relu, _Relu),
    "silu": Activation(_silu, _Silu),
}
