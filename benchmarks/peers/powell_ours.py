"""Latent Lab's own minimization by Powell's method."""

from benchmarks.peers import fonts_ours


def prepare(task):
    """Minimize from the start; returns the evaluations, the loss and the sum of the parameters."""
    train = fonts_ours.load(task)

    def work():
        (network,) = train().networks
        evaluations, losses = network.history["evaluations"], network.history["loss"]
        return [float(evaluations[-1]), float(losses[-1]), float(network.parameters.sum())]

    return work
