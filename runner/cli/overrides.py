"""Keys that are set on the command line: `key=value`."""

import re
from typing import Any

from runner.config.errors import UserError, listed
from runner.config.strict_json import parse_json

# Numbers as people write them and JSON does not: .5 and 5.
NUMBER = re.compile(r"[+-]?(\d+\.|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def overrides_of(words: list[str]) -> dict[str, Any]:
    """The keys to set. Raises UserError for one that is set twice, and for blanks around the sign."""
    pairs = [_override(word) for word in words]
    if any(not key for key, _ in pairs):
        raise UserError("write key=value without blanks around the =, e.g. epochs=100")
    overrides = dict(pairs)
    if len(overrides) < len(pairs):
        keys = [key for key, _ in pairs]
        raise UserError(f"key set twice: {listed(sorted({key for key in keys if keys.count(key) > 1}))}")
    return overrides


def _override(word: str) -> tuple[str, Any]:
    """`key=value`: the value is JSON where it can be read as such, and a bare word otherwise."""
    key, _, text = word.partition("=")
    key = key.strip()
    try:
        return key, parse_json(text)
    except ValueError as error:
        if text[:1] in ("[", "{", '"'):
            raise UserError(f"{key}: {error}") from None
        return key, float(text) if NUMBER.fullmatch(text) else text
