"""Small finished results that several tests look at; trained once a session."""

import pytest

from runner.config_file import load_config
from runner.experiment import run_experiment

RECIPE = {
    "neurons_per_layer": [12],
    "font_subset_size": 8,
    "epochs": 400,
    "encoder_activation": "tanh",
    "decoder_activation": "tanh",
    "bias": True,
    "loss": "cross_entropy",
    "initialization": "glorot",
    "learning_rate": 0.03,
}


@pytest.fixture(scope="session")
def default_result():
    """Mode DEFAULT: 8 characters, 2 latent neurons, 3 restarts, two generated points."""
    changes = {"restarts": 3, "generate": [[0, 0.2], [1, 0.2]]}
    return run_experiment(load_config(None, {**RECIPE, **changes}))


@pytest.fixture(scope="session")
def denoising_result():
    """Mode DAE: 8 characters, 4 latent neurons, 5 noisy copies, new noise every epoch."""
    changes = {"mode": "DAE", "latent_layer_neurons": 4, "fresh_noise": True}
    return run_experiment(load_config(None, {**RECIPE, **changes}))
