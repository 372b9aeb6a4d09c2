"""Twins of losses for the fused pass: from logits to losses, errors and gradient, in arrays made once.

Arrays are `(restarts, pixels, examples)`; for a single network they lack the leading axis, which saves
the loops over it. Every answer is complete: no call depends on the one before.
"""

import math

import numpy as np

from training.in_place import Logistic, constant

# The factors of so many pixels have a finite product while they are wrong by a logit of 11 each in single
# precision, 88 in double.
LARGEST_GROUP = 8


class FusedLoss:
    """A loss of the pixels 1 / (1 + exp(−2 beta x)) for sums x of the shape of `scratch`.

    It may overwrite the sums and `scratch`. `mean_over` is the number of examples that a mean is taken
    over: all of them, if the arrays hold only a part.
    """

    def __init__(self, scratch: np.ndarray, beta: float, mean_over: int):
        self._scratch, dtype = scratch, scratch.dtype
        self._slope, self._examples = constant(2 * beta, dtype), constant(mean_over, dtype)
        self._one, self._half = constant(1, dtype), constant(0.5, dtype)
        self.delta = np.empty_like(scratch)
        self._rows = self.delta.reshape(-1, scratch.shape[-2] * scratch.shape[-1])

    def load(self, targets: np.ndarray) -> None:
        """Take other targets `(pixels, examples)`, of the precision of the arrays, and leave them alone."""
        raise NotImplementedError

    def losses(self, sums: np.ndarray) -> np.ndarray:
        """The losses `(restarts,)`."""
        raise NotImplementedError

    def measure(self, sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Losses and errors ½ Σ (pixel − target)², `(restarts,)` both."""
        raise NotImplementedError

    def evaluate(self, sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same, and `delta` becomes the gradient of the losses with respect to the sums."""
        raise NotImplementedError


class SquaredError(FusedLoss):
    """½ (pixel − target)²."""

    def __init__(self, scratch, beta, mean_over):
        super().__init__(scratch, beta, mean_over)
        self._logistic = Logistic(scratch, beta)
        self._half_share = constant(0.5 / mean_over, scratch.dtype)

    def load(self, targets) -> None:
        """Take other targets `(pixels, examples)`."""
        self._targets = targets

    def losses(self, sums) -> np.ndarray:
        """The losses `(restarts,)`."""
        return self._sum_of_squares(sums) * self._half_share

    def measure(self, sums) -> tuple[np.ndarray, np.ndarray]:
        """The losses and the errors."""
        squares = self._sum_of_squares(sums)
        return squares * self._half_share, squares * self._half

    def evaluate(self, sums) -> tuple[np.ndarray, np.ndarray]:
        """The same, and the gradient (pixel − target) · pixel' / examples."""
        measures = self.measure(sums)
        np.divide(self.delta, self._examples, self.delta)
        self._logistic.chain(self.delta, sums)
        return measures

    def _sum_of_squares(self, sums) -> np.ndarray:
        """Σ (pixel − target)²; the sums become pixels and `delta` their differences."""
        self._logistic.apply(sums, sums)
        np.subtract(sums, self._targets, self.delta)
        return np.vecdot(self._rows, self._rows)


class _ProductsOfEight:
    """The mean over examples of Σ ln(factor), by one logarithm for the product of up to eight factors.

    With a logarithm for each, a step of one network takes 1.24 times as long (of 32 networks 1.62).
    """

    def __init__(self, factors: np.ndarray, mean_over: int):
        *stack, pixels, examples = factors.shape
        # The fewest groups of pixels that are of one size.
        groups = next(n for n in range(-(-pixels // LARGEST_GROUP), pixels + 1) if pixels % n == 0)
        self._groups = factors.reshape(*stack, -1, groups, examples)
        self._products = np.empty((*stack, groups, examples), factors.dtype)
        self._logarithms = self._products.reshape(-1, groups * examples)
        self._shares = np.full(groups * examples, 1 / mean_over, factors.dtype)

    def mean_logarithm(self) -> np.ndarray:
        """`(restarts,)`; infinite if a product is."""
        np.multiply.reduce(self._groups, axis=-3, out=self._products)
        np.log(self._products, self._products)
        return np.vecdot(self._logarithms, self._shares)


class BinaryCrossEntropy(FusedLoss):
    """ln(1 + exp(w)) for targets 0 or 1, where w = ±2 beta x is how far x is on the side of the other."""

    def __init__(self, scratch, beta, mean_over):
        super().__init__(scratch, beta, mean_over)
        self._products = _ProductsOfEight(scratch, mean_over)
        self._half_variance = constant(0.5 * (mean_over / (2 * beta)) ** 2, scratch.dtype)
        self._slopes, self._weights = np.empty((2, *scratch.shape[-2:]), scratch.dtype)

    def load(self, targets) -> None:
        """Take other targets `(pixels, examples)`."""
        np.multiply(targets, -2, self._slopes)
        np.add(self._slopes, self._one, self._slopes)
        np.multiply(self._slopes, self._slope, self._slopes)
        np.divide(self._slopes, self._examples, self._weights)

    def losses(self, sums) -> np.ndarray:
        """The losses `(restarts,)`."""
        factors = self._scratch
        np.multiply(sums, self._slopes, factors)
        np.exp(factors, factors)
        np.add(factors, self._one, factors)
        means = self._products.mean_logarithm()
        return means if math.isfinite(sum(means.tolist())) else self._losses_far_from_zero(sums)

    def measure(self, sums) -> tuple[np.ndarray, np.ndarray]:
        """The losses and the errors."""
        losses = self.losses(sums)
        # The gradient is ± 2 beta exp(w) / (1 + exp(w)), over the number of examples.
        np.divide(self._weights, self._scratch, self.delta)
        np.subtract(self._weights, self.delta, self.delta)
        return losses, np.vecdot(self._rows, self._rows) * self._half_variance

    evaluate = measure  # `delta` is the gradient on the way to the errors.

    def _losses_far_from_zero(self, sums) -> np.ndarray:
        costs = np.logaddexp(0, sums * self._slopes)
        return costs.reshape(len(self._rows), -1).sum(axis=1) / self._examples


class CrossEntropy(FusedLoss):
    """ln(1 + exp(l)) − t l for logits l = 2 beta x and targets t in 0…1.

    It is ln(1 + exp(−|l|)) + max(l, 0) − t l, in which nothing overflows.
    """

    def __init__(self, scratch, beta, mean_over):
        super().__init__(scratch, beta, mean_over)
        self._products = _ProductsOfEight(scratch, mean_over)
        self._costs = np.empty_like(scratch)
        self._cost_rows = self._costs.reshape(self._rows.shape)
        self._shares = np.full(self._rows.shape[1], 1 / mean_over, scratch.dtype)
        self._slope_share = constant(2 * beta / mean_over, scratch.dtype)

    def load(self, targets) -> None:
        """Take other targets `(pixels, examples)`."""
        self._targets = targets

    def losses(self, sums) -> np.ndarray:
        """The losses `(restarts,)`; the sums become logits."""
        logits, factors, costs = sums, self._scratch, self._costs
        np.multiply(sums, self._slope, logits)
        np.maximum(logits, 0.0, out=costs)
        np.multiply(logits, self._targets, factors)
        np.subtract(costs, factors, costs)
        np.abs(logits, factors)
        np.negative(factors, factors)
        np.exp(factors, factors)
        np.add(factors, self._one, factors)
        return self._products.mean_logarithm() + np.vecdot(self._cost_rows, self._shares)

    def measure(self, sums) -> tuple[np.ndarray, np.ndarray]:
        """The losses and the errors; `delta` becomes pixel − target."""
        losses, delta = self.losses(sums), self.delta
        # The pixel of |l| is 1 / (1 + exp(−|l|)), and that of −|l| lies on the other side of one half.
        np.divide(self._one, self._scratch, delta)
        np.subtract(delta, self._half, delta)
        np.copysign(delta, sums, delta)
        np.add(delta, self._half, delta)
        np.subtract(delta, self._targets, delta)
        return losses, np.vecdot(self._rows, self._rows) * self._half

    def evaluate(self, sums) -> tuple[np.ndarray, np.ndarray]:
        """The same, and the gradient 2 beta (pixel − target) / examples."""
        measures = self.measure(sums)
        np.multiply(self.delta, self._slope_share, self.delta)
        return measures
