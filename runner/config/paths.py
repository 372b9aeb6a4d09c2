"""Paths in a config: looked for beside it, then in the working folder, and kept absolute.

So a config says the same wherever it is run from, and so does the one that a run leaves behind.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from runner.config.keys import IMAGE_SETS, exact_key
from runner.config.spelling import plain
from runner.config.values import as_text

FONTS = Path(__file__).parents[2] / "fonts"
# An outline font may be followed by its size in pixels and how to draw it: `DejaVuSans.ttf:12:grey`.
WITH_SIZE = re.compile(r"(.+?)((?::\d+|:gr[ea]y|:face=\d+)+)\Z", re.DOTALL)


def located(keys: dict[str, Any], *folders: Path) -> dict[str, Any]:
    """The same keys, each path in them absolute: the first that is there in one of the `folders`.

    Names such as `font2` or `mnist` stay names, and what is not there stays as it is written, for
    whoever reads it to complain about. Keys are exact, but for those in the axes of a sweep.
    """
    return {key: _located(key, value, folders) for key, value in keys.items()}


def short_names(values: Iterable[Any]) -> dict[str, str]:
    """For each absolute path among some values, or in lists of them, the shortest end no other has."""
    texts = [part for value in values for part in (value if isinstance(value, list) else [value])]
    paths = {text: Path(text).parts for text in texts if isinstance(text, str) and Path(text).is_absolute()}
    names: dict[str, str] = {}
    length = 1
    while len(names) < len(paths):
        ends = {text: "/".join(parts[-length:]) for text, parts in paths.items()}
        counts = Counter(ends.values())
        alone = {text: end for text, end in ends.items() if counts[end] == 1 or length > len(paths[text])}
        names, length = {**alone, **names}, length + 1
    return names


def _located(key: str, value: Any, folders: tuple[Path, ...]) -> Any:
    if key == "sweep" and isinstance(value, list):
        return [_axis(axis, folders) for axis in value]
    if key not in PATH_KEYS:
        return value
    if isinstance(value, list):
        return [_path(key, part, folders) for part in value]
    return _path(key, value, folders)


def _axis(axis: Any, folders: tuple[Path, ...]) -> Any:
    """An axis of a sweep, each value of its keys located."""
    if not isinstance(axis, dict):
        return axis
    return {
        key: [_located(exact_key(key), value, folders) for value in values]
        if isinstance(values, list)
        else values
        for key, values in axis.items()
    }


def _path(key: str, value: Any, folders: tuple[Path, ...]) -> Any:
    """The absolute path that a value means; one that means none as it is."""
    name = as_text(value)
    if not isinstance(name, str) or not name or PATH_KEYS[key](name):
        return value
    for file, size in [(name, ""), *WITH_SIZE.findall(name)]:
        for folder in folders:
            if path := existing(folder, file):
                return f"{path}{size}"
    return value


def existing(folder: Path, name: str) -> Path | None:
    """The absolute path of a file or folder in `folder`; None if it is not there."""
    try:
        path = folder.absolute() / Path(name).expanduser()
        return path if path.exists() else None
    except (OSError, RuntimeError, ValueError):  # no name that a file can have, no such user
        return None


def _is_font(name: str) -> bool:
    return name.casefold() in {path.stem.casefold() for path in FONTS.glob("*.bdf")}


def _is_image_set(name: str) -> bool:
    return plain(name) in map(plain, IMAGE_SETS)


# The keys that may hold paths, and whether a text is a name there.
PATH_KEYS = {"font_set": _is_font, "vae_dataset": _is_image_set}
