"""Runs side by side: what differs, what they are judged by, and which is best."""

import csv
import io
import json
import math

import pytest
from run_records import grid, run

from runner.compare.comparison import Comparison, Factor
from runner.storage.csv_text import csv_text


def beta(*values, **rest):
    return [{"beta": value, **rest} for value in values]


# The measure

PLAIN = {"accumulated_error": 3.0, "pca_accumulated_error": 5.0}
DENOISING = {**PLAIN, "test_accumulated_error": 4.0, "bayes_accumulated_error": 2.0}
IMAGES = {"test_negative_elbo": 150.0, "test_kl": 5.0}
LETTERS = {"negative_elbo": 20.0, "accumulated_error": 7.0, "pca_accumulated_error": 5.0}


def of_kind(numbers):
    name = next(iter(numbers))
    return run("run", numbers[name], measure=name, **{k: v for k, v in numbers.items() if k != name})


@pytest.mark.parametrize(
    ("kinds", "measure", "limit_name", "limit"),
    [
        ([PLAIN], "accumulated_error", "PCA", 5.0),
        ([DENOISING], "test_accumulated_error", "Bayes", 2.0),
        ([IMAGES], "test_negative_elbo", "", None),
        ([PLAIN, DENOISING], "accumulated_error", "PCA", 5.0),
        ([DENOISING, PLAIN], "accumulated_error", "PCA", 5.0),
        ([LETTERS], "negative_elbo", "", None),
        ([LETTERS, PLAIN], "accumulated_error", "PCA", 5.0),
        ([], "accumulated_error", "PCA", None),
    ],
)
def test_runs_are_judged_by_what_all_of_them_have(kinds, measure, limit_name, limit):
    comparison = Comparison(["seed"], [of_kind(kind) for kind in kinds])
    assert (comparison.measure, comparison.limit_name) == (measure, limit_name)
    assert [setting.limit for setting in comparison.settings] == ([limit] if kinds else [])


def test_a_failed_run_does_not_change_the_measure():
    comparison = Comparison([], [of_kind(DENOISING), run(status="failed")])
    assert comparison.measure == "test_accumulated_error"
    assert [comparison.error_of(each) for each in comparison.runs] == [4.0, None]


def test_runs_without_a_common_measure_are_judged_by_one_that_some_have():
    font, images = of_kind(DENOISING), of_kind(IMAGES)
    comparison = Comparison([], [font, images])
    assert comparison.measure == "test_accumulated_error"
    assert comparison.error_of(images) is None


def test_networks_of_different_kinds_are_judged_by_the_error_that_all_have():
    vae, plain = of_kind(LETTERS), of_kind(PLAIN)
    comparison = Comparison(["mode"], [vae, plain])
    assert (comparison.measure, comparison.limit_name) == ("accumulated_error", "PCA")
    assert [comparison.error_of(each) for each in comparison.runs] == [7, 3]


def test_runs_on_different_pictures_are_judged_by_the_error_of_one():
    configs = [{"data": "font"}, {"data": "images"}]
    runs = grid(configs, 0.5, 20, measure="mean_error", accumulated_error=7, pca_accumulated_error=5)
    comparison = Comparison.of(runs)
    assert (comparison.measure, comparison.limit_name) == ("mean_error", "")
    assert [setting.limit for setting in comparison.settings] == [None, None]
    assert [setting.mean for setting in comparison.best_first] == [0.5, 20]


def test_kinds_of_network_share_the_measures_that_one_of_them_has():
    plain = {"mean_error": 0.5, "total_wrong_pixels": 4, "legibility": 0.9}
    images = {"mean_error": 20.0, "knn_accuracy": 0.8}
    pair = [run("a", config={"mode": "DEFAULT"}, **plain), run("b", config={"mode": "VAE"}, **images)]
    comparison = Comparison.of(pair)
    assert list(comparison.shared_measures) == [
        *("mean_error", "total_wrong_pixels", "knn_accuracy", "legibility")
    ]
    first, second = comparison.settings
    assert [first.values_of(name).tolist() for name in comparison.shared_measures] == [
        [0.5],
        [4],
        [],
        [0.9],
    ]
    assert second.values_of("knn_accuracy").tolist() == [0.8]
    assert "knn_accuracy" not in Comparison.of([pair[0], pair[0]]).shared_measures
    assert Comparison.of(grid([{"beta": 1}, {"beta": 2}], 1, 2, mean_error=3)).shared_measures == {}
    assert list(
        Comparison.of(grid([{"data": "font"}, {"data": "images"}], 1, 2, legibility=3)).shared_measures
    ) == ["legibility"]


