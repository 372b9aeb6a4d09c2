"""The objective as it is defined, differentiated by autograd: any activation and any loss.

Every node of autograd's tape costs some 20 microseconds, which is why there is a twin (`fused`) for what
is trained most. The tests hold the two equal.
"""

from collections.abc import Callable

import numpy as np
from autograd import elementwise_grad
from autograd.differential_operators import make_vjp

from autoencoder.network import Network
from autoencoder.objective.face import Evaluation, Measures, grey_levels
from training.activations import logistic


class TapeObjective:
    """The losses of networks on a set of examples, and their gradients."""

    def __init__(self, network: Network, loss: Callable, precision: np.dtype, mean_over: int):
        """`loss(logits, targets)` is the cost of a pixel; losses are means over so many examples."""
        self._network, self._loss = network, loss
        self._precision, self._mean_over = precision, mean_over

    def load(self, inputs, targets=None, latent_noise=None) -> None:
        """Take other examples `(examples, pixels)`, and noise `(examples, latent)` on their codes."""
        self._inputs = grey_levels(inputs, self._precision)
        self._targets = self._inputs if targets is None else grey_levels(targets, self._precision)
        self._latent_noise = latent_noise

    def losses(self, parameters) -> np.ndarray:
        """`(restarts,)` of `parameters` `(restarts, parameters)`."""
        return self.measure(parameters).losses

    def measure(self, parameters) -> Measures:
        """Losses and errors, `(restarts,)` each."""
        parameters = np.atleast_2d(parameters).astype(self._precision, copy=False)
        return self._measures(self._logits(parameters))

    def evaluate(self, parameters) -> Evaluation:
        """Losses and errors, and the gradient `(restarts, parameters)` of the losses."""
        parameters = np.atleast_2d(parameters).astype(self._precision, copy=False)
        back, logits = make_vjp(self._logits)(parameters)
        slopes = elementwise_grad(self._loss)(logits, self._targets) / self._mean_over
        gradient = back(slopes.astype(logits.dtype))
        return Evaluation(*self._measures(logits), gradient.astype(self._precision, copy=False))

    def _logits(self, parameters):
        """`(restarts, examples, pixels)` of `(restarts, parameters)`; both may be on the tape."""
        return self._network.logits(parameters, self._inputs, self._latent_noise)

    def _measures(self, logits) -> Measures:
        costs = self._loss(logits, self._targets)
        errors = 0.5 * np.square(logistic(logits, 0.5) - self._targets)
        return Measures(costs.sum(axis=(1, 2)) / self._mean_over, errors.sum(axis=(1, 2)))
