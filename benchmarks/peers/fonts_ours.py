"""Latent Lab's own training, with all that it records on the way."""

import os

# As main.py does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from functools import partial

from autoencoder.training import train
from runner.config.file import load_config
from runner.font_experiment import FontExperiment


def load(task):
    """A function that trains the networks of a config from the start, and returns the restarts."""
    experiment = FontExperiment.prepare(load_config(None, task["config"]))
    return partial(train, experiment.problem, experiment.plan)


def prepare(task):
    """Train the networks of a config from the start; returns their last losses."""
    train_all = load(task)
    return lambda: [float(restart.history.loss[-1]) for restart in train_all()]
