"""The oracle: losses written plainly over the plain network, for autograd's own tape."""

import autograd.numpy as anp

from autoencoder.network import Network

FORMULAS = {
    "squared_error": lambda pixels, targets: 0.5 * (pixels - targets) ** 2,
    "cross_entropy": lambda pixels, targets: (
        -(targets * anp.log(pixels) + (1 - targets) * anp.log(1 - pixels))
    ),
    "absolute_error": lambda pixels, targets: anp.abs(pixels - targets),
}


def plain_losses(network: Network, parameters, inputs, targets, loss):
    """The loss `(restarts,)` at `(restarts, parameters)`: mean over examples of a sum over pixels."""
    each = FORMULAS[loss](network.reconstruct(parameters, inputs), targets)
    return anp.mean(anp.sum(each, axis=-1), axis=-1)
