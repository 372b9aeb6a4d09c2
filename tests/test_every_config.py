"""Every legal config runs to its end or is refused with the remedy; `make soak` has the larger covers."""

import json
from collections import Counter
from itertools import combinations, product

import pytest
from soak.covers import (
    DATA,
    DIVERGED,
    FEWER,
    FINISHED,
    KINDS,
    MODES,
    REFUSED,
    REMEDY,
    failures_of,
    failures_of_words,
    single_keys,
    wrong_with,
)
from soak.processes import ROOT
from soak.values import VALUES, covered, each_once, factors, settled, values_of, write_data

from runner.cli.options import parse_arguments
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config

# The files take most of the time: a few configs draw pictures, the others do not.
UNDRAWN = {"plots": [False], "explorer": [True], "sweep": [[]]}
DRAWN_TOO = 12
# Powell's method takes many evaluations an iteration.
CHEAP = {**FEWER, "neurons_per_layer": [[2], []], "latent_layer_neurons": [2, 1], "image_size": [4, 1]}
CHEAP |= {"vae_dataset": ["bare.npz", "folder"], "font_set": ["own.bdf"]}
PROPERTIES = Config.model_json_schema()["properties"]
# Bounds that take too long to reach, or too much room.
FAR = {
    ("neurons_per_layer", "maxItems"): "twenty layers are",
    ("latent_layer_neurons", "maximum"): "10,000 neurons",
    ("image_size", "maximum"): "pictures of 128×128",
    ("epochs", "maximum"): "ten million epochs",
    ("restarts", "maximum"): "10,000 restarts",
    ("noisy_copies", "maximum"): "10,000 copies",
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with the fonts and images that the values name."""
    monkeypatch.chdir(tmp_path)
    write_data(tmp_path)
    return tmp_path


# The values


@pytest.mark.parametrize("key", Config.model_fields)
def test_every_key_has_values_of_every_kind_and_all_are_legal(key):
    values = values_of(key)
    assert len({json.dumps(value) for value in values}) == len(values) >= 2
    for value in values:
        assert load_config(None, settled({"latent_layer_neurons": 2, key: value})) is not None
    schema = PROPERTIES[key]
    for option in schema.get("anyOf", [schema]):
        assert set(option.get("enum", [])) <= set(map(str, values))
        assert option.get("type") != "null" or None in values
        for bound in ("minimum", "maximum"):
            assert bound not in option or option[bound] in values or (key, bound) in FAR


def test_no_value_is_there_for_a_key_that_is_not():
    assert set(VALUES) <= set(Config.model_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_a_cover_holds_every_pair(kind):
    # Of keys that others exclude or shape there is one value.
    alone = {"generate": [[]], "fixed_bias": [0.0], "exact_posterior_epochs": [0]}
    varied = factors(KINDS[kind], {**FEWER, **UNDRAWN, **alone})
    rows = [{key: json.dumps(value) for key, value in row.items()} for row in covered(varied)]
    for one, other in combinations(varied, 2):
        for first, second in product(varied[one], varied[other]):
            pair = {key: json.dumps(value) for key, value in {**first, **second}.items()}
            assert any(pair.items() <= row.items() for row in rows), pair


# What comes of them


def drawn_now_and_then(configs):
    """The same configs, some of them with pictures, and some of these with pages."""
    for index, keys in enumerate(configs):
        yield {**keys, "plots": index % DRAWN_TOO == 0, "explorer": index % (2 * DRAWN_TOO) == 0}


@pytest.mark.parametrize(
    ("kind", "limits", "least"),
    [
        ("DEFAULT, font", FEWER, 20),
        ("DEFAULT, images", FEWER, 20),
        ("DAE, font", FEWER, 20),
        ("DAE, images", {**FEWER, "vae_dataset": ["folder", "bare.npz"]}, 20),
        ("DEFAULT, images, SciPy", CHEAP, 9),
        ("DAE, font, SciPy", CHEAP, 20),
    ],
)
def test_every_pair_of_values_runs(here, kind, limits, least):
    codes = Counter()
    configs = covered(factors(KINDS[kind], {**limits, **UNDRAWN}))
    assert list(failures_of(drawn_now_and_then(configs), codes)) == []
    assert set(codes) <= {FINISHED, DIVERGED}
    assert codes[FINISHED] >= least


@pytest.mark.parametrize("data", DATA)
def test_every_value_runs_in_mode_vae(here, data):
    pytest.importorskip("tensorflow")
    codes = Counter()
    # With classes, so that `conditional` is not refused.
    few = {"image_size": [None, 12], "vae_dataset": ["classes.npz", "folder", "colors"], **UNDRAWN}
    configs = each_once(factors(KINDS[f"VAE, {data}"], few))
    assert list(failures_of(drawn_now_and_then(configs), codes)) == []
    assert set(codes) <= {FINISHED, REFUSED}
    assert codes[FINISHED] >= 4


NOISE = ("noise", "noise_probability", "max_noise", "noisy_copies", "fresh_noise")


@pytest.mark.parametrize(("mode", "only"), [("DEFAULT", ()), ("DAE", NOISE)])
def test_the_shipped_config_takes_every_value_of_every_key(here, mode, only):
    codes = Counter()
    keys = only or [key for key in Config.model_fields if key not in ("mode", "plots", "explorer", "sweep")]
    assert list(failures_of_words(single_keys(mode, keys), codes)) == []
    assert set(codes) <= {FINISHED, DIVERGED, REFUSED}
    assert codes[FINISHED] >= 10


@pytest.mark.parametrize("mode", MODES)
def test_the_shipped_config_takes_every_value_of_every_key_or_says_what_to_do(mode):
    taken = 0
    for words in single_keys(mode, [key for key in Config.model_fields if key != "mode"]):
        try:
            load_config(ROOT / "config.json", parse_arguments(words).overrides)
            taken += 1
        except UserError as error:
            assert str(error).startswith("the command line has ")
            assert REMEDY.search(str(error)), words
    assert taken > 50


FEW = {"epochs": 2, "plots": False, "font_subset_size": 6}


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({**FEW, "font_subset_size": 1000}, REFUSED),
        ({"epochs": 2, "characters": "ñ"}, REFUSED),
        ({**FEW, "font_set": ["font2", "FONT2"]}, REFUSED),
        ({**FEW, "font_set": "nowhere.bdf"}, REFUSED),
        ({**FEW, "font_set": "folder"}, REFUSED),
        ({"data": "images", "vae_dataset": "own.bdf", "epochs": 1}, REFUSED),
        ({**FEW, "minimizer": "powell", "neurons_per_layer": [5000, 5000]}, REFUSED),
        ({**FEW, "neurons_per_layer": [10_000] * 20}, REFUSED),
        ({**FEW, "sweep": [{"epochs": [0, -1]}]}, REFUSED),
        ({**FEW, "sweep": [{"kl_warmup_epochs": [0, 1]}]}, REFUSED),
        ({**FEW, "restarts": 2, "precision": "float32"}, FINISHED),
        ({**FEW, "latent_layer_neurons": 200}, FINISHED),
        ({**FEW, "neurons_per_layer": [], "latent_layer_neurons": 1, "beta": 1e-6}, FINISHED),
        ({**FEW, "plots": False, "explorer": True}, FINISHED),
        ({**FEW, "mode": "DAE", "noise_probability": 1, "patience": 1, "fresh_noise": True}, FINISHED),
        ({**FEW, "sweep": [{"restarts": [1, 2]}, {"note": ["a", "b"]}]}, FINISHED),
        ({**FEW, "encoder_activation": "relu", "learning_rate": 1e308}, DIVERGED),
    ],
    ids=str,
)
def test_what_stands_beside_the_legal_values_leads_somewhere_too(here, keys, code):
    assert wrong_with(keys) == (code, [])


def test_any_two_values_are_taken_or_refused_with_the_remedy():
    refused = 0
    for one, other in combinations(Config.model_fields, 2):
        for first, second in product(values_of(one), values_of(other)):
            keys = {"latent_layer_neurons": 2, one: first, other: second}
            try:
                load_config(None, settled(keys))
            except UserError as error:
                refused += 1
                assert REMEDY.search(str(error)), keys
    assert refused >= 8
