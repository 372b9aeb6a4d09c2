"""JAX, compiled: a step at a time or all steps by `lax.scan`. Also a script that learns a problem."""

import json
import sys
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.peers.problem import Problem, learned, read_problem

jax.config.update("jax_enable_x64", True)
ACTIVATIONS = {"linear": lambda values: values, "tanh": jnp.tanh, "silu": jax.nn.silu}


def logits(layers, inputs, activations):
    """What goes into the logistic output, `(examples, pixels)`."""
    values = inputs
    for (weights, bias), activation in zip(layers[:-1], activations, strict=False):
        values = ACTIVATIONS[activation](values @ weights.T + bias)
    weights, bias = layers[-1]
    return 2 * (values @ weights.T + bias)


def loss(layers, inputs, targets, activations):
    """The cross-entropy of one network."""
    outputs = logits(layers, inputs, activations)
    return jnp.sum(jax.nn.softplus(outputs) - targets * outputs) / len(inputs)


def step(state, rate, gradient_of):
    """One step of Adam."""
    layers, first, second, count = state
    losses, gradients = gradient_of(layers)
    count = count + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g**2, second, gradients)
    first_scale, second_scale = 1 / (1 - 0.9**count), 1 / (1 - 0.999**count)

    def moved(array, m, v):
        return array - rate * m * first_scale / (jnp.sqrt(v * second_scale) + 1e-8)

    return (jax.tree.map(moved, layers, first, second), first, second, count), losses


def trainer(problem: Problem, how: str):
    """A function that trains from the start and returns the layers and the last losses."""
    examples = jnp.asarray(problem.inputs), jnp.asarray(problem.targets)
    value = partial(loss, inputs=examples[0], targets=examples[1], activations=tuple(problem.activations))
    gradient_of = jax.value_and_grad(value)
    if len(problem.parameters) > 1:
        value, gradient_of = jax.vmap(value), jax.vmap(gradient_of)
    one_step = partial(step, gradient_of=gradient_of)
    zeros = jax.tree.map(jnp.zeros_like, problem.layers)
    start = jax.tree.map(jnp.asarray, problem.layers), zeros, zeros, jnp.zeros((), problem.inputs.dtype)
    rates = problem.rates.astype(problem.inputs.dtype)
    by_scan = jax.jit(lambda state, rates: jax.lax.scan(one_step, state, rates)[0])
    by_step, last_losses = jax.jit(one_step), jax.jit(value)

    def train():
        state = start
        if how == "scan":
            state = by_scan(state, rates)
        else:
            for rate in rates:
                state, _ = by_step(state, rate)
        return state[0], np.asarray(last_losses(state[0])).reshape(-1).tolist()

    return train


def prepare(task):
    """Train the networks of a problem from the start; returns their last losses."""
    train = trainer(read_problem(task["problem"]), task["how"])
    return lambda: train()[1]


if __name__ == "__main__":
    whole = read_problem(sys.argv[1])
    trained, _ = trainer(whole, "scan")()
    outputs = logits(trained, whole.inputs, whole.activations)
    print(json.dumps([learned(np.asarray(outputs), whole.targets)]))
