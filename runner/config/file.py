"""From a config file and overrides to a `Config`, or to one message with everything that is wrong."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from runner.config.blocks import Sources, block_problems, by_key, split_blocks, unused_problems
from runner.config.errors import UserError, did_you_mean, printable, shown
from runner.config.keys import Config, Published, choices
from runner.config.strict_json import read_json

MOST_PROBLEMS = 100


def load_config(path: str | Path | None = None, overrides: dict[str, Any] | None = None) -> Config:
    """The config of the file at `path` with `overrides` on top; without a path, of the overrides alone.

    The block of the chosen mode is laid over the keys beside it, and the overrides over both. Raises
    UserError with every problem at once.
    """
    if path is None:
        return _validated(Sources({}, {}, by_key(overrides or {}, "the config")), "the config")
    given = by_key(read_json(Path(path)), str(path))
    given.pop("$schema", None)
    beside, blocks = split_blocks(given)
    sources = Sources(beside, blocks, by_key(overrides or {}, "the command line"))
    config = _validated(sources, str(path))
    if problems := unused_problems(sources, config):
        raise _complaint(str(path), problems)
    return config


def _validated(sources: Sources, place: str) -> Config:
    if not all(map(_is_text, (sources.beside, sources.blocks, sources.overrides))):
        raise UserError(f"{place}: holds half a surrogate pair (\\ud800…\\udfff), which is no character")
    problems = block_problems(sources)
    try:
        config = Config.model_validate(sources.flat)
    except ValidationError as error:
        raise _complaint(place, [*_problems(error), *problems]) from None
    for mode in sources.other_modes:
        problems += _problems_of_block(sources, mode)
    if problems:
        raise _complaint(place, problems)
    return config


def _problems_of_block(sources: Sources, mode: str) -> list[str]:
    """What is wrong with a block that is not chosen, as if it were."""
    try:
        Config.model_validate(sources.flat_for(mode))
    except ValidationError as error:
        block = sources.blocks[mode]
        return _problems(error, lambda key: key in block, f"{mode}.")
    return []


def _complaint(place: str, lines: list[str]) -> UserError:
    count = "a problem" if len(lines) == 1 else f"{len(lines)} problems"
    if len(lines) > MOST_PROBLEMS:
        lines = [*lines[:MOST_PROBLEMS], f"  … and {len(lines) - MOST_PROBLEMS} more"]
    return UserError("\n".join([f"{place} has {count}:", *lines]))


def _is_text(value: Any) -> bool:
    """Whether all strings in `value` can be written to a file."""
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    except ValueError:  # an integer too long to print, which its key will refuse
        return True
    return True


def _problems(
    error: ValidationError, is_of_concern: Callable[[str], bool] = lambda key: True, prefix: str = ""
) -> list[str]:
    """One indented line for each problem of the keys that are of concern: key, what was given, the rule."""
    lines = []
    for problem in error.errors(include_url=False, include_context=False):
        if problem["loc"] and not is_of_concern(str(problem["loc"][0])):
            continue
        key = prefix + printable(".".join(str(part) for part in problem["loc"]))
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
                lines.append(f"  {key}: got {shown(given)}; {rule}{hint}")
            case _:
                lines.append(f"  {key}: got {shown(given)}; {rule}")
    return lines
