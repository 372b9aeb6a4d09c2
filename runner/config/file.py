"""From a config file and overrides to a `Config`, or to one message with everything that is wrong."""

import json
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from runner.config.errors import UserError, did_you_mean
from runner.config.keys import Config, Published, choices, exact_key
from runner.config.strict_json import read_json

MOST_PROBLEMS = 100


def load_config(path: str | Path | None = None, overrides: dict[str, Any] | None = None) -> Config:
    """The config of the file at `path` with `overrides` on top; without a path, of the overrides alone.

    Raises UserError with every problem at once.
    """
    given = _by_key(read_json(Path(path)), str(path)) if path is not None else {}
    given.pop("$schema", None)
    given.update(_by_key(overrides or {}, "the command line"))
    place = str(path) if path is not None else "the config"
    if not _is_text(given):
        raise UserError(f"{place}: holds half a surrogate pair (\\ud800…\\udfff), which is no character")
    try:
        return Config.model_validate(given)
    except ValidationError as error:
        lines = _problems(error)
        count = "a problem" if len(lines) == 1 else f"{len(lines)} problems"
        if len(lines) > MOST_PROBLEMS:
            lines = [*lines[:MOST_PROBLEMS], f"  … and {len(lines) - MOST_PROBLEMS} more"]
        raise UserError("\n".join([f"{place} has {count}:", *lines])) from None


def _by_key(values: Any, place: str) -> dict[str, Any]:
    """The same values by the exact names of their keys."""
    if not isinstance(values, dict):
        raise UserError(f"{place}: a config is a JSON object {{…}}, not {_shown(values)}")
    by_key = {exact_key(key): value for key, value in values.items()}
    if len(by_key) < len(values):
        names = [exact_key(key) for key in values]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise UserError(f"{place}: key given twice: {', '.join(map(_printable, twice))}")
    return by_key


def _is_text(value: Any) -> bool:
    """Whether all strings in `value` can be written to a file."""
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    except ValueError:  # an integer too long to print, which its key will refuse
        return True
    return True


def _problems(error: ValidationError) -> list[str]:
    """One indented line for each problem: the key, what was given, what is allowed."""
    lines = []
    for problem in error.errors(include_url=False, include_context=False):
        key = _printable(".".join(str(part) for part in problem["loc"]))
        given = problem["input"]
        rule = problem["msg"].removeprefix("Value error, ")
        rule = re.sub(r"^(Input|String|List) should", "must", rule)
        match problem["type"]:
            case "default_factory_not_called":
                continue  # follows from another problem
            case "extra_forbidden":
                known = Published.model_fields if len(problem["loc"]) > 1 else Config.model_fields
                lines.append(f"  {key}: unknown key{did_you_mean(key.split('.')[-1], known)}")
            case "missing":
                lines.append(f"  {key}: missing")
            case "literal_error":
                hint = did_you_mean(str(given), choices(key))
                lines.append(f"  {key}: got {_shown(given)}; {rule}{hint}")
            case _:
                lines.append(f"  {key}: got {_shown(given)}; {rule}")
    return lines


def _shown(value: Any) -> str:
    """A value as Python writes it, cut to a readable length."""
    try:
        text = repr(value)
    except ValueError:  # an integer with more digits than Python prints
        text = "an enormous integer"
    return text if len(text) <= 60 else text[:57] + "…"


def _printable(name: str) -> str:
    """A key of the user's, safe for a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name[:80])
