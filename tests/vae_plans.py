"""A small plan for the tests of `vae`."""

from dataclasses import replace

import numpy as np

from vae.plan import Plan

PLAN = Plan(
    shape=(3, 3, 1),
    layer_kind="dense",
    neurons_per_layer=[7, 5],
    latent_layer_neurons=2,
    encoder_activation="silu",
    latent_activation="tanh",
    decoder_activation="relu",
    minimizer="adam",
    learning_rate=0.01,
    epsilon=1e-7,
    learning_rate_schedule="constant",
    batch_size=10,
    epochs=6,
    beta=0.6,
    kl_warmup_epochs=2,
    patience=None,
    seed=3,
)

# Odd sizes, and as deep as 7×5 pixels can go.
CONVOLUTIONAL = replace(
    PLAN,
    shape=(7, 5, 1),
    layer_kind="convolutional",
    neurons_per_layer=[4, 3, 6],
    latent_activation="linear",
)


def random_weights(plan: Plan, scale=1.0, seed=0) -> dict[str, np.ndarray]:
    """Normal weights by name, for a plan."""
    random = np.random.default_rng(seed)
    shapes = {f"{layer.name}_kernel": layer.kernel_shape for layer in plan.layers}
    shapes |= {f"{layer.name}_bias": (layer.units,) for layer in plan.layers}
    given = (layer for layer in plan.layers if layer.classes)
    shapes |= {f"{layer.name}_class_kernel": (layer.classes, layer.units) for layer in given}
    return {name: random.normal(0, scale, shape).astype(np.float32) for name, shape in shapes.items()}
