"""Runs side by side: the keys that differ, the numbers, and which settings are best."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from runner.compare.differences import differing_keys
from runner.compare.measures import MEASURES, MEASURES_OF_ONE, SHARED_MEASURES
from runner.config.paths import PATH_KEYS, short_names
from runner.storage.csv_text import Table
from runner.storage.record import RunRecord


@dataclass(frozen=True)
class Setting:
    """The runs that differ in nothing but their seed."""

    values: dict[str, Any]
    runs: list[RunRecord]
    errors: np.ndarray  # (finished runs,) of the measure
    limit: float | None

    @property
    def mean(self) -> float:
        """The mean error over the seeds; infinite if none was finished."""
        return float(self.errors.mean()) if len(self.errors) else np.inf

    @property
    def best_run(self) -> RunRecord:
        """The finished run with the smallest error; there must be one."""
        finished = [run for run in self.runs if run.status == "done"]
        return finished[int(self.errors.argmin())]

    def values_of(self, measure: str) -> np.ndarray:
        """A number of the summaries of all finished runs that have it, `(runs,)`."""
        finished = (run.summary for run in self.runs if run.status == "done")
        return np.array([summary[measure] for summary in finished if measure in summary], float)

    @property
    def learned_all(self) -> int | None:
        """How many of the runs have no wrong pixel; None for grey pictures and for denoisers."""
        finished = [run.summary for run in self.runs if run.status == "done"]
        if any("test_accumulated_error" in summary for summary in finished):
            return None
        wrong = [summary.get("total_wrong_pixels") for summary in finished]
        return sum(count == 0 for count in wrong) if wrong and wrong[0] is not None else None


@dataclass(frozen=True)
class Factor:
    """Keys that change together: each level has one value of every key."""

    keys: list[str]
    levels: list[tuple]

    @classmethod
    def of(cls, keys: list[str], settings: list[Setting]) -> "Factor":
        """The levels that occur in `settings`, in their order, or by size if they are numbers."""
        levels = list(dict.fromkeys(tuple(setting.values[key] for key in keys) for setting in settings))
        factor = cls(keys, levels)
        return cls(keys, sorted(levels, key=lambda level: level[0])) if factor.is_numeric else factor

    @property
    def name(self) -> str:
        """Its keys; more than two are only counted."""
        more = f", and {len(self.keys) - 2} more" if len(self.keys) > 2 else ""
        return ", ".join(self.keys[:2]) + more

    @property
    def labels(self) -> list[str]:
        """A short text for each level."""
        return [", ".join(map(str, level[:2])) for level in self.levels]

    @property
    def is_numeric(self) -> bool:
        """Whether the levels can be the places on an axis."""
        return all(isinstance(level[0], int | float) for level in self.levels)

    def level_of(self, setting: Setting) -> int:
        """Which level a setting has."""
        return self._places[tuple(setting.values[key] for key in self.keys)]

    @cached_property
    def _places(self) -> dict[tuple, int]:
        return {level: place for place, level in enumerate(self.levels)}


@dataclass(frozen=True)
class Comparison:
    """Runs, and the config keys in which they differ."""

    keys: list[str]
    runs: list[RunRecord]

    @classmethod
    def of(cls, runs: list[RunRecord]) -> "Comparison":
        """Compare runs by every key that is not the same in all that have it."""
        return cls(differing_keys(run.config for run in runs), runs)

    @cached_property
    def measure(self) -> str:
        """What the runs are judged by."""
        return self._measure[0]

    @property
    def limit_name(self) -> str:
        """What the limit of the settings is."""
        return self._measure[2]

    @cached_property
    def _measure(self) -> tuple[str, str | None, str]:
        measures = MEASURES_OF_ONE if "data" in self.keys else MEASURES
        known = [measure for measure in measures if any(measure[0] in run.summary for run in self.runs)]
        # A measure that all runs share, if there is one: a denoiser beside a plain autoencoder.
        finished = [run for run in self.runs if run.summary]
        shared = [measure for measure in known if all(measure[0] in run.summary for run in finished)]
        return [*shared, *known, measures[-1]][0]

    @cached_property
    def _names(self) -> dict[str, str]:
        """What fonts and images are called that are given by their paths."""
        configs = [run.config for run in self.runs]
        return short_names(config.get(key) for config in configs for key in self.keys if key in PATH_KEYS)

    def _cells(self, run: RunRecord, keys: list[str]) -> list[str | int | float | None]:
        return [cell_of(run.config.get(key), self._names) for key in keys]

    @cached_property
    def settings(self) -> list[Setting]:
        """The runs grouped by all keys but the seed, in the order of the runs."""
        groups: dict[tuple, list[RunRecord]] = {}
        keys = [key for key in self.keys if key != "seed"]
        for run in self.runs:
            groups.setdefault(tuple(self._cells(run, keys)), []).append(run)
        return [
            self._setting(dict(zip(keys, values, strict=True)), runs) for values, runs in groups.items()
        ]

    def _setting(self, values: dict[str, Any], runs: list[RunRecord]) -> Setting:
        finished = [run.summary for run in runs if run.status == "done"]
        error, limit, _ = self._measure
        limits = [summary[limit] for summary in finished if limit in summary]
        errors = np.array([summary[error] for summary in finished if error in summary])
        return Setting(values, runs, errors, float(np.mean(limits)) if limits else None)

    @property
    def shared_measures(self) -> dict[str, str]:
        """Measures by name, with words for them, that tell kinds of network apart; empty for one kind."""
        if not {"mode", "data"} & set(self.keys):
            return {}
        summaries = [run.summary for run in self.runs]
        return {
            name: words
            for name, words in SHARED_MEASURES.items()
            if any(name in summary for summary in summaries)
        }

    @property
    def best_first(self) -> list[Setting]:
        """The settings by their mean error."""
        return sorted(self.settings, key=lambda setting: setting.mean)

    def error_of(self, run: RunRecord) -> float | None:
        """What a run is judged by; None if it has no such number."""
        return run.summary.get(self.measure)

    @cached_property
    def factors(self) -> list[Factor]:
        """What was varied beside the seed, keys that change together taken as one."""
        factors: list[Factor] = []
        for key in self.settings[0].values:
            alone = Factor.of([key], self.settings)
            for index, factor in enumerate(factors):
                joined = Factor.of([*factor.keys, key], self.settings)
                if len(joined.levels) == len(factor.levels) == len(alone.levels):
                    factors[index] = joined
                    break
            else:
                factors.append(alone)
        return factors

    @cached_property
    def table(self) -> Table:
        """`runs.csv`: a row a run; lists as JSON."""
        names = dict.fromkeys(name for run in self.runs for name in run.summary)
        numbers = [name for name in names if name not in self.keys]
        return ["run", *self.keys, "status", "reason", *numbers], list(self._rows(numbers))

    def _rows(self, numbers: list[str]) -> Iterator[list]:
        for run in self.runs:
            figures = [run.summary.get(name) for name in numbers]
            yield [run.name, *self._cells(run, self.keys), run.status, run.reason, *figures]


def value_text(value: Any) -> str:
    """A value of a config as a table shows it: text as it is, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def cell_of(value: Any, names: dict[str, str]) -> str | int | float | None:
    """A value of a config as a cell of a CSV: names as they are joined elsewhere, other lists as JSON.

    `names` has the short ones of paths.
    """
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return " + ".join(str(cell_of(part, names)) for part in value)
    if isinstance(value, str):
        return names.get(value, value)
    return value_text(value) if isinstance(value, bool | list | dict) else value
