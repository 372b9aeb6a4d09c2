"""The runs of a sweep: all of them, each as its own config would be, under names of their own."""

import re
from itertools import product

import pytest
from loading import config

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
