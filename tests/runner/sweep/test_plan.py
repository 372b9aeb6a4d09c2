"""The runs of a sweep: all of them, each as its own config would be, under names of their own."""

import re
from itertools import product

import pytest
from loading import complaint, config

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.sweep.plan import LONGEST_NAME, MOST_RUNS, planned_runs, sweep_keys


def plan(*axes, **keys):
    return planned_runs(config(sweep=list(axes), **keys))


def refusal(*axes, **keys):
    with pytest.raises(UserError) as raised:
        plan(*axes, **keys)
    return str(raised.value)


def test_the_last_axis_changes_fastest():
    betas, sizes, seeds = [0.5, 1.0], [1, 2, 3], [7, 8]
    runs = plan({"beta": betas}, {"latent_layer_neurons": sizes}, {"seed": seeds})
    found = [(run.config.beta, run.config.latent_layer_neurons, run.config.seed) for run in runs]
    assert found == list(product(betas, sizes, seeds))


def test_keys_of_one_axis_change_together():
    runs = plan({"minimizer": ["adam", "lbfgs"], "epochs": [10, 20]}, {"seed": [0, 1]})
    found = [(run.config.minimizer, run.config.epochs, run.config.seed) for run in runs]
    assert found == [("adam", 10, 0), ("adam", 10, 1), ("lbfgs", 20, 0), ("lbfgs", 20, 1)]


def test_keys_and_names_are_spelled_as_everywhere():
    swept = config(sweep=[{"learning rate": [0.1], "LATENT-layer_Neurons": [3], "Minimizer": ["RMSprop"]}])
    assert sweep_keys(swept) == ["learning_rate", "latent_layer_neurons", "minimizer"]
    (run,) = planned_runs(swept)
    assert (run.config.learning_rate, run.config.latent_layer_neurons) == (0.1, 3)
    assert run.config.minimizer == "rmsprop"


def test_every_run_is_the_config_that_would_say_the_same():
    base = {"epochs": 7, "Vae Dataset": "fashion mnist", "published": {"error": 1.5, "source": "slides"}}
    axes = [{"minimizer": ["adam", "gradient_descent"]}, {"mode": ["DEFAULT", "DAE"], "seed": [1, 2]}]
    settings = [
        {"minimizer": minimizer, **dict(zip(("mode", "seed"), pair, strict=True))}
        for minimizer in ("adam", "gradient_descent")
        for pair in (("DEFAULT", 1), ("DAE", 2))
    ]
    runs = plan(*axes, **base)
    assert [run.config for run in runs] == [load_config(None, {**base, **keys}) for keys in settings]
    assert all(run.config.sweep == [] for run in runs)


def test_defaults_follow_what_is_swept():
    rates = [run.config.learning_rate for run in plan({"minimizer": ["adam", "momentum", "powell"]})]
    assert rates == [config(minimizer=name).learning_rate for name in ("adam", "momentum", "powell")]
    assert len(set(rates)) == 2
    given = plan({"minimizer": ["adam", "momentum"]}, learning_rate=0.2)
    assert [run.config.learning_rate for run in given] == [0.2, 0.2]


def test_a_swept_key_overrules_the_rest_of_the_config():
    assert [run.config.epochs for run in plan({"epochs": [3, 4]}, epochs=99)] == [3, 4]


def test_names_tell_what_is_set():
    names = [
        run.name for run in plan({"neurons_per_layer": [[20, 8], []]}, {"font_set": ["font1", "font2"]})
    ]
    assert names == [
        "1_neurons_per_layer--20-8-_font_set-font1",
        "2_neurons_per_layer--20-8-_font_set-font2",
        "3_neurons_per_layer--_font_set-font1",
        "4_neurons_per_layer--_font_set-font2",
    ]


def test_names_sort_as_the_runs_do():
    names = [run.name for run in plan({"seed": list(range(101))})]
    assert names == sorted(names)
    assert (names[0], names[-1]) == ("001_seed-0", "101_seed-100")


STRANGE = [
    "../../etc",
    "a/b",
    "con:",
    "año/ü.bdf",
    "x" * 300,
    "y" * 300,
    "-",
    "\n",
    "文字.bdf",
    "*?",
    ".",
    "~",
]


def test_strange_values_make_folder_names_that_are_valid_and_differ(tmp_path):
    runs = plan({"font_set": STRANGE, "note": STRANGE})
    names = [run.name for run in runs]
    assert len({name.casefold() for name in names}) == len(STRANGE)
    for name in names:
        assert re.fullmatch(r"\d[\w.+-]*", name, re.ASCII)
        assert len(name) <= LONGEST_NAME
        assert not name.endswith(".")
        (tmp_path / name).mkdir()
    assert [run.config.note for run in runs] == STRANGE


def test_two_axes_cannot_set_one_key():
    said = refusal({"learning_rate": [0.1]}, {"Learning Rate": [0.2]})
    assert said == "sweep: two axes set learning_rate; put its values into one list"


def test_an_axis_cannot_hold_a_sweep():
    assert "an axis cannot set sweep" in refusal({"Sweep": [[{"seed": [1]}]]})


def test_too_many_runs_are_refused_without_making_them(monkeypatch):
    monkeypatch.setattr("runner.sweep.plan.product", None)
    said = refusal(*({key: list(range(1, 2001))} for key in ("seed", "epochs", "noisy_copies")))
    assert said == f"sweep: its axes give 8,000,000,000 runs; at most {MOST_RUNS:,} are allowed"


def test_an_impossible_run_is_planned_with_its_problem():
    good, bad, worse = plan({"epochs": [5, 0, "many"], "beta": [1, 1, -1]})
    assert (good.config.epochs, good.problem) == (5, None)
    assert bad.config is None
    assert bad.problem == "epochs: got 0; must be at least 1"
    assert re.fullmatch(r"beta: got -1; must be .*; epochs: got \"many\"; must be .*", worse.problem)
    assert worse.given == {"epochs": "many", "beta": -1}


