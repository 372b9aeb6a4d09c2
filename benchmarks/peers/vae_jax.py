"""JAX: an epoch is one compiled `lax.scan` over its batches."""

from itertools import count

import jax
import jax.numpy as jnp

from benchmarks.peers.vae_problem import read_vae_problem


def dense(layer, values):
    """One layer without activation."""
    kernel, bias = layer
    return values @ kernel + bias


def loss(parts, batch, key):
    """The mean loss of `batch` `(n, pixels)`."""
    hidden = batch
    for layer in parts["encoder"]:
        hidden = jax.nn.relu(dense(layer, hidden))
    mean, log_variance = dense(parts["mean"][0], hidden), dense(parts["log_variance"][0], hidden)
    values = mean + jnp.exp(0.5 * log_variance) * jax.random.normal(key, mean.shape)
    for layer in parts["decoder"]:
        values = jax.nn.relu(dense(layer, values))
    logits = dense(parts["output"][0], values)
    cross_entropy = jnp.sum(jax.nn.softplus(logits) - batch * logits)
    kl = 0.5 * jnp.sum(mean**2 + jnp.exp(log_variance) - 1 - log_variance)
    return (cross_entropy + kl) / len(batch)


def adam(state, gradients):
    """One step of Adam."""
    parts, first, second, steps = state
    steps = steps + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g**2, second, gradients)
    rate = 0.001 * jnp.sqrt(1 - 0.999**steps) / (1 - 0.9**steps)
    parts = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-7), parts, first, second)
    return parts, first, second, steps


def prepare(task):
    """Train an epoch, then the next; returns its mean loss."""
    problem = read_vae_problem(task)
    images = jnp.asarray(problem.grey_levels)
    parts = jax.tree.map(jnp.asarray, problem.networks)
    first, second = (jax.tree.map(jnp.zeros_like, parts) for _ in range(2))
    state = parts, first, second, jnp.zeros(())

    def train_epoch(state, order, images, key):
        def step(state, rows_and_key):
            rows, key = rows_and_key
            value, gradients = jax.value_and_grad(loss)(state[0], images[rows], key)
            return adam(state, gradients), value

        state, losses = jax.lax.scan(step, state, (order, jax.random.split(key, len(order))))
        return state, losses.mean()

    train = jax.jit(train_epoch, donate_argnums=0)
    epochs = count()

    def work():
        nonlocal state
        epoch = next(epochs)
        state, mean = train(state, problem.order(epoch), images, jax.random.key(epoch))
        return [float(mean)]

    return work
