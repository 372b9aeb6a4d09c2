"""What is allowed, in words: a sentence for each kind of mistake that pydantic finds in a config."""

import re
from typing import Any

from pydantic import ValidationError

from runner.config.errors import did_you_mean, listed, shown
from runner.config.keys import Config, kind_of
from runner.config.strict_json import parse_json

Place = tuple[int | str, ...]  # a key, and where inside its value

# By pydantic's name of the mistake, with its limits in braces.
SENTENCES = {
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number, neither infinite nor NaN",
    "string_type": 'must be a text in "quotes"',
    "list_type": "must be a list",
    "dict_type": 'must be an object such as {{"seed": [0, 1, 2]}}',
    "model_type": 'must be an object such as {{"error": 17.68, "source": "the slides"}}',
    "greater_than": "must be greater than {gt:,.10g}",
    "greater_than_equal": "must be at least {ge:,.10g}",
    "less_than_equal": "must be at most {le:,.10g}",
    "string_too_short": "must not be empty",
    "too_short": "must have at least {min_length} item",
    "too_long": "must have at most {max_length} items",
    "value_error": "{error}",
}
# Of a kind that no key knows today.
OTHERWISE = "is not allowed; docs/config.md says what is"
OF_TYPES = {"bool_type", "int_type", "float_type", "string_type", "list_type", "model_type"}
TRUTHS = {"true": "true", "yes": "true", "on": "true", "1": "true"}
TRUTHS |= {"false": "false", "no": "false", "off": "false", "0": "false"}


def sentence(place: Place, problem: Any) -> str:
    """What was given and what is allowed instead, for pydantic's `problem` at a place in the config."""
    kind, given, key = problem["type"], problem["input"], str(place[0])
    if kind == "missing":
        return "missing; write it too"
    if kind == "literal_error":
        near = did_you_mean(given, kind_of(key).names) if isinstance(given, str) else ""
        return f"got {shown(given)}; must be {listed(map(shown, kind_of(key).names), 'or')}{near}"
    if kind == "float_type" and isinstance(given, int) and not isinstance(given, bool):
        return f"got {shown(given)}; is too large for a number"
    if kind == "too_short" and isinstance(given, str):
        kind = "string_too_short"
    rule = SENTENCES.get(kind, OTHERWISE).format(**problem.get("ctx", {}))
    if kind in OF_TYPES:
        rule += " or null" if len(place) == 1 and kind_of(key).may_be_null else ""
        rule += _instead(kind, given, place)
    return f"got {shown(given)}; {rule}"


def _instead(kind: str, given: Any, place: Place) -> str:
    """What was probably meant, as the end of a sentence; nothing that would be refused as well."""
    if given is None:
        return "; leave it out for its default" if len(place) == 1 else ""
    if place[0] == "generate" and kind == "list_type":
        return ", with a list for each point: write [[0, 0.2], [1, 0.2]]"
    guesses = [
        *MEANT.get(kind, _nothing)(given),
        *(["null"] if given == "None" and len(place) == 1 else []),
    ]
    taken = next((guess for guess in guesses if len(place) > 1 or _is_taken(str(place[0]), guess)), None)
    return f": write {taken}" if taken else ""


def _is_taken(key: str, text: str) -> bool:
    """Whether a key takes the value of a JSON text."""
    try:
        Config.model_validate({key: parse_json(text)})
    except (ValidationError, ValueError):
        return False
    return True


def _truths(given: Any) -> list[str]:
    return [TRUTHS[word] for word in [shown(given).strip('"').casefold()] if word in TRUTHS]


def _numbers(given: Any) -> list[str]:
    """The number in a text, which may have a decimal comma."""
    text = given.strip().replace(",", ".") if isinstance(given, str) else ""
    return [text] if re.fullmatch(r"-?\d+(\.\d+)?", text) else []


def _whole_numbers(given: Any) -> list[str]:
    return [given.strip()] if isinstance(given, str) and given.strip().isdecimal() else []


def _lists(given: Any) -> list[str]:
    """Lists of what was given without brackets, or with quotes around them."""
    if isinstance(given, str):
        return [given if given.startswith("[") else f"[{given}]"]
    return [f"[{shown(given)}]"]


def _nothing(given: Any) -> list[str]:
    return []


# What may have been meant where something of another type is wanted, as JSON.
MEANT = {"bool_type": _truths, "float_type": _numbers, "int_type": _whole_numbers, "list_type": _lists}
