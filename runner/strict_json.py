"""JSON as RFC 8259 has it; Python's own reader also accepts NaN, infinities and repeated keys."""

import json
import math
from pathlib import Path

from runner.errors import UserError

LARGEST_FILE = 1_000_000


class _Mistake(ValueError):
    pass


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
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _Mistake(f"not valid JSON: {error.msg} ({place})") from None
    except RecursionError:
        raise _Mistake("nested too deeply") from None
    except _Mistake:
        raise
    except ValueError:  # the only one left: an integer with more digits than Python converts
        raise _Mistake("an integer has too many digits") from None


def _object(pairs):
    keys = dict(pairs)
    if len(keys) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise _Mistake(f"key given twice: {', '.join(twice)}")
    return keys


def _constant(name):
    raise _Mistake(f"{name} is not a JSON number")


def _float(digits):
    number = float(digits)
    if math.isinf(number):
        raise _Mistake(f"{digits[:40]} is too large for a number")
    return number
