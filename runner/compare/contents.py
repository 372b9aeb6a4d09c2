"""What the page of a comparison shows: settings with their means over seeds, maps, curves, and all runs."""

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from runner.compare.comparison import Comparison, Setting
from runner.compare.figures import MOST_MAPS
from runner.compare.saved_tables import curve_column, read_curve, read_map
from runner.figures.style import CLASS_COLORS, thinned
from runner.sampling import spread
from runner.storage.record import RunRecord

Link = Callable[[Path], str]
# Of each map, of all curves, and of each.
MOST_POINTS, MOST_CURVES, MOST_EPOCHS = 400, 60, 80
MOST_FEW_KEYS = 4
DIGITS = 6
SEVERAL_SEEDS, ONE_SEED = "Settings, the best first: means over the seeds", "The best first"


def page_contents(comparison: Comparison, link: Link) -> dict[str, Any]:
    """Tables, maps and curves as the page's scripts take them; `link` is the address of a run's page."""
    best = [setting for setting in comparison.best_first if len(setting.errors)]
    return {
        "settings": _settings(comparison, best, link),
        "runs": _runs(comparison, link),
        "maps": [_map(setting, link) for setting in best[:MOST_MAPS]],
        "colors": CLASS_COLORS,
        "curves": _curves(comparison, best[:MOST_CURVES], link),
    }


def _settings(comparison: Comparison, best: list[Setting], link: Link) -> dict[str, Any]:
    """A row for each setting, the best first: its best run, and figures over the seeds."""
    keys = [key for key in comparison.keys if key != "seed"]
    has_limit = any(setting.limit is not None for setting in best)
    has_seeds = any(len(setting.errors) > 1 for setting in best)
    measure, limit = comparison.measure.replace("_", " "), [comparison.limit_name] * has_limit
    header = ["best run", measure, *keys, "runs", "lowest", "highest", *limit]
    rows = [
        [
            setting.best_run.name,
            _short(setting.mean),
            *(setting.values[key] for key in keys),
            len(setting.errors),
            *map(_short, (setting.errors.min(), setting.errors.max())),
            *[_short(setting.limit)] * has_limit,
        ]
        for setting in best
    ]
    seeds = 2 + len(keys)
    of_seeds = range(seeds, seeds + 3) if has_seeds else ()
    return {
        "title": SEVERAL_SEEDS if has_seeds else ONE_SEED,
        "header": header,
        "rows": rows,
        "links": [link(setting.best_run.path) for setting in best],
        "few": [
            0,
            1,
            *range(2, 2 + min(len(keys), MOST_FEW_KEYS)),
            *of_seeds,
            *range(seeds + 3, len(header)),
        ],
        "range": [1, seeds + 1, seeds + 2],
    }


def _runs(comparison: Comparison, link: Link) -> dict[str, Any]:
    """All runs with all that is known of them, of which few columns are shown at first."""
    header, rows = comparison.table
    few = ["run", *comparison.keys[:MOST_FEW_KEYS], comparison.measure]
    if any(run.status != "done" for run in comparison.runs):
        few += ["status", "reason"]
    return {
        "header": header,
        "rows": [list(map(_short, row)) for row in rows],
        "links": [link(run.path) for run in comparison.runs],
        "few": [place for place, name in enumerate(header) if name in few],
    }


def _map(setting: Setting, link: Link) -> dict[str, Any]:
    """Where the codes of the best run of a setting lie; what has the same key is the same picture."""
    run = setting.best_run
    found = read_map(run.path)
    rows = spread(len(found.places), MOST_POINTS)
    names = None if found.characters is None else [found.characters[row] for row in rows]
    classes = None if found.classes is None else [found.classes[row] for row in rows]
    return {
        **_title(setting, link),
        "places": [[_short(x), _short(y)] for x, y in found.places[rows].tolist()],
        "keys": _keys(run, rows, names),
        "names": names,
        "classes": classes,
    }


def _keys(run: RunRecord, rows: np.ndarray, names: list[str] | None) -> list[str]:
    """Characters are the same by name, whatever their font; images in the same row of the same set."""
    if names is None:
        return [f"{row} {run.data_sha256}" for row in rows.tolist()]
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        seen[name] += 1
        keys.append(f"{name} {seen[name]}")
    return keys


def _curves(comparison: Comparison, settings: list[Setting], link: Link) -> dict[str, Any] | None:
    """The curves of the best runs, if all of them are of the same measure."""
    columns = {curve_column(setting.best_run.path) for setting in settings}
    if len(columns) != 1:
        return None
    (column,) = columns
    return {
        "label": column.replace("_", " "),
        "isLogarithmic": column != "validation_loss",
        "lines": [{**_title(setting, link), "points": _points(setting)} for setting in settings],
    }


def _points(setting: Setting) -> list[list[float]]:
    curve = read_curve(setting.best_run.path)
    if not len(curve.values):
        return []
    places, values = thinned(curve.values, MOST_EPOCHS).T
    epochs = curve.epochs[places.astype(int)]
    return [[epoch, _short(value)] for epoch, value in zip(epochs.tolist(), values.tolist(), strict=True)]


def _title(setting: Setting, link: Link) -> dict[str, Any]:
    run = setting.best_run
    values = [f"{key} {value}" for key, value in setting.values.items()]
    return {
        "run": run.name,
        "label": ", ".join([*values[:MOST_FEW_KEYS], *["…"] * (len(values) > MOST_FEW_KEYS)]),
        "error": _short(setting.errors.min()),
        "link": link(run.path),
    }


def _short(value: Any) -> Any:
    """A number with as many digits as anybody reads, None if it is none; all else as it is."""
    if not isinstance(value, float):
        return value
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
