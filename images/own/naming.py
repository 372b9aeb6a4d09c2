"""Names of files and of classes: in the order in which people count, and as text that can be written."""

import re
from pathlib import Path, PurePath

MOST_EXAMPLES, MOST_NAMES = 3, 12
DIGITS = re.compile(r"([0-9]+)")


def natural(name: str) -> tuple[list[str | int], str]:
    """What to sort names by so that p1, p2 and p10 stand in this order."""
    parts = DIGITS.split(name)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], name


def natural_path(path: PurePath) -> list[tuple[list[str | int], str]]:
    """What to sort paths by: folder by folder in natural order."""
    return [natural(part) for part in path.parts]


def in_words(name: str) -> str:
    """A name as text: bytes that are no UTF-8 and characters that cannot be seen are written out."""
    text = name.encode(errors="backslashreplace").decode()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def some_of(names: list[str], most: int = MOST_NAMES) -> str:
    """`a, b, c and 37 more`: the first of many names, and how many more there are."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def with_examples(reason: str, paths: list[Path]) -> list[str]:
    """`reason: 12 (a.txt, b.txt, c.txt and 9 more)`; nothing for no paths."""
    names = [in_words(path.name) for path in paths]
    return [f"{reason}: {len(names):,} ({some_of(names, MOST_EXAMPLES)})"] if names else []


def names_of(paths: list[PurePath], pages: list[int | None]) -> list[str]:
    """What to call each picture, given its path inside the folder and its page, if the file has several.

    The file name without ending; if two are equal, behind their classes; if need be with ending.
    """
    names: list[str] = []
    for form in (_stem, _class_and_stem, PurePath.as_posix):
        names = [
            in_words(form(path)) + (f" #{page}" if page else "")
            for path, page in zip(paths, pages, strict=True)
        ]
        if len(set(names)) == len(names):
            break
    return names


def _stem(path: PurePath) -> str:
    return path.stem


def _class_and_stem(path: PurePath) -> str:
    return path.with_suffix("").as_posix()
