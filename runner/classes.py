"""Classes as a person names them: `digit 3`, `3`, or the place of a class among all."""

import re
from collections.abc import Sequence

MOST_NAMED = 12


def label_of(name: str, class_names: Sequence[str]) -> int | None:
    """The label of the class that is named so, in any case; None if none is."""
    plain = name.strip().casefold()
    known = [class_name.casefold() for class_name in class_names]
    if plain in known:
        return known.index(plain)
    short = list(map(short_name, known))
    if plain in short:
        return short.index(plain)
    return int(plain) if plain.isdecimal() and int(plain) < len(known) else None


def short_name(class_name: str) -> str:
    """`3` for `digit 3` and `class 3`; any other as it is."""
    return re.sub(r"^(digit|class) (?=-?\d+$)", "", class_name)


def listed_classes(class_names: Sequence[str]) -> str:
    """The classes in a sentence, of very many the first."""
    more = f" and {len(class_names) - MOST_NAMED:,} more" if len(class_names) > MOST_NAMED else ""
    return ", ".join(class_names[:MOST_NAMED]) + more
