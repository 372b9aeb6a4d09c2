"""The oracle: losses written plainly over the plain network, for autograd's own tape."""

import autograd.numpy as anp

from autoencoder.network import Network


def plain_losses(network: Network, parameters, inputs, targets, loss):
    """The loss `(restarts,)` at `(restarts, parameters)`: mean over examples of a sum over pixels."""
    pixels = network.reconstruct(parameters, inputs)
    if loss == "squared_error":
        each = 0.5 * (pixels - targets) ** 2
    else:
        each = -(targets * anp.log(pixels) + (1 - targets) * anp.log(1 - pixels))
    return anp.mean(anp.sum(each, axis=-1), axis=-1)
