"""The axes of a sweep: lists of values, or ranges of numbers."""

from collections.abc import Mapping

from runner.config.errors import printable
from runner.config.kinds import Kind
from runner.config.spelling import exact, meant
from runner.config.values import AxisValues, Range

Axis = dict[str, AxisValues]


def has_ranges(axes: list[Axis]) -> bool:
    """Whether an axis of a sweep is to be drawn from."""
    return any(isinstance(values, Range) for axis in axes for values in axis.values())


def mistake_in(axis: Axis, kinds: Mapping[str, Kind]) -> str | None:
    """What is wrong with an axis, if anything is; `kinds` are those of all keys."""
    unknown = [key for key in axis if exact(key, kinds) not in kinds]
    if unknown:
        return f'unknown key "{printable(unknown[0])}"{meant(unknown[0], kinds)}'
    ranges = [key for key, values in axis.items() if isinstance(values, Range)]
    numberless = [key for key in ranges if not kinds[exact(key, kinds)].is_number]
    if numberless:
        return f"{printable(numberless[0])} takes no range, only a list of values"
    lengths = {len(values) for values in axis.values() if isinstance(values, list)}
    if ranges and lengths:
        return "an axis has lists or ranges; give each kind an axis of its own"
    if not ranges and (len(lengths) != 1 or 0 in lengths):
        return "the lists of one axis need the same length, at least 1"
    return None
