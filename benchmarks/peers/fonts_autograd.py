"""Plain autograd: the network in NumPy, differentiated on the tape. Also a script that learns a problem."""

import json
import sys

import autograd.numpy as anp
import numpy as np
from autograd import value_and_grad

from benchmarks.peers.problem import Problem, learned, read_problem

ACTIVATIONS = {
    "linear": lambda values: values,
    "tanh": anp.tanh,
    "silu": lambda values: values / (1 + anp.exp(-values)),
}


def logits(layers, problem: Problem):
    """What goes into the logistic output, `(examples, pixels)`."""
    values = problem.inputs
    for (weights, bias), activation in zip(layers[:-1], problem.activations, strict=False):
        values = ACTIVATIONS[activation](anp.dot(values, weights.T) + bias)
    weights, bias = layers[-1]
    return 2 * (anp.dot(values, weights.T) + bias)


def loss(layers, problem: Problem):
    """The cross-entropy of one network."""
    outputs = logits(layers, problem)
    return anp.sum(anp.logaddexp(0, outputs) - problem.targets * outputs) / len(outputs)


def train(problem: Problem):
    """Adam; returns the layers and the last loss."""
    layers = problem.layers
    first, second = ([[np.zeros_like(array) for array in layer] for layer in layers] for _ in range(2))
    loss_and_gradient = value_and_grad(loss)
    for step, rate in enumerate(problem.rates, start=1):
        _, gradients = loss_and_gradient(layers, problem)
        for layer, gradient, m, v in zip(layers, gradients, first, second, strict=True):
            for i in range(2):
                m[i] = 0.9 * m[i] + 0.1 * gradient[i]
                v[i] = 0.999 * v[i] + 0.001 * gradient[i] ** 2
                unbiased = np.sqrt(v[i] / (1 - 0.999**step)) + 1e-8
                layer[i][...] -= rate * m[i] / (1 - 0.9**step) / unbiased
    return layers, loss(layers, problem)


def prepare(task):
    """Train the network of a problem from the start; returns its last loss."""
    problem = read_problem(task["problem"])
    return lambda: [float(train(problem)[1])]


if __name__ == "__main__":
    whole = read_problem(sys.argv[1])
    trained, _ = train(whole)
    print(json.dumps([learned(logits(trained, whole), whole.targets)]))
