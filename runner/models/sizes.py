"""What a training of the NumPy network would need of this machine, before anything is allocated."""

from dataclasses import replace

import numpy as np

from autoencoder.network import Network
from autoencoder.plan import Plan, memory_needed
from runner.config.errors import UserError
from runner.config.keys import Config

LARGEST_MEMORY = 4 * 2**30


def check_size(config: Config, network: Network, plan: Plan, examples: int) -> None:
    """Raise UserError if the NumPy network would need more than LARGEST_MEMORY.

    `examples` are what it is trained on, noisy copies included.
    """
    weights, pixels = network.parameter_count, network.sizes[0]
    most_weights = int((LARGEST_MEMORY / 8) ** 0.5)
    if config.minimizer == "powell" and weights > most_weights:
        raise UserError(
            f"minimizer: powell keeps a matrix of weights × weights and fits {most_weights:,} weights;"
            f" neurons_per_layer gives {weights:,}, so take fewer or another minimizer"
        )
    noisy = examples * pixels * np.dtype(config.precision).itemsize if config.mode == "DAE" else 0
    if noisy > LARGEST_MEMORY:
        most = LARGEST_MEMORY * config.noisy_copies // noisy
        raise UserError(
            f"noisy_copies: got {config.noisy_copies}; {examples:,} noisy pictures of {pixels:,} pixels"
            f" need {noisy / 2**30:.0f} GiB, and {LARGEST_MEMORY / 2**30:.0f} GiB are allowed"
            + (f"; write at most {most}" if most else "; bring fewer pictures, or smaller ones")
        )
    one_network = memory_needed(network, replace(plan, restarts=1), examples, config.precision)
    if one_network > LARGEST_MEMORY:
        raise UserError(
            f"neurons_per_layer: {weights:,} weights need {one_network / 2**30:.0f} GiB to train;"
            f" {LARGEST_MEMORY / 2**30:.0f} GiB are allowed, so take fewer neurons or layers"
            + (", or a batch_size" if config.batch_size is None else "")
        )
    if one_network * config.restarts > LARGEST_MEMORY:
        raise UserError(
            f"restarts: got {config.restarts}; at most {LARGEST_MEMORY // one_network} networks of this"
            " size can be trained together"
        )
    # Of each epoch the recorder keeps two arrays, two numbers, and what Python spends on them.
    one_epoch = 300 + 16 * config.restarts
    if one_epoch * config.epochs > LARGEST_MEMORY:
        raise UserError(
            f"epochs: got {config.epochs:,}; the history of {config.restarts:,} restarts fits at most"
            f" {LARGEST_MEMORY // one_epoch:,}"
        )
