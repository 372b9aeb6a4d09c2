"""The runs of a sweep: the product of its axes, each laid over the rest of the config."""

import math
import re
from dataclasses import dataclass
from itertools import product
from typing import Any

from runner.compare.comparison import cell_of, value_text
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config, exact_key
from runner.config.paths import short_names
from runner.config.usage import unused_because
from runner.config.values import Range
from runner.sweep.samples import drawn

MOST_RUNS = 100_000
LONGEST_NAME = 60


@dataclass(frozen=True)
class PlannedRun:
    """One run of a sweep: what it sets, and the config that results, or why there is none."""

    name: str
    given: dict[str, Any]  # the keys of the sweep's config and of the overlay, before defaults
    config: Config | None
    problem: str | None


def sweep_keys(config: Config) -> list[str]:
    """The keys that the axes of a sweep set, in their order."""
    return [exact_key(key) for axis in config.sweep for key in axis]


def planned_runs(config: Config) -> list[PlannedRun]:
    """Every run of the sweep of `config`, the last axis changing fastest.

    Raises UserError if there are too many, if two axes set the same key, or if no run is possible.
    """
    keys = sweep_keys(config)
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise UserError(f"sweep: two axes set {twice}; put its values into one list")
    if "sweep" in keys:
        raise UserError("sweep: an axis cannot set sweep; add another axis instead")
    axes = _axes(config)
    count = math.prod(map(len, axes))
    if count > MOST_RUNS:
        raise UserError(f"sweep: its axes give {count:,} runs; at most {MOST_RUNS:,} are allowed")
    base = config.model_dump(exclude_unset=True, exclude={"sweep", "samples"})
    overlays = product(*axes)
    digits = len(str(count))
    runs = [
        _planned(f"{number:0{digits}}", base, {key: value for part in parts for key, value in part.items()})
        for number, parts in enumerate(overlays, start=1)
    ]
    if all(run.config is None for run in runs):
        raise UserError(f"sweep: none of its runs is possible; the first: {runs[0].problem}")
    _refuse_what_no_run_uses(keys, [run.config for run in runs if run.config])
    return runs


def _refuse_what_no_run_uses(keys: list[str], configs: list[Config]) -> None:
    """Raise UserError for an axis of which nothing would come."""
    for key in keys:
        if not any(unused_because(key, config) is None for config in configs):
            raise UserError(f"sweep: {key}: {unused_because(key, configs[0])}")


def _axes(config: Config) -> list[list[dict[str, Any]]]:
    """What each place on each axis sets; the ranges of all axes are one, at the place of the first."""
    pairs = [(exact_key(key), values) for axis in config.sweep for key, values in axis.items()]
    ranges = {key: values for key, values in pairs if isinstance(values, Range)}
    _refuse_impossible_ends(ranges)
    axes = []
    for axis in config.sweep:
        lists = {key: values for key, values in axis.items() if isinstance(values, list)}
        if lists:
            axes.append(_settings(lists))
        elif config.samples and exact_key(next(iter(axis))) == next(iter(ranges)):
            axes.append(drawn(ranges, config.samples, config.seed))
    return axes


def _refuse_impossible_ends(ranges: dict[str, Range]) -> None:
    """Raise UserError if the first or the last number of a range can be no value of its key."""
    for key, limits in ranges.items():
        for end in (limits.first, limits.last):
            try:
                load_config(None, {key: end})
            except UserError as error:
                raise UserError(f"sweep: {str(error).splitlines()[1].strip()}") from None


def _settings(axis: dict[str, list]) -> list[dict[str, Any]]:
    """What each place on an axis sets."""
    keys = map(exact_key, axis)
    columns = [[(key, value) for value in values] for key, values in zip(keys, axis.values(), strict=True)]
    return [dict(pairs) for pairs in zip(*columns, strict=True)]


def _planned(number: str, base: dict[str, Any], overlay: dict[str, Any]) -> PlannedRun:
    given = {**base, **overlay}
    values = {key: value_text(cell_of(value, short_names([value]))) for key, value in overlay.items()}
    words = [number, *(f"{key}-{text}" for key, text in values.items())]
    name = re.sub(r"[^\w.+-]+", "-", "_".join(words), flags=re.ASCII)[:LONGEST_NAME].rstrip("-_.")
    try:
        return PlannedRun(name, given, load_config(None, given), None)
    except UserError as error:
        # The first line says that there are problems, each of the others what one of them is.
        problems = [line.strip() for line in str(error).splitlines()[1:]]
        return PlannedRun(name, given, None, "; ".join(problems))
