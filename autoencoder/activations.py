"""Activation functions, each in two forms that the tests hold equal.

`function` is the plain definition, differentiable by autograd. `apply` and `chain` are its in-place
twins for the fused training pass: `apply` turns the pre-activations in `values` into outputs, and
`chain` multiplies `delta` (the gradient with respect to those outputs) by the derivative.
`memory` and `scratch` have the shape of `values`; `memory` survives from `apply` to `chain`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import autograd.numpy as anp
import numpy as np


@dataclass(frozen=True)
class Activation:
    """One activation function; every form takes the slope `beta` of the logistic function."""

    function: Callable
    apply: Callable[..., None]
    chain: Callable[..., None]


def _linear(values, beta):
    return values


def _apply_linear(values, memory, beta):
    pass


def _chain_linear(delta, values, memory, scratch, beta):
    pass


def _tanh(values, beta):
    return anp.tanh(values)


def _apply_tanh(values, memory, beta):
    np.tanh(values, out=values)


def _chain_tanh(delta, values, memory, scratch, beta):
    np.multiply(values, values, out=scratch)
    np.subtract(1, scratch, out=scratch)
    np.multiply(delta, scratch, out=delta)


def logistic(values, beta):
    """1 / (1 + exp(-2 beta x)), written as a hyperbolic tangent because that cannot overflow."""
    return 0.5 * (1 + anp.tanh(beta * values))


def apply_logistic(values, memory, beta):
    """Turn `values` into `logistic(values, beta)` in place."""
    if beta != 1:
        np.multiply(values, beta, out=values)
    np.tanh(values, out=values)
    np.add(values, 1, out=values)
    np.multiply(values, 0.5, out=values)


def chain_logistic(delta, values, memory, scratch, beta):
    """Multiply `delta` by the derivative 2 beta y (1 - y)."""
    np.subtract(1, values, out=scratch)
    np.multiply(scratch, values, out=scratch)
    np.multiply(scratch, 2 * beta, out=scratch)
    np.multiply(delta, scratch, out=delta)


def _relu(values, beta):
    return anp.maximum(values, 0)


def _apply_relu(values, memory, beta):
    np.maximum(values, 0, out=values)


def _chain_relu(delta, values, memory, scratch, beta):
    np.greater(values, 0, out=scratch)
    np.multiply(delta, scratch, out=delta)


def _silu(values, beta):
    return values * logistic(values, 0.5)


def _apply_silu(values, memory, beta):
    np.copyto(memory, values)
    apply_logistic(memory, None, 0.5)
    np.multiply(values, memory, out=values)


def _chain_silu(delta, values, memory, scratch, beta):
    # With s = logistic(x, 1/2) and y = x s, the derivative is s + y (1 - s).
    np.subtract(1, memory, out=scratch)
    np.multiply(scratch, values, out=scratch)
    np.add(scratch, memory, out=scratch)
    np.multiply(delta, scratch, out=delta)


ACTIVATIONS = {
    "linear": Activation(_linear, _apply_linear, _chain_linear),
    "logistic": Activation(logistic, apply_logistic, chain_logistic),
    "tanh": Activation(_tanh, _apply_tanh, _chain_tanh),
    "relu": Activation(_relu, _apply_relu, _chain_relu),
    "silu": Activation(_silu, _apply_silu, _chain_silu),
}