def test_failed_runs_have_no_measures():
    runs = [run(config={"mode": "VAE"}, status="failed"), run(config={"mode": "DAE"}, mean_error=2.0)]
    failed, done = Comparison.of(runs).settings
    assert failed.values_of("mean_error").shape == (0,)
    assert done.values_of("mean_error").tolist() == [2]


# The keys


def test_only_keys_that_differ_are_compared():
    first = {"seed": 0, "beta": 1.0, "font_set": ["font1"], "plots": True, "note": "a", "bias": True}
    second = {
        "seed": 0,
        "beta": 0.5,
        "font_set": ["font1", "font2"],
        "plots": False,
        "note": "b",
        "bias": True,
    }
    comparison = Comparison.of(grid([first, second], 1, 2))
    assert comparison.keys == ["beta", "font_set"]


def test_the_same_runs_differ_in_nothing():
    comparison = Comparison.of(grid([{"beta": 1}, {"beta": 1}], 1, 2))
    assert comparison.keys == []
    assert [len(setting.runs) for setting in comparison.settings] == [2]
    assert comparison.factors == []


def test_a_run_that_could_not_start_knows_few_keys_which_makes_no_difference():
    whole = {"beta": 1.0, "epochs": 5, "seed": 0}
    runs = [*grid([whole, {**whole, "epochs": 6}], 1, 2), run(config={"epochs": -1}, status="failed")]
    assert Comparison.of(runs).keys == ["epochs"]


# Settings


def test_runs_that_differ_in_their_seed_are_one_setting():
    configs = [{"beta": b, "seed": seed} for b in (1, 2) for seed in (0, 1, 2)]
    settings = Comparison.of(grid(configs, 3, 1, 2, 9, 8, 10)).settings
    assert [setting.values for setting in settings] == [{"beta": 1}, {"beta": 2}]
    assert [setting.errors.tolist() for setting in settings] == [[3, 1, 2], [9, 8, 10]]
    assert [setting.mean for setting in settings] == [2, 9]
    assert [setting.best_run.name for setting in settings] == ["run1", "run4"]


def test_the_best_come_first_and_the_failed_last():
    runs = [*grid(beta(1, 2, 3), 5, 0.5, 2), run(config={"beta": 0}, status="failed")]
    best = Comparison.of(runs).best_first
    assert [setting.values["beta"] for setting in best] == [2, 3, 1, 0]
    assert math.isinf(best[-1].mean)


def test_a_failed_run_counts_for_nothing_but_the_number_of_runs():
    configs = [{"beta": 1, "seed": seed} for seed in (0, 1, 2)]
    runs = grid(configs, 3, 1, 2, pca_accumulated_error=7.0, total_wrong_pixels=0)
    broken = run("broken", config={"beta": 1, "seed": 3}, status="failed")
    (setting,) = Comparison(["beta", "seed"], [broken, *runs]).settings
    assert len(setting.runs) == 4
    assert (setting.mean, setting.limit, setting.learned_all) == (2, 7, 3)
    assert setting.best_run.name == "run1"


def test_those_that_learned_everything_are_counted():
    runs = [run(error=e, total_wrong_pixels=wrong) for e, wrong in ((1, 0), (2, 3), (3, 0))]
    assert Comparison([], runs).settings[0].learned_all == 2
    assert Comparison([], [run(total_wrong_pixels=1)]).settings[0].learned_all == 0
    assert Comparison([], [of_kind(IMAGES)]).settings[0].learned_all is None
    assert Comparison([], [run(status="failed")]).settings[0].learned_all is None


def test_the_limit_is_the_mean_of_the_limits():
    runs = [run(pca_accumulated_error=limit) for limit in (2.0, 4.0)]
    assert Comparison([], runs).settings[0].limit == 3.0


# Factors


def factors(configs):
    return Comparison.of(grid(configs, *range(len(configs)))).factors


