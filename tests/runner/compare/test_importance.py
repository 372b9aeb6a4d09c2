"""Which keys mattered: the share that an analysis of variance finds, and nothing for what does nothing."""

import numpy as np
import pytest
from run_records import grid, run
from scipy.stats import f_oneway, rankdata, spearmanr

from runner.compare.comparison import Comparison
from runner.compare.importance import FEWEST_RUNS, importance_table, importance_text, importances
from runner.config.file import load_config
from runner.storage.record import DIVERGED
from runner.sweep.plan import planned_runs

RANDOM = np.random.default_rng(5)


def found(configs, errors, *more):
    comparison = Comparison(list(configs[0]), [*grid(configs, *errors), *more])
    return {each.key: each for each in importances(comparison)}


def test_it_is_the_corrected_share_of_an_analysis_of_variance_of_the_ranks():
    sizes, losses = np.tile([1, 2, 3, 4], 15), np.repeat(["a", "b", "c"], 20)
    errors = np.exp(sizes + RANDOM.normal(size=60))
    configs = [{"size": int(s), "loss": str(name)} for s, name in zip(sizes, losses, strict=True)]
    by_key = found(configs, errors)
    ranks = rankdata(errors)
    for key, values in (("size", sizes), ("loss", losses)):
        groups = [ranks[values == value] for value in np.unique(values)]
        f, between, within = f_oneway(*groups).statistic, len(groups) - 1, 60 - len(groups)
        # epsilon² = (SSb - dfb · MSw) / SSt, by F = MSb / MSw
        expected = between * (f - 1) / (between * f + within)
        assert by_key[key].explained == pytest.approx(max(0, expected))
    assert by_key["size"].correlation == pytest.approx(spearmanr(sizes, errors).statistic)
    assert by_key["loss"].correlation is None
    assert list(by_key) == ["size", "loss"]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("samples", [32, 64, 100])
def test_a_best_rate_in_the_middle_is_found_in_a_search_and_what_does_nothing_is_not(seed, samples):
    ranges = [{"learning_rate": {"from": 1e-4, "to": 1, "log": True}}, {"beta": {"from": 1, "to": 4}}]
    plan = load_config(None, {"sweep": [*ranges, {"seed": [0, 1]}], "samples": samples, "seed": seed})
    points = [planned.config for planned in planned_runs(plan)]
    configs = [{"rate": p.learning_rate, "beta": p.beta, "seed": p.seed} for p in points]
    errors = [abs(np.log10(p.learning_rate) + 2) + 1e-3 * p.seed for p in points]
    by_key = found(configs, errors)
    assert by_key["rate"].explained > 0.7
    assert abs(by_key["rate"].correlation) < 0.3
    assert by_key["beta"].explained < 0.25
    assert by_key["seed"].explained < 0.05


def test_a_run_that_diverged_is_the_worst_and_one_that_failed_otherwise_does_not_count():
    configs = [{"rate": rate, "seed": seed} for rate in (1, 2, 3) for seed in range(10)]
    errors = [rate - 1 for rate in (1, 2) for _ in range(10)]
    diverged = [run(status="failed", config=keys) for keys in configs[20:]]
    for each in diverged:
        object.__setattr__(each, "reason", DIVERGED)
    broken = run(status="failed", config={"rate": 1, "seed": 99})
    by_key = found(configs[:20], errors, *diverged, broken)
    assert (by_key["rate"].explained, by_key["rate"].correlation) == (pytest.approx(1), pytest.approx(1))


def test_of_a_few_runs_or_a_single_key_nothing_is_said():
    few = [{"beta": i, "seed": i % 2} for i in range(FEWEST_RUNS - 1)]
    assert found(few, range(len(few))) == {}
    assert found([{"beta": i} for i in range(FEWEST_RUNS)], range(FEWEST_RUNS)) == {}


def test_keys_that_do_not_vary_and_names_that_all_differ_are_left_out():
    configs = [{"beta": 1, "note": f"run {i}", "seed": i % 3, "size": i} for i in range(30)]
    assert set(found(configs, range(30))) == {"seed", "size"}
    same = found([{"seed": i % 3, "size": i} for i in range(30)], [0.5] * 30)
    assert [(each.explained, each.correlation) for each in same.values()] == [(0, None)] * 2


def test_the_table_and_the_text_say_the_same():
    configs = [{"seed": i % 3, "size": i, "loss": "ab"[i % 2]} for i in range(30)]
    comparison = Comparison(list(configs[0]), grid(configs, *range(30)))
    order = importances(comparison)
    header, rows = importance_table(order)
    assert header == ["key", "explained", "spearman"]
    assert [row[0] for row in rows] == [each.key for each in order]
    assert rows[0][0] == "size"
    lines = importance_text(order, "accumulated_error").splitlines()
    assert lines[2].split() == ["size", f"{order[0].explained:.0%}", "(+1.00)"]
    assert lines[-1].split()[0] in ("seed", "loss")
