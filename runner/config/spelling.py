"""How values may be written: names in any case, whole numbers as 1e3, and what others call a thing."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from runner.config.errors import did_you_mean

# What people write for a name of ours, by key; keys of activations share theirs.
SYNONYMS = {
    "mode": {"ae": "DEFAULT", "autoencoder": "DEFAULT", "denoising": "DAE", "variational": "VAE"},
    "minimizer": {"sgd": "gradient_descent", "gd": "gradient_descent", "lbfgsb": "lbfgs", "bfgs": "lbfgs"},
    "loss": {
        "mse": "squared_error",
        "mae": "absolute_error",
        "l1": "absolute_error",
        "bce": "cross_entropy",
        "binarycrossentropy": "cross_entropy",
    },
    "activation": {"sigmoid": "logistic", "swish": "silu", "identity": "linear", "sin": "sine"},
    "initialization": {"xavier": "glorot", "kaiming": "he"},
    "data": {"fonts": "font", "image": "images"},
    "image_colors": {"gray": "grey", "colour": "color", "colors": "color", "rgb": "color"},
}

# What people write for a key of ours.
OTHER_NAMES = {
    "neurons_per_layer": ("neurons", "layers", "hidden", "hidden_layers", "units"),
    "latent_layer_neurons": ("latent", "latent_size", "latent_dim", "latent_neurons", "bottleneck", "z"),
    "learning_rate": ("lr", "rate", "eta"),
    "minimizer": ("optimizer", "method"),
    "font_set": ("font", "fonts"),
    "vae_dataset": ("dataset", "data_set", "images"),
    "batch_size": ("batch",),
    "image_colors": ("colors", "colours", "image_colours", "color", "channels"),
    "noise_probability": ("p", "probability", "noise_level"),
    "initialization": ("init", "initializer"),
    "encoder_activation": ("activation",),
    "epsilon": ("eps",),
    "fixed_bias": ("constant_bias", "bias_value"),
}


def plain(name: str) -> str:
    """A key or name without case, spaces, hyphens and underscores: `Vae dataset` is `vaedataset`."""
    return re.sub(r"[\s_-]+", "", name).casefold()


def exact(name: str, keys: Iterable[str]) -> str:
    """The one of the `keys` that is written so; a name that is none stays as it is."""
    return _by_plain_name(tuple(keys)).get(plain(name), name)


@cache
def _by_plain_name(names: tuple[str, ...]) -> dict[str, str]:
    return {plain(name): name for name in names}


def spelled(key: str, name: str, names: tuple[str, ...]) -> str:
    """The one of the `names` of a key that is meant; a name that means none stays as it is."""
    spellings = _by_plain_name(names)
    synonyms = SYNONYMS.get("activation" if key.endswith("_activation") else key, {})
    return spellings.get(plain(name)) or synonyms.get(plain(name), name)


def as_whole(value: Any) -> Any:
    """2000.0 as 2000, in lists too."""
    if isinstance(value, list):
        return [as_whole(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def meant(name: str, keys: Iterable[str]) -> str:
    """The one of the `keys` that was probably meant by an unknown name, as the end of a sentence."""
    allowed = list(keys)
    ours = [
        own for own, others in OTHER_NAMES.items() if own in allowed and plain(name) in map(plain, others)
    ]
    return f'; here it is called "{ours[0]}"' if ours else did_you_mean(name, allowed)
