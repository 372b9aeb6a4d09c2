"""Every key is used by some config, and what is said to be used is what makes a difference."""

import csv
import io

import pytest
from soak.values import settled, values_of, write_data

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config
from runner.config.usage import RULES, passed_over, unused_because
from runner.experiment import run_experiment
from runner.storage.csv_text import csv_text
from runner.tables.tables import TABLES

SEARCH = {"sweep": [{"beta": {"from": 1, "to": 2}}], "samples": 2}
CONFIGS = [
    load_config(None, {"mode": mode, "data": data, "minimizer": minimizer, "noise": noise, **SEARCH})
    for mode in ("DEFAULT", "DAE", "VAE")
    for data in ("font", "images")
    for minimizer in ("adam", "powell")
    for noise in ("flip", "gaussian")
    if not (mode == "VAE" and minimizer == "powell")
]


@pytest.mark.parametrize("key", Config.model_fields)
def test_every_key_is_used_by_some_config(key):
    assert any(unused_because(key, config) is None for config in CONFIGS)


def test_the_rules_speak_of_keys_that_there_are():
    assert {key for rule in RULES for key in rule.keys} <= set(Config.model_fields)


def test_a_reason_names_what_the_config_has():
    powell = load_config(None, {"minimizer": "powell"})
    assert unused_because("batch_size", powell).startswith('minimizer "powell" does not use it')
    assert unused_because("epochs", powell) is None


def test_a_page_needs_pictures():
    config = load_config(None, {"plots": False, "explorer": True})
    assert unused_because("explorer", config).startswith(
        "without plots no page is written; write plots=true"
    )
    assert unused_because("explorer", load_config(None, {"plots": False, "explorer": False})) is None


# What is remembered or drawn, and changes no number.
REMARKS = ("note", "published", "plots", "explorer", "sweep", "samples")
SMALL = {
    "epochs": 4,
    "neurons_per_layer": [3],
    "font_subset_size": 6,
    "vae_dataset": "bare.npz",
    "noise_probability": 0.3,
    "initialization": "glorot",  # others begin where float32 has no gradient
}


def told(keys):
    """Every table and number of a run, but for seconds."""
    result = run_experiment(load_config(None, settled(keys)))
    texts = {name: csv_text(table(result)) for name, table in TABLES.items()}
    tables = {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}
    return [
        [{name: cell for name, cell in row.items() if "seconds" not in name} for row in rows]
        for rows in [*tables.values(), [result.summary]]
    ]


def alternatives(base, key):
    """The legal configs that differ from `base` in that key."""
    for value in values_of(key):
        keys = {**base, key: value}
        if key == "characters":
            del keys["font_subset_size"]
        try:
            load_config(None, settled(keys))
        except UserError:
            continue
        yield keys


@pytest.mark.parametrize(
    "kind",
    [
        {"mode": "DEFAULT", "minimizer": "lbfgs"},
        {"mode": "DAE", "data": "images", "batch_size": 5, "learning_rate": 0.1},
    ],
    ids=["a font, L-BFGS", "denoised images, Adam"],
)
def test_a_key_makes_a_difference_where_it_is_used_and_only_there(tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)
    write_data(tmp_path)
    base = {**SMALL, **kind}
    expected, config, unused = told(base), load_config(None, base), []
    for key in [key for key in Config.model_fields if key not in (*kind, *REMARKS)]:
        others = list(alternatives(base, key))
        if unused_because(key, config):
            assert told(others[-1]) == expected, key
            unused.append(key)
        elif len(others) > 1:
            assert any(told(keys) != expected for keys in others), key
    assert len(unused) >= 5


def test_what_mode_vae_does_not_use_makes_no_difference_to_it(tmp_path, monkeypatch):
    pytest.importorskip("tensorflow")
    monkeypatch.chdir(tmp_path)
    write_data(tmp_path)
    base = {**SMALL, "mode": "VAE", "epochs": 1, "font_subset_size": None}
    config = load_config(None, base)
    unused = {key: values_of(key)[-1] for key in Config.model_fields if unused_because(key, config)}
    assert len(unused) >= 10
    assert told({**base, **unused, "font_subset_size": None}) == told(base)


def test_samples_are_of_ranges_alone():
    assert unused_because("samples", load_config(None, SEARCH)) is None
    listed = load_config(None, {"sweep": [{"beta": [1, 2]}], "samples": 2})
    assert unused_because("samples", listed).startswith(
        "sweep has no range to draw from; write one there: "
    )
    assert '{"beta": {"from": ' in unused_because("samples", listed)


def test_what_nothing_comes_of_is_said_with_one_reason_for_several_keys():
    config = load_config(
        None, {"minimizer": "adam", "test_noise": "flip", "noise_probability": 0.2, "seed": 3}
    )
    assert passed_over(config) == [
        "passed over: noise_probability and test_noise: mode DEFAULT does not use it; mode DAE does"
    ]


def test_nothing_is_said_of_defaults_so_what_a_run_wrote_says_no_more_than_what_it_was_made_from():
    for given in ({"mode": "VAE"}, {"minimizer": "powell"}, {"epsilon": 1e-7, "minimizer": "powell"}):
        config = load_config(None, given)
        assert passed_over(load_config(None, config.model_dump())) == passed_over(config)
