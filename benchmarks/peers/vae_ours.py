"""Latent Lab's own epoch: Keras layers and optimizer, compiled as a whole."""

from itertools import count

from benchmarks.peers.vae_problem import read_vae_problem
from runner.config.file import load_config
from runner.models.variational_plan import fitting_plan
from vae.tensorflow_setup import load_tensorflow


def prepare(task):
    """Train an epoch, then the next; returns its mean reconstruction and KL."""
    problem = read_vae_problem(task)
    load_tensorflow()
    from vae.variational import Trainer

    plan = fitting_plan(load_config(None, task["config"]), (28, 28, 1))
    trainer = Trainer(plan, problem.images)
    for variable in trainer.networks.variables:
        variable.assign(problem.weights[variable.path.replace("/", "_")])
    trainer.compile()
    epochs = count()

    def train_epoch():
        for _ in trainer.epoch(next(epochs), beta=1.0):
            pass  # a whole training saves its state here
        return [sum(trainer.end_epoch())]

    return train_epoch
