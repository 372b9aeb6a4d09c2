"""What is wrong with a config, in words: the key, what was given, what is allowed."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from runner.config.errors import listed, printable
from runner.config.keys import Config, kind_of
from runner.config.sentences import Place, sentence
from runner.config.spelling import meant
from runner.config.values import Published


@dataclass(frozen=True)
class Problem:
    """Something wrong with a key, as a line that begins with its name."""

    key: str
    text: str


def problems_of(error: ValidationError) -> list[Problem]:
    """One for each thing that is wrong."""
    found = []
    for problem in error.errors(include_url=False):
        if problem["type"] == "default_factory_not_called":
            continue  # follows from another problem
        place = problem["loc"]
        key = printable(".".join(map(str, place)))
        is_unknown = problem["type"] == "extra_forbidden"
        said = _unknown(place, problem["input"]) if is_unknown else sentence(place, problem)
        found.append(Problem(str(place[0]), f"{key}: {said}"))
    return found


def _unknown(place: Place, value: Any) -> str:
    """What to say of a key that there is not."""
    name, is_inside = str(place[-1]), len(place) > 1
    if isinstance(value, dict) and not is_inside:
        return f"unknown key; blocks of keys are called {listed(kind_of('mode').names)}"
    return f"unknown key{meant(name, Published.model_fields if is_inside else Config.model_fields)}"
