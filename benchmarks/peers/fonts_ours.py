"""Latent Lab's own training, with all that it records on the way."""

import os

# As main.py does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from functools import partial

from autoencoder.training import train
from benchmarks.problems import prepared


def load(task):
    """A function that trains the networks of a config from the start, and returns the training."""
    trainer = prepared(task["config"])
    return partial(train, trainer.problem, trainer.plan)


def prepare(task):
    """Train the networks of a config from the start; returns their last losses."""
    train_all = load(task)
    return lambda: [float(network.history["loss"][-1]) for network in train_all().networks]
