"""Pictures of a comparison, made from what is in the folders of its runs; nothing is decoded anew."""

import math
from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure

from runner.compare.charts import Band, curves, dots, heat_map, lines, scattered
from runner.compare.comparison import Comparison, Factor, Setting
from runner.compare.panels import latent_maps, measures
from runner.compare.saved_tables import curve_column, read_curve, read_map
from runner.numbers import number_text

MOST_LINES = 6
FEWEST_PLACES_ON_A_LINE = 4
MOST_CURVES = 300
MOST_MAPS = 12
MOST_MEASURED = 24
# Numbers that change together at more places than this were drawn, not listed.
MOST_LISTED = 12


def draw_figures(comparison: Comparison) -> Iterator[tuple[str, Figure]]:
    """Yield the name and the figure of every picture that finished runs have."""
    best = [setting for setting in comparison.best_first if len(setting.errors)]
    if not best:
        return
    measure = comparison.measure.replace("_", " ")
    yield "error_by_setting.png", error_by_setting(comparison, measure)
    keys = ", ".join(best[0].values)
    if comparison.shared_measures:
        yield "measures.png", measures(*_measured(comparison))
    # Kinds of network may measure different things by epoch, which no picture has room for.
    if len({curve_column(setting.best_run.path) for setting in best[:MOST_CURVES]}) == 1:
        # By epoch, a denoiser is measured on its training noise.
        by_epoch = [_curve(setting) for setting in best[:MOST_CURVES]]
        yield "curves.png", curves(by_epoch, measure.removeprefix("test "), keys)
    shown = best[:MOST_MAPS]
    titles = [f"{setting_label(setting)}\n{number_text(setting.errors.min())}" for setting in shown]
    yield "latent_maps.png", latent_maps([read_map(s.best_run.path) for s in shown], titles)


def _measured(comparison: Comparison) -> tuple[list[str], dict[str, list[np.ndarray]]]:
    """The settings by name, and for each measure that kinds of network share its values in each setting."""
    settings = [setting for setting in comparison.settings if len(setting.errors)][:MOST_MEASURED]
    labels = _short_labels(settings)
    shared = comparison.shared_measures.items()
    return labels, {words: [setting.values_of(name) for setting in settings] for name, words in shared}


def _short_labels(settings: list[Setting]) -> list[str]:
    """The first values of each: two, or as many more as tell all of them apart."""
    values = [list(map(str, setting.values.values())) for setting in settings]
    most = max(map(len, values), default=0)
    attempts = ([", ".join(each[:count]) for each in values] for count in range(2, most + 1))
    apart = (labels for labels in attempts if len(set(labels)) == len(labels))
    return next(apart, [", ".join(each) for each in values])


def setting_label(setting: Setting) -> str:
    """What a setting has that others have not; its best run's name if nothing was varied."""
    texts = [str(value) for value in setting.values.values()]
    return ", ".join(texts) if texts else setting.best_run.name


def error_by_setting(comparison: Comparison, measure: str) -> Figure:
    """The measure over what was varied: dots, lines, or a heat map; of a search a panel for each key."""
    factors, settings = comparison.factors, comparison.settings
    if not factors:
        return dots(settings[0].errors, measure, settings[0].limit, comparison.limit_name)
    if _is_search(factors, len(settings)):
        done = [setting for setting in settings if len(setting.errors)]
        keys = [key for key in done[0].values if Factor.of([key], done).is_numeric]
        columns = {key: np.array([setting.values[key] for setting in done], float) for key in keys}
        return scattered(columns, np.array([setting.mean for setting in done]), measure)
    across = max(factors, key=lambda factor: (factor.is_numeric, len(factor.levels)))
    others = [factor for factor in factors if factor is not across]
    others_name = ", ".join(factor.name for factor in others)
    groups = _grouped(settings, others)
    is_long = across.is_numeric and len(across.levels) >= FEWEST_PLACES_ON_A_LINE
    if len(groups) == 1 or (is_long and len(groups) <= MOST_LINES):
        bands = [_line(label, group, across) for label, group in groups.items()]
        ticks = None if across.is_numeric else across.labels
        limits = _limits(comparison.limit_name, groups, across)
        return lines(bands, ticks, (across.name, measure), limits, others_name)
    half = len(factors) // 2
    # Four factors and more are halved: those of a training beside those of its test.
    sides = (others, [across]) if half < 2 else (factors[:half], factors[half:])
    return _matrix(settings, sides, measure, comparison.limit_name)


