"""Values that do not go together: what is wrong with one, given the keys that come before its own."""

from collections.abc import Callable
from typing import Any

from runner.config.axes import has_ranges
from runner.config.defaults import SCIPY_MINIMIZERS

Given = dict[str, Any]


def disagreement(key: str, value: Any, given: Given) -> str | None:
    """What is wrong with the value of a key beside those `given`, with the remedy; None if nothing is."""
    return RULES[key](value, given)


def _minimizer(minimizer: str, given: Given) -> str | None:
    if given.get("mode") == "VAE" and minimizer in SCIPY_MINIMIZERS:
        return 'mode VAE cannot use it; write "adam" or "rmsprop" instead'
    return None


def _characters(characters: str | None, given: Given) -> str | None:
    if characters is not None and given.get("font_subset_size") is not None:
        return "give either characters or font_subset_size, and null for the other"
    return None


def _fresh_noise(is_fresh: bool, given: Given) -> str | None:
    if is_fresh and given.get("mode") == "DAE" and _is_scipys(given):
        return "SciPy's minimizers need the same examples in every epoch; write false"
    return None


def _latent_noise(noise: float, given: Given) -> str | None:
    if noise and _is_scipys(given):
        return "SciPy's minimizers need the same codes in every step; write 0"
    return None


def _fixed_bias(fixed_bias: float, given: Given) -> str | None:
    if fixed_bias and given.get("bias") and given.get("mode") != "VAE":
        return "a trained bias takes in any number; write 0, or bias=false"
    return None


def _generate(points: list[list[float]], given: Given) -> str | None:
    size = given.get("latent_layer_neurons")
    if size is not None and any(len(point) != size for point in points):
        return f"each point needs {size} numbers, as latent_layer_neurons says"
    return None


def _exact_posterior_epochs(epochs: int, given: Given) -> str | None:
    if not epochs or given.get("mode") != "VAE":
        return None
    if given.get("latent_layer_neurons", 1) > 2:
        return "the posterior is known for one or two latent neurons; write 0"
    if given.get("conditional"):
        return "a network that is given the class cannot use it; write 0"
    return None


def _samples(samples: int | None, given: Given) -> str | None:
    if samples is None and has_ranges(given.get("sweep", [])):
        return "the ranges in sweep need the number of points to draw; write one, such as 64"
    return None


def _precision(precision: str, given: Given) -> str | None:
    if precision == "float32" and _is_scipys(given):
        return "SciPy's minimizers need double precision; write float64"
    return None


def _is_scipys(given: Given) -> bool:
    return given.get("minimizer") in SCIPY_MINIMIZERS


# A key that is not among them goes with whatever others are.
RULES: dict[str, Callable[[Any, Given], str | None]] = {
    "minimizer": _minimizer,
    "characters": _characters,
    "fresh_noise": _fresh_noise,
    "latent_noise": _latent_noise,
    "fixed_bias": _fixed_bias,
    "generate": _generate,
    "exact_posterior_epochs": _exact_posterior_epochs,
    "samples": _samples,
    "precision": _precision,
}
