"""The one class for mistakes of the user, and the sentence that points to the nearest name."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any


class UserError(Exception):
    """Something the user can mend; the message says what, where and how, and needs no traceback."""


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """` (did you mean "x"?)` for the nearest allowed name, or nothing if none is near."""
    spelled = {name.casefold(): name for name in allowed}
    near = get_close_matches(given.casefold(), spelled, n=1)
    return f' (did you mean "{spelled[near[0]]}"?)' if near else ""


def shown(value: Any) -> str:
    """A value as Python writes it, cut to a readable length."""
    try:
        text = repr(value)
    except ValueError:  # an integer with more digits than Python prints
        text = "an enormous integer"
    return text if len(text) <= 60 else text[:57] + "…"


def printable(name: str) -> str:
    """A key of the user's, safe for a terminal."""
    return "".join(c if c.isprintable() else "?" for c in name[:80])
