"""Defaults that depend on other keys; each function gets the keys that were validated before its own."""

from typing import Literal

from runner.config.values import ActivationName

SCIPY_MINIMIZERS = ("powell", "lbfgs")
DEFAULT_LEARNING_RATES = {
    "adam": 0.01,
    "rmsprop": 0.01,
    "momentum": 0.03,
    "gradient_descent": 0.1,
}
# In batches of a large set, and for a variational autoencoder.
BATCH_LEARNING_RATES = {"adam": 0.001, "rmsprop": 0.001, "momentum": 0.01, "gradient_descent": 0.01}
# Those of the papers; a variational autoencoder has Keras'.
EPSILONS = {"adam": 1e-8, "rmsprop": 1e-7}
KERAS_EPSILON = 1e-7
# Of images; a step of the NumPy network costs too much beside its products for fewer.
VAE_BATCH_SIZE, BATCH_SIZE = 100, 256


def hidden_activation(validated: dict) -> ActivationName:
    """Of the encoder's hidden layers."""
    return "relu" if validated.get("mode") == "VAE" else "linear"


def decoder_activation(validated: dict) -> ActivationName:
    """Of the decoder's hidden layers."""
    return "relu" if validated.get("mode") == "VAE" else "logistic"


def data(validated: dict) -> Literal["font", "images"]:
    """What a mode learns by itself."""
    return "images" if validated.get("mode") == "VAE" else "font"


def is_in_batches(validated: dict) -> bool:
    """Whether training goes in batches by itself."""
    return validated.get("mode") == "VAE" or validated.get("data") == "images"


def learning_rate(validated: dict) -> float:
    """A sound one for the minimizer."""
    rates = BATCH_LEARNING_RATES if is_in_batches(validated) else DEFAULT_LEARNING_RATES
    return rates.get(validated["minimizer"], rates["adam"])


def epsilon(validated: dict) -> float:
    """The one that the minimizer is known with."""
    if validated.get("mode") == "VAE":
        return KERAS_EPSILON
    return EPSILONS.get(validated.get("minimizer", "adam"), EPSILONS["adam"])


def batch_size(validated: dict) -> int | None:
    """Examples in a step; None for all."""
    if validated.get("mode") == "VAE":
        return VAE_BATCH_SIZE
    scipy = validated.get("minimizer") in SCIPY_MINIMIZERS
    return BATCH_SIZE if is_in_batches(validated) and not scipy else None


def noisy_copies(validated: dict) -> int:
    """Noisy examples of each picture."""
    return 1 if validated.get("data") == "images" else 5


def precision(validated: dict) -> Literal["float64", "float32"]:
    """Of the NumPy network."""
    scipy = validated.get("minimizer") in SCIPY_MINIMIZERS
    return "float32" if validated.get("data") == "images" and not scipy else "float64"
