"""From a config to the file that the peers read."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.problem import Problem, write_problem
from runner.config.file import load_config
from runner.font_experiment import FontExperiment
from training.streams import Stream, generator


def font_problem(config: dict[str, Any]) -> Problem:
    """The examples, the initial weights and the learning rates of a config on a font.

    Raises ValueError for what the peers do not do: their networks have biases, beta 1, cross-entropy.
    """
    settings = load_config(None, config)
    if (settings.bias, settings.beta, settings.loss) != (True, 1.0, "cross_entropy"):
        raise ValueError("the peers train networks with biases and beta 1 by cross-entropy")
    experiment = FontExperiment.prepare(settings)
    problem, plan = experiment.problem, experiment.plan
    seeds = range(plan.seed, plan.seed + plan.restarts)
    initial = [
        problem.network.initial_parameters(plan.initialization, generator(seed, Stream.WEIGHTS))
        for seed in seeds
    ]
    return Problem(
        problem.inputs.astype(problem.precision),
        problem.targets.astype(problem.precision),
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
