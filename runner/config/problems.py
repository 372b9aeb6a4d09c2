"""What is wrong with a config, in words: the key, what was given, what is allowed."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from runner.config.errors import did_you_mean, printable, shown
from runner.config.keys import Config, choices
from runner.config.values import Published

# What people write for a key of ours.
OTHER_NAMES = {
    "neurons_per_layer": ("neurons", "layers", "hidden", "hidden_layers", "units"),
    "latent_layer_neurons": ("latent", "latent_size", "latent_dim", "latent_neurons", "bottleneck", "z"),
    "learning_rate": ("lr", "rate", "eta"),
    "minimizer": ("optimizer", "method"),
    "font_set": ("font", "fonts"),
    "vae_dataset": ("dataset", "data_set", "images"),
    "batch_size": ("batch",),
    "noise_probability": ("p", "probability", "noise_level"),
    "initialization": ("init", "initializer"),
    "encoder_activation": ("activation",),
}
PYTHONS_WORDS = {"True": "true", "False": "false", "None": "null"}


@dataclass(frozen=True)
class Problem:
    """Something wrong with a key, as a line that begins with its name."""

    key: str
    text: str


def problems_of(error: ValidationError) -> list[Problem]:
    """One for each thing that is wrong."""
    found = []
    for problem in error.errors(include_url=False, include_context=False):
        if problem["type"] == "default_factory_not_called":
            continue  # follows from another problem
        path = [str(part) for part in problem["loc"]]
        key = printable(".".join(path))
        found.append(Problem(path[0] if path else "", f"{key}: {_said(key, problem)}"))
    return found


def _said(key: str, problem: Any) -> str:
    """What was given and what is allowed."""
    given, rule = problem["input"], problem["msg"].removeprefix("Value error, ")
    rule = re.sub(r"^(Input|String|List) should", "must", rule)
    match problem["type"]:
        case "extra_forbidden":
            return f"unknown key{_meant(key, len(problem['loc']) > 1)}"
        case "missing":
            return "missing"
        case "literal_error":
            return f"got {shown(given)}; {rule}{did_you_mean(str(given), choices(key))}"
        case "list_type" if isinstance(given, int | float):
            return f"got {shown(given)}; must be a list: write [{given}]"
    if isinstance(given, str) and given in PYTHONS_WORDS:
        return f"got {shown(given)}; write {PYTHONS_WORDS[given]}"
    return f"got {shown(given)}; {rule}"


def _meant(key: str, is_inside: bool) -> str:
    """The key that was probably meant, as the end of a sentence."""
    name = key.rsplit(".", maxsplit=1)[-1]
    ours = [own for own, others in OTHER_NAMES.items() if name.casefold() in others]
    if ours and not is_inside:
        return f'; here it is called "{ours[0]}"'
    return did_you_mean(name, Published.model_fields if is_inside else Config.model_fields)
