"""Latent Lab's own minimization by Powell's method."""

from benchmarks.peers import fonts_ours


def prepare(task):
    """Minimize from the start; returns the evaluations, the loss and the sum of the parameters."""
    train = fonts_ours.load(task)

    def work():
        (restart,) = train()
        history = restart.history
        return [float(history.evaluations[-1]), float(history.loss[-1]), float(restart.parameters.sum())]

    return work
