"""PyTorch, eager; the images are a tensor and a batch is indexed, which a DataLoader does more slowly."""

from itertools import count

import torch
from torch.nn import functional

from benchmarks.peers.vae_problem import read_vae_problem


def trainable(kernel, bias):
    """A layer as Torch has it: its weights, from outputs to inputs, and its biases."""
    return torch.tensor(kernel.T.copy(), requires_grad=True), torch.tensor(bias, requires_grad=True)


def prepare(task):
    """Train an epoch, then the next; returns its mean loss."""
    problem = read_vae_problem(task)
    images = torch.from_numpy(problem.grey_levels)
    parts = {name: [trainable(*layer) for layer in layers] for name, layers in problem.networks.items()}
    parameters = [array for layers in parts.values() for layer in layers for array in layer]
    optimizer = torch.optim.Adam(parameters, 0.001, eps=1e-7, fused=True)

    def through(name, values):
        for layer in parts[name]:
            values = functional.relu(functional.linear(values, *layer))
        return values

    def loss(batch):
        hidden = through("encoder", batch)
        mean, log_variance = (
            functional.linear(hidden, *parts[name][0]) for name in ("mean", "log_variance")
        )
        codes = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        logits = functional.linear(through("decoder", codes), *parts["output"][0])
        cross_entropy = functional.binary_cross_entropy_with_logits(logits, batch, reduction="sum")
        kl = 0.5 * torch.sum(mean**2 + torch.exp(log_variance) - 1 - log_variance)
        return (cross_entropy + kl) / len(batch)

    epochs = count()

    def work():
        total = 0.0
        order = torch.from_numpy(problem.order(next(epochs)))
        for rows in order:
            optimizer.zero_grad()
            value = loss(images[rows])
            value.backward()
            optimizer.step()
            total += value.detach()
        return [float(total) / len(order)]

    return work
