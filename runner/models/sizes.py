"""What a training would need of this machine, before anything of it is allocated."""

from itertools import pairwise

from runner.config.errors import UserError
from runner.config.keys import Config

LARGEST_MEMORY = 4 * 2**30
MOST_WEIGHTS = 50_000_000
BYTES = {"float64": 8, "float32": 4}


def check_autoencoder(config: Config, sizes: list[int], weights: int, examples: int) -> None:
    """Raise UserError if the NumPy network would need more than LARGEST_MEMORY.

    `sizes` are the units of its layers, `examples` what it is trained on, noisy copies included.
    """
    most_weights = int((LARGEST_MEMORY / 8) ** 0.5)
    if config.minimizer == "powell" and weights > most_weights:
        raise UserError(
            f"minimizer: powell keeps a matrix of weights × weights and fits {most_weights:,} weights;"
            f" neurons_per_layer gives {weights:,}, so take fewer or another minimizer"
        )
    one_number, at_once = BYTES[config.precision], min(config.batch_size or examples, examples)
    noisy = examples * sizes[0] * one_number if config.mode == "DAE" else 0
    if noisy > LARGEST_MEMORY:
        raise UserError(
            f"noisy_copies: got {config.noisy_copies}; {examples:,} noisy pictures of {sizes[0]:,} pixels"
            f" need {noisy / 2**30:.0f} GiB, and {LARGEST_MEMORY / 2**30:.0f} GiB are allowed"
        )
    # Parameters, gradient, best, moments and scratch; units, deltas and scratch of every layer.
    one_network = one_number * (7 * weights + 4 * at_once * sum(sizes))
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


def check_variational(sizes: list[int]) -> None:
    """Raise UserError if the Keras network would have more weights than this machine should hold."""
    weights = sum(a * b for a, b in pairwise(sizes))
    if weights > MOST_WEIGHTS:
        raise UserError(
            f"neurons_per_layer: {weights:,} weights are more than {MOST_WEIGHTS:,}; take fewer"
        )
