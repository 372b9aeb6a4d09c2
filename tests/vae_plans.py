"""A small plan for the tests of `vae`."""

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