@pytest.mark.parametrize(
    ("axes", "key"),
    [
        ([{"minimizer": ["adam", "powell"]}, {"precision": ["float32"]}], "precision"),
        ([{"mode": ["DEFAULT", "VAE"]}, {"minimizer": ["lbfgs"]}], "minimizer"),
        ([{"latent_layer_neurons": [2, 3]}, {"generate": [[[0, 1]]]}], "generate"),
        ([{"font_set": ["font1", []]}], "font_set"),
    ],
)
def test_values_that_do_not_fit_each_other_are_a_problem_of_that_run(axes, key):
    good, bad = plan(*axes)
    assert good.problem is None
    assert bad.config is None
    assert bad.problem.startswith(f"{key}: got ")


def test_a_sweep_without_a_possible_run_is_a_mistake():
    said = refusal({"epochs": [0, -1]})
    assert said.startswith("sweep: none of its runs is possible; the first: epochs: got 0;")


def test_an_axis_of_which_nothing_would_come_is_refused():
    axis = {"noise_probability": [0.1, 0.2]}
    assert refusal(axis) == "sweep: noise_probability: mode DEFAULT does not use it; mode DAE does"
    assert len(plan(axis, mode="DAE")) == 2
    # One run that uses it is enough: the others are there to be held against it.
    assert len(plan(axis, {"mode": ["DEFAULT", "DAE"]})) == 4


@pytest.mark.parametrize(
    ("axis", "reason"),
    [
        ({"sed": [1]}, 'unknown key "sed" (did you mean "seed"?)'),
        ({"seed": [1, 2], "beta": [1]}, "the lists of one axis need the same length"),
        ({"seed": []}, "the lists of one axis need the same length, at least 1"),
        ({}, "the lists of one axis need the same length"),
    ],
)
def test_axes_that_are_none_are_refused_by_the_config(axis, reason):
    assert reason in refusal(axis)


# Ranges

RATE = {"from": 1e-4, "to": 1e-1, "log": True}


def test_ranges_are_drawn_together_and_crossed_with_lists():
    axes = {"seed": [0, 1]}, {"Learning Rate": RATE}, {"beta": [1, 2]}, {"epochs": {"from": 5, "to": 50}}
    runs = plan(*axes, samples=8)
    found = [
        (run.config.seed, run.config.learning_rate, run.config.beta, run.config.epochs) for run in runs
    ]
    points = list(dict.fromkeys((rate, epochs) for _, rate, _, epochs in found))
    assert len(points) == 8
    assert found == [(s, r, b, e) for s, (r, e), b in product([0, 1], points, [1, 2])]
    assert sweep_keys(config(sweep=list(axes), samples=8)) == ["seed", "learning_rate", "beta", "epochs"]


def test_points_are_drawn_from_the_seed_and_a_run_knows_nothing_of_them():
    first, again, other = (plan({"beta": RATE}, samples=5, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert [run.config.beta for run in first] != [run.config.beta for run in other]
    assert all((run.config.sweep, run.config.samples) == ([], None) for run in first)


def test_a_search_is_written_as_it_was_given():
    given = {"sweep": [{"beta": RATE}, {"epochs": {"from": 5, "to": 50}}], "samples": 5}
    kept = config(**given).model_dump(exclude_unset=True)
    assert kept == given
    assert planned_runs(config(**kept)) == plan(*given["sweep"], samples=5)


def test_too_many_points_times_runs_are_refused():
    said = refusal({"beta": RATE}, {"seed": list(range(2000))}, samples=100)
    assert said == f"sweep: its axes give 200,000 runs; at most {MOST_RUNS:,} are allowed"


@pytest.mark.parametrize(
    ("axis", "said"),
    [
        ({"learning_rate": {"from": 0, "to": 1}}, "sweep: learning_rate: got 0; must be greater than 0"),
        ({"epochs": {"from": 1.5, "to": 3}}, "sweep: epochs: got 1.5; must be a whole number"),
        ({"noise_probability": {"from": 0, "to": 2}}, "sweep: noise_probability: got 2; must be at most 1"),
    ],
)
def test_an_end_that_is_no_value_of_the_key_is_refused(axis, said):
    assert refusal(axis, samples=4) == said


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"sweep": [{"beta": RATE}]}, "samples: got null; the ranges in sweep need the number of points"),
        ({"sweep": [{"beta": RATE}], "samples": 0}, "samples: got 0; must be at least 1"),
        ({"sweep": [{"beta": RATE, "seed": [1]}], "samples": 3}, "an axis has lists or ranges"),
        (
            {"sweep": [{"beta": {"from": 2, "to": 1}}], "samples": 3},
            "from the smaller number to the larger",
        ),
        ({"sweep": [{"beta": {"from": 0, "to": 1, "log": True}}], "samples": 3}, "begins above 0"),
        (
            {"sweep": [{"beta": {"from": 1}}], "samples": 3},
            'must be a range such as {"from": 0.0001, "to": 0.1',
        ),
        (
            {"sweep": [{"beta": 3}], "samples": 3},
            "sweep.0.beta: got 3; must be a list: write [3]; or a range",
        ),
        ({"sweep": [{"mode": RATE}], "samples": 3}, "mode takes no range, only a list of values"),
        ({"sweep": [{"neurons_per_layer": RATE}], "samples": 3}, "neurons_per_layer takes no range"),
        ({"sweep": [{"bias": RATE}], "samples": 3}, "bias takes no range"),
    ],
)
def test_ranges_that_are_none_are_refused_with_what_to_write(keys, said):
    assert said in complaint(**keys)
