"""A small plan for the tests of `vae`."""

import numpy as np

from vae.plan import Plan

PLAN = Plan(
    neurons_per_layer=[7, 5],
    latent_layer_neurons=2,
    encoder_activation="silu",
    latent_activation="tanh",
    decoder_activation="relu",
    minimizer="adam",
    learning_rate=0.01,
    learning_rate_schedule="constant",
    batch_size=10,
    epochs=6,
    beta=0.6,
    kl_warmup_epochs=2,
    patience=None,
    seed=3,
)


def random_weights(plan: Plan, pixels: int, scale=1.0, seed=0) -> dict[str, np.ndarray]:
    """Normal weights by name, for a plan."""
    random = np.random.default_rng(seed)
    layers = [*plan.encoder_layers(pixels), *plan.latent_layers(pixels), *plan.decoder_layers(pixels)]
    shapes = {f"{layer.name}_kernel": (layer.inputs, layer.units) for layer in layers}
    shapes |= {f"{layer.name}_bias": (layer.units,) for layer in layers}
    return {name: random.normal(0, scale, shape).astype(np.float32) for name, shape in shapes.items()}