def test_levels_that_are_numbers_are_sorted_and_names_keep_their_order():
    sizes, names = factors(
        [{"size": s, "minimizer": m} for s in (10, 9, 100.5) for m in ("rmsprop", "adam")]
    )
    assert (sizes.name, sizes.levels, sizes.is_numeric) == ("size", [(9,), (10,), (100.5,)], True)
    assert sizes.labels == ["9", "10", "100.5"]
    assert (names.name, names.levels, names.is_numeric) == ("minimizer", [("rmsprop",), ("adam",)], False)


def test_keys_that_change_together_are_one_factor():
    pairs = [("adam", 0.01), ("momentum", 0.03), ("lbfgs", 0.1)]
    configs = [{"minimizer": m, "learning_rate": r, "beta": b} for m, r in pairs for b in (1, 2)]
    together, alone = factors(configs)
    assert (together.keys, together.levels) == (["minimizer", "learning_rate"], pairs)
    assert together.labels == ["adam, 0.01", "momentum, 0.03", "lbfgs, 0.1"]
    assert alone.keys == ["beta"]


def test_keys_that_share_only_some_levels_are_two_factors():
    pairs = [("adam", 0.01), ("momentum", 0.03), ("rmsprop", 0.01)]
    assert [f.keys for f in factors([{"minimizer": m, "rate": r} for m, r in pairs])] == [
        ["minimizer"],
        ["rate"],
    ]


def test_three_keys_that_change_together_are_counted_in_the_name():
    (factor,) = factors([{"a": i, "b": str(i), "c": [i], "d": -i} for i in range(3)])
    assert factor.keys == ["a", "b", "c", "d"]
    assert factor.name == "a, b, and 2 more"
    assert factor.labels[1] == "1, 1"


@pytest.mark.parametrize("others", [[None, 4], ["x", 4], [[1], None], [True, 3]])
def test_values_of_different_kinds_stand_beside_numbers(others):
    configs = [{"noise": n, "other": o} for n in (0.5, 0.1) for o in others]
    noise, other = factors(configs)
    assert noise.levels == [(0.1,), (0.5,)]
    assert len(other.levels) == 2
    assert not other.is_numeric


def test_a_setting_knows_its_level():
    comparison = Comparison.of(grid(beta(3, 1, 2), 0, 0, 0))
    (factor,) = comparison.factors
    assert [factor.level_of(setting) for setting in comparison.settings] == [2, 0, 1]
    assert Factor.of(["beta"], comparison.settings) == factor


# The table


def test_the_table_reads_back_as_it_was():
    configs = [
        {
            "seed": 0,
            "neurons_per_layer": [20, 8],
            "font_set": ["font1", "font2"],
            "bias": True,
            "batch_size": None,
        },
        {"seed": 1, "neurons_per_layer": [], "font_set": ['a,"b'], "bias": False, "batch_size": 0.1 + 0.2},
    ]
    runs = grid(configs, 1 / 3, 5e-324, total_wrong_pixels=2)
    runs.append(run("broken", config={"seed": 2, "note": "x"}, status="failed"))
    table = list(csv.DictReader(io.StringIO(csv_text(Comparison.of(runs).table), newline="")))
    assert [row["run"] for row in table] == ["run0", "run1", "broken"]
    assert [row["status"] for row in table] == ["done", "done", "failed"]
    assert [row["reason"] for row in table] == ["", "", "it had to be"]
    assert [float(row["accumulated_error"]) for row in table[:2]] == [1 / 3, 5e-324]
    assert [row["total_wrong_pixels"] for row in table] == ["2", "2", ""]
    assert [json.loads(row["neurons_per_layer"]) for row in table[:2]] == [[20, 8], []]
    assert [row["font_set"] for row in table] == ["font1 + font2", 'a,"b', ""]
    assert [row["bias"] for row in table] == ["true", "false", ""]
    assert [row["batch_size"] for row in table] == ["", "0.30000000000000004", ""]
    assert list(table[0])[:1] == ["run"]
    assert "note" not in table[0]


def test_a_number_that_is_also_a_key_is_not_there_twice():
    header, _ = Comparison.of([run(config={"restarts": n}, restarts=n) for n in (1, 2)]).table
    assert header == ["run", "restarts", "status", "reason", "accumulated_error"]