def _matrix(
    settings: list[Setting], sides: tuple[list[Factor], list[Factor]], measure: str, limit_name: str
) -> Figure:
    """A heat map of the factors of two sides, downwards and across."""
    rows, columns = (_grouped(settings, factors) for factors in sides)
    places = {id(setting): place for place, group in enumerate(columns.values()) for setting in group}
    table = np.full((len(rows), len(columns)), np.nan)
    for row, group in enumerate(rows.values()):
        for setting in group:
            if len(setting.errors):
                table[row, places[id(setting)]] = setting.mean
    labels = _with_limits(rows, limit_name), _with_limits(columns, limit_name)
    down, across = (", ".join(factor.name for factor in factors) for factors in sides)
    return heat_map(table, labels, (down, across), measure)


def _with_limits(groups: dict[str, list[Setting]], name: str) -> list[str]:
    """The labels of groups, with the limit of each where it has one that is not the same for all."""
    limits = [{setting.limit for setting in group} for group in groups.values()]
    if any(len(found) > 1 or None in found for found in limits) or len(set.union(*limits)) == 1:
        return list(groups)
    return [f"{label} ({name} {found.pop():.3g})" for label, found in zip(groups, limits, strict=True)]


def _is_search(factors: list[Factor], settings: int) -> bool:
    """Whether numbers were drawn: most places of the grid of all factors would stay empty."""
    numbers = [factor for factor in factors if factor.is_numeric and len(factor.levels) > MOST_LISTED]
    is_sparse = 2 * settings < math.prod(len(factor.levels) for factor in factors)
    return any(is_sparse or len(factor.keys) > 1 for factor in numbers)


def _grouped(settings: list[Setting], factors: list[Factor]) -> dict[str, list[Setting]]:
    """The settings by the levels that they have of `factors`."""
    groups: dict[str, list[Setting]] = {}
    for setting in sorted(settings, key=lambda setting: [f.level_of(setting) for f in factors]):
        label = ", ".join(factor.labels[factor.level_of(setting)] for factor in factors)
        groups.setdefault(label, []).append(setting)
    return groups


def _line(label: str, settings: list[Setting], across: Factor) -> Band:
    places, found = _along(settings, across)
    return Band.of(label, places, [setting.errors for setting in found])


def _limits(name: str, groups: dict[str, list[Setting]], across: Factor) -> list[Band]:
    """The limit of each group over a factor, or a single one if it is the same for all groups."""
    settings = [setting for group in groups.values() for setting in group if setting.limit is not None]
    limits = {(across.level_of(setting), setting.limit) for setting in settings}
    if len(limits) == len({level for level, _ in limits}):
        groups = {"": list({across.level_of(setting): setting for setting in settings}.values())}
    found = [_limit(f"{name} {label}".strip(), group, across) for label, group in groups.items()]
    return [limit for limit in found if len(limit.places)]


def _limit(label: str, settings: list[Setting], across: Factor) -> Band:
    places, found = _along([setting for setting in settings if setting.limit is not None], across)
    return Band.of(label, places, [np.array([setting.limit]) for setting in found])


def _along(settings: list[Setting], across: Factor) -> tuple[np.ndarray, list[Setting]]:
    """The finished settings in the order of a factor, and their places on its axis."""
    finished = [setting for setting in settings if len(setting.errors)]
    ordered = sorted(finished, key=across.level_of)
    levels = [across.level_of(setting) for setting in ordered]
    places = [across.levels[level][0] if across.is_numeric else level for level in levels]
    return np.array(places, float), ordered


def _curve(setting: Setting) -> Band:
    """Mean and range over the seeds, at the epochs that all of them reached."""
    found = [read_curve(run.path) for run in setting.runs if run.status == "done"]
    epochs = min((curve.epochs for curve in found), key=len)
    values = np.stack([curve.values[: len(epochs)] for curve in found])
    return Band(setting_label(setting), epochs, values.mean(0), values.min(0), values.max(0))
