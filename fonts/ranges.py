"""Characters as a person writes them: `aben`, `A-Z`, `A-Za-z0-9`.

A hyphen between two characters is a range, unless a range ends right before it; anywhere else it is itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from fonts.errors import FontError
from fonts.names import code_points

PART = re.compile(r"(?P<first>.)-(?P<last>.)|(?P<one>.)", re.DOTALL)


@dataclass(frozen=True)
class Range:
    """All characters from one to another; a single one from itself to itself."""

    first: str
    last: str

    def __iter__(self) -> Iterator[str]:
        return (
            chr(code) for code in range(ord(self.first), ord(self.last) + 1) if not 0xD800 <= code < 0xE000
        )

    def __len__(self) -> int:
        return ord(self.last) - ord(self.first) + 1

    def __contains__(self, character: str) -> bool:
        return len(character) == 1 and self.first <= character <= self.last

    def __str__(self) -> str:
        first, last = (c if c.isprintable() else code_points(c) for c in (self.first, self.last))
        return first if len(self) == 1 else f"{first}-{last}"


def ranges(texts: Iterable[str]) -> list[Range]:
    """The ranges in some texts, in order. Raises FontError for one that runs backwards or overlaps one."""
    found = []
    for text in texts:
        for part in PART.finditer(text):
            first, last = (part["first"], part["last"]) if part["first"] else (part["one"], part["one"])
            if first > last:
                raise FontError(f"the range {part[0]!r} runs backwards; write {last}-{first}")
            found.append(Range(first, last))
    ordered = sorted(found, key=lambda part: part.first)
    for one, other in pairwise(ordered):
        if other.first in one:
            raise FontError(f"{other.first!r} is named twice, in {one} and in {other}")
    return found
