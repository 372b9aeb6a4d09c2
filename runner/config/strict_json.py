"""JSON as RFC 8259 has it; Python's own reader also accepts NaN, infinities and repeated keys."""

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.config.errors import UserError, listed, printable

LARGEST_FILE = 1_000_000
# What begins where a value or a name should.
INSTEAD = {
    "//": "JSON has no comments; the key note takes a remark",
    "/*": "JSON has no comments; the key note takes a remark",
    "#": "JSON has no comments; the key note takes a remark",
    "True": "write true",
    "False": "write false",
    "None": "write null",
    "'": 'texts stand between "double quotes"',
    ".": "a number begins with a digit: write 0.1",
}
# What Python's reader calls a mistake, and what we do.
FAULTS = {
    "Expecting value": "a value is missing",
    "Expecting property name": 'a key in "double quotes" is missing',
    "Expecting ':'": "a : is missing behind the key",
    "Expecting ','": "a , or a closing bracket is missing",
    "Extra data": "something stands behind the end; take it away",
    "Unterminated string": 'a text begins and its closing " is missing',
    "Invalid control character": "a text goes over the end of its line, or holds a tab; write \\n or \\t",
    "Invalid \\": "a backslash stands alone; write \\\\, or in a path /",
}


class _Mistake(ValueError):
    pass


@dataclass(frozen=True)
class _NoNumber:
    """Stands for what Python's reader would take as a number, until the key it belongs to is known."""

    rule: str


def read_json(path: Path):
    """The value in the file at `path`. Raises UserError, naming the file, for anything but clean JSON."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise UserError(f"{path}: larger than {LARGEST_FILE:,} bytes; that is no config")
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{path}: no such file") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UserError(f"{path}: not UTF-8 text; save it with that encoding") from None
    try:
        return parse_json(text)
    except ValueError as error:
        raise UserError(f"{path}: {error}") from None


def parse_json(text: str):
    """The value of a JSON text. Raises ValueError with a sentence for the user."""
    if not text.strip():
        raise _Mistake("empty; write a JSON object such as {}")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=lambda name: _NoNumber(f"{name} is not a JSON number"),
            parse_float=_float,
            parse_int=_integer,
        )
        if problem := _no_number_in(value):
            raise _Mistake(problem.rule)
        return value
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _Mistake(f"not valid JSON: {_advice(text, error)} ({place})") from None
    except RecursionError:
        raise _Mistake("nested too deeply") from None


def _advice(text: str, error: json.JSONDecodeError) -> str:
    """What is wrong at the place of an error, or what to write instead of what other languages allow."""
    before, after = text[: error.pos].rstrip(), text[error.pos :].lstrip()
    # Python up to 3.12 finds a comma too many at what follows it.
    if (after[:1] in ("}", "]") and before[-1:] == ",") or re.match(r",\s*[}\]]", after):
        return "take the last comma away"
    for start, advice in INSTEAD.items():
        if after.startswith(start):
            return advice
    return next((said for start, said in FAULTS.items() if error.msg.startswith(start)), "cannot be read")


def _object(pairs):
    for key, value in pairs:
        if problem := _no_number_in(value):
            raise _Mistake(f"{printable(key)}: {problem.rule}")
    keys = dict(pairs)
    if len(keys) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise _Mistake(f"key given twice: {listed(map(printable, twice))}")
    return keys


def _no_number_in(value: Any) -> _NoNumber | None:
    """The first one in a value or in a list of lists; objects were looked through when they were read."""
    if isinstance(value, list):
        return next(filter(None, map(_no_number_in, value)), None)
    return value if isinstance(value, _NoNumber) else None


def _float(digits: str) -> float | _NoNumber:
    number = float(digits)
    return _NoNumber(f"{digits[:40]} is too large for a number") if math.isinf(number) else number


def _integer(digits: str) -> int | _NoNumber:
    try:
        return int(digits)
    except ValueError:  # more digits than Python converts
        return _NoNumber("an integer has too many digits")
