"""The activation functions: one registry for both networks, for finished networks and for the page.

A new activation is one line of ACTIVATIONS. Its plain function alone is enough to be trained by: autograd
differentiates it. A twin that works in place (`training.in_place`) makes the same function fast.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import autograd.numpy as anp
from autograd.extend import defvjp, primitive
from scipy import special

from training import in_place as twins

# As `autograd.scipy.special.erf` is, but without the half second of statistics that comes with it.
erf = primitive(special.erf)
defvjp(erf, lambda ans, x: lambda g: 2 / math.sqrt(math.pi) * g * anp.exp(-(x**2)))


@dataclass(frozen=True)
class Activation:
    """One activation function in every form that somebody needs; the tests hold them equal.

    - `plain(values, beta)`: the definition, any shape, in `autograd.numpy`; `beta` is the slope of the
      logistic function, which is 1 / (1 + exp(−2 beta x)), and means nothing to the others.
    - `keras`: the name of the function in `keras.activations` or else in `keras.ops`; there beta is ½.
    - `javascript`: an expression in `x` and `beta`, and in `erf`, which forward.js has.
    - `slope`: the derivative as such an expression, in which `y` is the function itself.
    - `in_place`: the twin for the fused pass, if there is one.
    - `hasty(values, beta)`: the same for finished networks in single precision, where that saves time.
    """

    plain: Callable
    keras: str
    javascript: str
    slope: str
    in_place: type[twins.InPlace] | None = None
    hasty: Callable | None = None

    @property
    def quick(self) -> Callable:
        """`quick(values, beta)`: to look at a finished network; right to single precision."""
        return self.hasty or self.plain


def logistic(values, beta):
    """1 / (1 + exp(−2 beta x)), written so that it cannot overflow.

    A hyperbolic tangent could not either, but would be 0 where this is 1e-30, and Powell's method does
    find weights of 1e30.
    """
    return anp.exp(-anp.logaddexp(0, -2 * beta * values))


def quick_logistic(values, beta):
    """The same as a hyperbolic tangent: a third of the time, right to 1e-7."""
    return 0.5 * (1 + anp.tanh(beta * values))


def linear(values, beta):
    """The sum as it is: x."""
    return values


def tanh(values, beta):
    """(exp(2x) − 1) / (exp(2x) + 1)."""
    return anp.tanh(values)


def relu(values, beta):
    """max(x, 0) (Nair & Hinton 2010); autograd would split the slope of a maximum where both are equal."""
    return anp.where(values <= 0, 0, values)


def silu(values, beta):
    """The sum times its logistic function, x / (1 + exp(−x)), also called swish (Elfwing et al. 2018)."""
    return values * logistic(values, 0.5)


def quick_silu(values, beta):
    """The same with the quick logistic function."""
    return values * quick_logistic(values, 0.5)


def elu(values, beta):
    """The sum where it is positive, else exp(x) − 1 (Clevert et al. 2016)."""
    return anp.where(values > 0, values, anp.expm1(anp.where(values > 0, 0, values)))


def gelu(values, beta):
    """The sum times the normal distribution: x Φ(x), no approximation (Hendrycks & Gimpel 2016)."""
    return 0.5 * values * (1 + erf(values * 2**-0.5))


def softplus(values, beta):
    """ln(1 + exp(x)) (Dugas et al. 2001)."""
    return anp.logaddexp(0, values)


def sine(values, beta):
    """sin(x) (Sitzmann et al. 2020, without their factor of 30)."""
    return anp.sin(values)


ACTIVATIONS = {
    "linear": Activation(linear, "linear", "x", "1", twins.Linear),
    "logistic": Activation(
        logistic,
        "sigmoid",
        "1 / (1 + Math.exp(-2 * beta * x))",
        "2 * beta * y * (1 - y)",
        twins.Logistic,
        quick_logistic,
    ),
    "tanh": Activation(tanh, "tanh", "Math.tanh(x)", "1 - y * y", twins.Tanh),
    "relu": Activation(relu, "relu", "Math.max(x, 0)", "x > 0 ? 1 : 0", twins.Relu),
    "silu": Activation(
        silu, "silu", "x / (1 + Math.exp(-x))", "y + (1 - y) / (1 + Math.exp(-x))", twins.Silu, quick_silu
    ),
    "elu": Activation(elu, "elu", "x > 0 ? x : Math.expm1(x)", "x > 0 ? 1 : y + 1"),
    "gelu": Activation(
        gelu,
        "gelu",
        "0.5 * x * (1 + erf(x * Math.SQRT1_2))",
        "0.5 * (1 + erf(x * Math.SQRT1_2)) + x * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)",
    ),
    "softplus": Activation(
        softplus,
        "softplus",
        "Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))",
        "1 / (1 + Math.exp(-x))",
    ),
    "sine": Activation(sine, "sin", "Math.sin(x)", "Math.cos(x)"),
}
