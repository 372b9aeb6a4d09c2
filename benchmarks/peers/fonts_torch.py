"""PyTorch, eager; several networks by torch.func and vmap. Also a script that learns a problem."""

import json
import sys

import torch
from torch.nn import functional

from benchmarks.peers.problem import Problem, learned, read_problem

ACTIVATIONS = {"linear": lambda values: values, "tanh": torch.tanh, "silu": functional.silu}


def logits(layers, inputs, activations):
    """What goes into the logistic output, `(examples, pixels)`."""
    values = inputs
    for (weights, bias), activation in zip(layers[:-1], activations, strict=False):
        values = ACTIVATIONS[activation](functional.linear(values, weights, bias))
    return 2 * functional.linear(values, *layers[-1])


def train(problem: Problem):
    """Adam; returns the layers and the last losses."""
    inputs, targets = torch.from_numpy(problem.inputs), torch.from_numpy(problem.targets)
    layers = [tuple(map(torch.from_numpy, layer)) for layer in problem.layers]
    parameters = [array for layer in layers for array in layer]
    optimizer = torch.optim.Adam(parameters, lr=0.0, fused=True)

    def loss(layers):
        outputs = logits(layers, inputs, problem.activations)
        total = functional.binary_cross_entropy_with_logits(outputs, targets, reduction="sum")
        return total / len(inputs)

    if len(problem.parameters) == 1:

        def set_gradients():
            optimizer.zero_grad()
            loss(layers).backward()

        for array in parameters:
            array.requires_grad_()
    else:
        gradient_of = torch.func.vmap(torch.func.grad_and_value(loss))

        def set_gradients():
            gradients, _ = gradient_of(layers)
            flat = (array for layer in gradients for array in layer)
            for parameter, gradient in zip(parameters, flat, strict=True):
                parameter.grad = gradient

    for rate in problem.rates.tolist():
        set_gradients()
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
    with torch.no_grad():
        losses = loss(layers) if len(problem.parameters) == 1 else torch.func.vmap(loss)(layers)
    return layers, losses.reshape(-1).tolist()


def prepare(task):
    """Train the networks of a problem from the start; returns their last losses."""
    problem = read_problem(task["problem"])
    return lambda: train(problem)[1]


if __name__ == "__main__":
    whole = read_problem(sys.argv[1])
    trained, _ = train(whole)
    with torch.no_grad():
        outputs = logits(trained, torch.from_numpy(whole.inputs), whole.activations).numpy()
    print(json.dumps([learned(outputs, whole.targets)]))
