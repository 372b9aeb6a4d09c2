"""In which keys the configs of runs differ."""

from collections.abc import Iterable
from typing import Any

from runner.compare.measures import REMARKS


def differing_keys(configs: Iterable[dict[str, Any]]) -> list[str]:
    """The keys that have not the same value in all configs that have them, in their order; no remarks."""
    first: dict[str, Any] = {}
    differing = set(REMARKS)
    for config in configs:
        for key, value in config.items():
            if key not in differing and not _are_same(first.setdefault(key, value), value):
                differing.add(key)
    return [key for key in first if key in differing and key not in REMARKS]


def _are_same(one: Any, other: Any) -> bool:
    """Whether two values say the same: true is not 1, in lists neither."""
    if one != other or type(one) is not type(other):
        return False
    return not isinstance(one, list | dict) or repr(one) == repr(other)
