"""How many cores of the processor a training may use: all that there are, or fewer if somebody says so.

No bit of a result depends on them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_limits: list[int] = []


def there_are() -> int:
    """The cores that the system gives this process."""
    if hasattr(os, "sched_getaffinity"):  # Linux, where it may be fewer than the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def available() -> int:
    """The cores that may be used."""
    return min([there_are(), *_limits])


def are_limited() -> bool:
    """Whether somebody said how many."""
    return bool(_limits)


@contextmanager
def at_most(count: int | None) -> Iterator[None]:
    """Inside, no more than so many are used; None says nothing."""
    before = _limits[:]
    _limits[:] = [*before, *filter(None, [count])]
    try:
        yield
    finally:
        _limits[:] = before
