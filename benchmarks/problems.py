"""From a config to the file that the peers read."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.problem import Problem, write_problem
from runner.config.file import load_config
from runner.experiment import prepare
from runner.models.autoencoder import AutoencoderTrainer
from training.streams import Stream, generator


def prepared(config: dict[str, Any]) -> AutoencoderTrainer:
    """The problem and the plan of a config of mode DEFAULT or DAE."""
    trainer = prepare(load_config(None, config)).trainer
    assert isinstance(trainer, AutoencoderTrainer)
    return trainer


def font_problem(config: dict[str, Any]) -> Problem:
    """The examples, the initial weights and the learning rates of a config on a font.

    Raises ValueError for what the peers do not do: their networks have biases, beta 1, cross-entropy.
    """
    trainer = prepared(config)
    problem, plan = trainer.problem, trainer.plan
    if (problem.network.bias, problem.network.beta, problem.loss) != (True, 1.0, "cross_entropy"):
        raise ValueError("the peers train networks with biases and beta 1 by cross-entropy")
    seeds = range(plan.seed, plan.seed + plan.restarts)
    initial = [
        problem.network.initial_parameters(plan.initialization, generator(seed, Stream.WEIGHTS))
        for seed in seeds
    ]
    return Problem(
        problem.inputs_at(0).astype(problem.precision),
        np.tile(problem.targets, (problem.copies, 1)).astype(problem.precision),
        np.array(initial, problem.precision),
        problem.network.sizes,
        [layer.activation for layer in problem.network.layers],
        np.array([plan.learning_rate_at(epoch) for epoch in range(plan.epochs)]),
    )


def write_font_problem(config: dict[str, Any], folder: Path) -> str:
    """Write it to a new file in `folder`; returns the path."""
    path = folder / f"problem{len(list(folder.iterdir()))}.npz"
    write_problem(path, font_problem(config))
    return str(path)
