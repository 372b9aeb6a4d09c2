"""The ways to train that are stopped: each a config whose training takes a second or two."""

from pathlib import Path

import numpy as np

FONT = {
    "neurons_per_layer": [12],
    "encoder_activation": "tanh",
    "decoder_activation": "tanh",
    "bias": True,
    "initialization": "glorot",
    "plots": False,
}
IMAGES = {"mode": "VAE", "vae_dataset": "images.npz", "neurons_per_layer": [16], "learning_rate": 0.01}
# SciPy's methods count iterations of hundreds and thousands of evaluations.
MODES = {
    "adam": {**FONT, "epochs": 6000, "restarts": 2, "plots": True},
    "rmsprop": {**FONT, "epochs": 6000, "minimizer": "rmsprop", "patience": 6000},
    "momentum": {**FONT, "epochs": 6000, "minimizer": "momentum", "loss": "cross_entropy"},
    "gradient_descent, mini-batches": {
        **FONT,
        "epochs": 2000,
        "minimizer": "gradient_descent",
        "batch_size": 10,
        "precision": "float32",
    },
    "DAE, fresh noise": {**FONT, "mode": "DAE", "epochs": 1500, "fresh_noise": True},
    "powell": {**FONT, "minimizer": "powell", "font_subset_size": 6, "neurons_per_layer": [4], "epochs": 4},
    # Foretold as so long that it is worth processes.
    "powell, side by side": {
        **FONT,
        "minimizer": "powell",
        "font_subset_size": 2,
        "neurons_per_layer": [4],
        "epochs": 40,
        "restarts": 4,
    },
    "lbfgs": {**FONT, "minimizer": "lbfgs", "epochs": 400, "restarts": 4},
    "VAE": {**IMAGES, "epochs": 300},
    "DEFAULT of images": {
        **FONT,
        "data": "images",
        "vae_dataset": "images.npz",
        "epochs": 1500,
        "loss": "cross_entropy",
        "batch_size": 60,
    },
    "VAE of convolutions": {
        **IMAGES,
        "layer_kind": "convolutional",
        "neurons_per_layer": [4, 8],
        "epochs": 300,
    },
    "VAE of letters": {"mode": "VAE", "data": "font", "neurons_per_layer": [16], "epochs": 300},
    "VAE of MNIST": {"mode": "VAE", "neurons_per_layer": [64], "epochs": 3, "plots": False},
}


def endless(mode: str) -> dict:
    """The config of a mode that trains for hours; SciPy's methods end every restart by themselves."""
    by_restarts = mode in ("powell", "powell, side by side", "lbfgs")
    long = {"epochs": 1000, "restarts": 10_000} if by_restarts else {"epochs": 10_000_000, "restarts": 1}
    return {key: value for key, value in (MODES[mode] | long).items() if key != "patience"}


def prepare(folder: Path, mode: str) -> Path:
    """A folder to run `mode` in, with the images that it may need."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    if MODES[mode].get("vae_dataset") == "images.npz":
        random = np.random.default_rng(0)
        images = random.integers(0, 256, (360, 6, 5), np.uint8)
        np.savez(folder / "images.npz", x_train=images[:300], x_test=images[300:])
    return folder


def has_mnist() -> bool:
    """Whether MNIST is on this machine; nothing is fetched for a test."""
    from images.known.sources import FILES, cache_folder

    return (cache_folder() / "mnist" / FILES["train_images"]).exists()
