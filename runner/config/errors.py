"""The one class for mistakes of the user, and the sentence that points to the nearest name."""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

MOST_NAMES = 12


class UserError(Exception):
    """Something the user can mend; the message says what, where and how, and needs no traceback."""


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """` (did you mean "x"?)` for the nearest allowed name, or nothing if none is near."""
    spelled = {name.casefold(): name for name in allowed}
    near = get_close_matches(given.casefold(), spelled, n=1)
    return f' (did you mean "{spelled[near[0]]}"?)' if near else ""


def shown(value: Any) -> str:
    """A value as JSON writes it, safe for a terminal and cut to a readable length."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, TypeError, RecursionError):  # of more digits or brackets than can be printed
        return "something enormous"
    escaped = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:60])
    return escaped if len(text) <= 60 else escaped[:57] + "…"


def printable(name: str) -> str:
    """A key of the user's, safe for a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name[:80])


def listed(names: Iterable[str], last: str = "and") -> str:
    """`a, b and c`; of more than a dozen names the first, and how many more there are."""
    all_names = list(names)
    more = len(all_names) - MOST_NAMES
    *first, final = [*all_names[:MOST_NAMES], f"{more} more"] if more > 0 else all_names
    return f"{', '.join(first)} {last} {final}" if first else final
