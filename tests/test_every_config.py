"""Every legal config runs to its end or is refused with the remedy; `make soak` has the larger covers."""

import json
from collections import Counter
from itertools import combinations, product

import pytest
from every_value import VALUES, covered, each_once, factors, settled, values_of, write_data
from soak.covers import (
    DIVERGED,
    FINISHED,
    FONT_MODES,
    GROUPS,
    REFUSED,
    REMEDY,
    failures_of,
    failures_of_words,
    single_keys,
)

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config

# What is written besides the tables takes most of the time: a few configs draw, the others do not.
UNDRAWN = {"plots": [False], "explorer": [True], "sweep": [[]]}
DRAWN_TOO = 12
# Powell's method takes many evaluations an iteration.
CHEAP = {
    "vae_dataset": ["bare.npz"],
    "image_size": [4, 1],
    "neurons_per_layer": [[2], []],
    "latent_layer_neurons": [2, 1],
    "font_set": ["own.bdf"],
    "learning_rate": [0.01],
    **{f"{part}_activation": ["linear", "gelu", "sine"] for part in ("encoder", "latent", "decoder")},
}
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


def test_a_cover_holds_every_pair():
    varied = factors(**GROUPS["first order"], **UNDRAWN)
    rows = [json.dumps(row, sort_keys=True) for row in covered(varied)]
    items = [{json.dumps(row[key]) for row in map(json.loads, rows)} for key in ("mode", "beta", "loss")]
    assert list(map(len, items)) == [2, 3, 3]
    pairs = Counter(
        pair
        for row in map(json.loads, rows)
        for pair in combinations(
            [(key, json.dumps(row.get(key))) for key in sorted(Config.model_fields)], 2
        )
    )
    for one, other in combinations([key for key in Config.model_fields if key not in ("generate",)], 2):
        if {one, other} & {"characters", "font_subset_size"}:
            continue  # they exclude each other, and are one factor
        first, second = sorted((one, other))
        for values in product(varied[first], varied[second]):
            pair = tuple(
                (key, json.dumps(value[key])) for key, value in zip((first, second), values, strict=True)
            )
            assert pairs[pair], pair


# What comes of them


def drawn_now_and_then(configs):
    """The same configs, some of them with pictures, and some of these with pages."""
    for index, keys in enumerate(configs):
        yield {**keys, "plots": index % DRAWN_TOO == 0, "explorer": index % (2 * DRAWN_TOO) == 0}


def test_every_pair_of_values_runs_with_first_order_minimizers(here):
    codes = Counter()
    configs = covered(factors(**GROUPS["first order"], **UNDRAWN))
    assert list(failures_of(drawn_now_and_then(configs), codes)) == []
    assert set(codes) == {FINISHED, DIVERGED}
    assert codes.total() >= 81
    assert codes[FINISHED] > codes[DIVERGED] > 0


def test_every_pair_of_values_runs_with_scipys_minimizers(here):
    codes = Counter()
    configs = covered(factors(**{**GROUPS["SciPy"], **CHEAP, **UNDRAWN}))
    assert list(failures_of(drawn_now_and_then(configs), codes)) == []
    assert set(codes) == {FINISHED}
    assert codes.total() >= 12


def test_every_value_runs_in_mode_vae(here):
    pytest.importorskip("tensorflow")
    codes = Counter()
    configs = each_once(factors(**GROUPS["VAE"], **UNDRAWN, neurons_per_layer=[[3], [], [4, 3]]))
    assert list(failures_of(drawn_now_and_then(configs), codes)) == []
    assert set(codes) <= {FINISHED, DIVERGED}
    assert codes.total() == 9


@pytest.mark.parametrize("mode", FONT_MODES)
def test_the_shipped_config_takes_every_value_of_every_key(here, mode):
    codes = Counter()
    keys = [key for key in Config.model_fields if key not in ("mode", "plots", "explorer", "sweep")]
    assert list(failures_of_words(single_keys(mode, keys), codes)) == []
    assert set(codes) == {FINISHED, DIVERGED, REFUSED}
    assert codes[FINISHED] > codes.total() / 2


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
