"""The losses: what a pixel costs, given its logit l and its target t in 0…1.

The pixel is the logistic function 1 / (1 + exp(−l)) of the logit l = 2 beta x, where x is the sum that
the output unit sees. A loss is a mean over the examples of a sum over their pixels. A new one is one line
of LOSSES: autograd differentiates the plain function. A twin (`fused_losses`) makes it fast.
"""

from collections.abc import Callable
from dataclasses import dataclass

import autograd.numpy as anp

from autoencoder.objective import fused_losses
from autoencoder.objective.fused_losses import FusedLoss
from training.activations import logistic


@dataclass(frozen=True)
class Loss:
    """`plain(logits, targets)` gives the cost of each pixel, any shape, in `autograd.numpy`.

    `fused` is its twin for the fused pass, if there is one, and `fused_binary` a faster one that may be
    taken where all targets are 0 or 1. `javascript` and `slope` are the cost and its derivative by the
    logit as expressions in `l`, `p` and `t`: the logit, the pixel and the target.
    """

    plain: Callable
    javascript: str
    slope: str
    fused: type[FusedLoss] | None = None
    fused_binary: type[FusedLoss] | None = None

    def twin(self, targets_are_binary: bool) -> type[FusedLoss] | None:
        """The twin for such targets; None if there is none."""
        return (targets_are_binary and self.fused_binary) or self.fused


def squared_error(logits, targets):
    """½ (pixel − t)²: summed over a set, the accumulated error of the documents."""
    return 0.5 * (logistic(logits, 0.5) - targets) ** 2


def cross_entropy(logits, targets):
    """−t ln p − (1 − t) ln(1 − p) in nats for the pixel p, which is ln(1 + exp(l)) − t l.

    For grey targets it is the same formula (Kingma & Welling 2014 train grey pictures with it); its
    minimum, at p = t, is then above 0.
    """
    return anp.logaddexp(0, logits) - targets * logits


def absolute_error(logits, targets):
    """|pixel − t|, which a few pixels that are far off move less than they move the squares."""
    return anp.abs(logistic(logits, 0.5) - targets)


LOSSES = {
    "squared_error": Loss(
        squared_error, "0.5 * (p - t) ** 2", "(p - t) * p * (1 - p)", fused_losses.SquaredError
    ),
    "cross_entropy": Loss(
        cross_entropy,
        "Math.max(l, 0) + Math.log1p(Math.exp(-Math.abs(l))) - t * l",
        "p - t",
        fused_losses.CrossEntropy,
        fused_losses.BinaryCrossEntropy,
    ),
    "absolute_error": Loss(absolute_error, "Math.abs(p - t)", "Math.sign(p - t) * p * (1 - p)"),
}
