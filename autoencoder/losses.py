"""The two losses of the fused training pass, from logits to their gradient, in preallocated arrays.

A loss is a mean over the examples of a sum over the pixels. Arrays are `(restarts, pixels, examples)`;
for a single network they lack the leading axis, which saves the loops over it.
"""

import math

import numpy as np

from autoencoder.scalars import scalar
from training.activations import LogisticInPlace

# The factors of so many pixels have a finite product while they are wrong by a logit of 11 each in single
# precision, 88 in double.
LARGEST_GROUP = 8


class Loss:
    """A loss of logistic pixels 1 / (1 + exp(-2 beta x)) for logits x of the shape of `scratch`.

    `delta` becomes its gradient with respect to the logits.
    """

    def __init__(self, scratch: np.ndarray, beta: float):
        self._scratch, self._beta = scratch, beta
        self.delta = np.empty_like(scratch)
        self._examples = scalar(scratch.shape[-1], scratch.dtype)
        self._rows = self.delta.reshape(-1, scratch.shape[-2] * scratch.shape[-1])

    def load(self, targets: np.ndarray) -> None:
        """Take other targets `(pixels, examples)`."""
        raise NotImplementedError

    def value(self, logits: np.ndarray) -> np.ndarray:
        """The loss `(restarts,)`; the logits may be overwritten."""
        raise NotImplementedError

    def value_of_new_pixel(self, logits: np.ndarray, pixel: int) -> np.ndarray:
        """The same, if since then only the logits of one pixel are new; for a single network."""
        return self.value(logits)

    def squared_errors(self) -> np.ndarray:
        """½ Σ (pixel − target)² `(restarts,)` for the logits of the last `value`."""
        raise NotImplementedError

    def to_gradient(self) -> None:
        """Turn `delta` into the gradient for the logits of the last `value`; once for each."""
        raise NotImplementedError


class _SquaredError(Loss):
    """Half the squared difference."""

    def __init__(self, scratch, beta):
        super().__init__(scratch, beta)
        self._logistic = LogisticInPlace(scratch, beta)
        self._half_share = scalar(0.5 / scratch.shape[-1], scratch.dtype)
        self._half = scalar(0.5, scratch.dtype)

    def load(self, targets):
        self._targets = targets.astype(self._scratch.dtype, order="C")

    def value(self, logits):
        self._pixels = logits
        self._logistic.apply(logits, logits)
        np.subtract(logits, self._targets, self.delta)
        return self._mean()

    def value_of_new_pixel(self, logits, pixel):
        self._logistic.apply_to(logits, pixel)
        np.subtract(logits[pixel], self._targets[pixel], self.delta[pixel])
        return self._mean()

    def _mean(self):
        return np.vecdot(self._rows, self._rows) * self._half_share

    def squared_errors(self):
        return np.vecdot(self._rows, self._rows) * self._half

    def to_gradient(self):
        np.divide(self.delta, self._examples, self.delta)
        self._logistic.chain(self.delta, self._pixels)


class _CrossEntropy(Loss):
    """The binary cross-entropy in nats, for targets that are 0 or 1.

    A pixel costs log(1 + exp(w)), where w = ±2 beta x is how far its logit is from the side of its
    target. The logarithm of a product of up to eight pixels takes the place of as many logarithms.
    """

    def __init__(self, scratch, beta):
        super().__init__(scratch, beta)
        *stack, pixels, examples = scratch.shape
        # The fewest groups of pixels that are of one size.
        groups = next(n for n in range(-(-pixels // LARGEST_GROUP), pixels + 1) if pixels % n == 0)
        self._groups = scratch.reshape(*stack, -1, groups, examples)
        self._products = np.empty((*stack, groups, examples), scratch.dtype)
        self._logarithms = self._products.reshape(-1, groups * examples)
        self._shares = np.full(groups * examples, 1 / examples, scratch.dtype)
        self._one = scalar(1, scratch.dtype)
        self._half_variance = scalar(0.5 * (examples / (2 * beta)) ** 2, scratch.dtype)

    def load(self, targets):
        signs = 1 - 2 * targets.astype(self._scratch.dtype, order="C")
        self._slopes = 2 * self._beta * signs
        self._weights = self._slopes / self._examples

    def value(self, logits):
        factors = self._scratch
        np.multiply(logits, self._slopes, factors)
        np.exp(factors, factors)
        np.add(factors, self._one, factors)
        # The gradient is ± 2 beta exp(w) / (1 + exp(w)), over the number of examples.
        np.divide(self._weights, factors, self.delta)
        np.subtract(self._weights, self.delta, self.delta)
        np.multiply.reduce(self._groups, axis=-3, out=self._products)
        np.log(self._products, self._products)
        means = np.vecdot(self._logarithms, self._shares)
        if math.isfinite(sum(means.tolist())):
            return means
        costs = np.logaddexp(0, logits * self._slopes)
        return costs.reshape(len(means), -1).sum(axis=1) / self._examples

    def squared_errors(self):
        return np.vecdot(self._rows, self._rows) * self._half_variance

    def to_gradient(self):
        pass  # `delta` is it.


LOSSES = {"squared_error": _SquaredError, "cross_entropy": _CrossEntropy}
