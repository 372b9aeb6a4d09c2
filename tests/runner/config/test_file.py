"""Every mistake in a config is told, all at once, and nothing else is raised."""

import copy
import json
import random
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from loading import complaint, config, write

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config
from runner.config.spelling import plain
from runner.config.values import MAX_EPOCHS, MAX_LAYERS

ROOT = Path(__file__).parents[3]

# What is refused, and how


@pytest.mark.parametrize(
    ("key", "given", "allowed"),
    [
        ("mode", "GAN", 'must be "DEFAULT", "DAE" or "VAE"'),
        ("minimizer", 3, '"powell", "lbfgs", "adam", "rmsprop", "momentum" or "gradient_descent"'),
        ("noise_probability", 1.5, "must be at most 1"),
        ("noise_probability", -0.1, "must be at least 0"),
        ("neurons_per_layer", 20, "must be a list: write [20]"),
        ("neurons_per_layer", [1] * (MAX_LAYERS + 1), f"at most {MAX_LAYERS} items"),
        ("latent_layer_neurons", 0, "must be at least 1"),
        ("latent_layer_neurons", 10**9, "must be at most 10,000"),
        ("latent_layer_neurons", 2.5, "must be a whole number"),
        ("latent_layer_neurons", None, "must be a whole number; leave it out for its default"),
        ("font_set", [], "at least 1 item"),
        ("font_subset_size", 0, "must be at least 1"),
        ("beta", 0, "must be greater than 0"),
        ("beta", "1", "must be a number: write 1"),
        ("beta", 10**400, "is too large for a number"),
        ("beta", float("nan"), "neither infinite nor NaN"),
        ("beta", float("inf"), "neither infinite nor NaN"),
        ("beta", 1e7, "must be at most 1,000,000"),
        ("epochs", 10**12, f"must be at most {MAX_EPOCHS:,}"),
        ("epochs", 10**4000, f"must be at most {MAX_EPOCHS:,}"),
        ("epochs", "100", "must be a whole number: write 100"),
        ("seed", -1, "must be at least 0"),
        ("seed", 2**32, "must be at most 4,294,967,295"),
        ("characters", [], "at least 1 item"),
        ("learning_rate", 0, "must be greater than 0"),
        ("patience", 0, "must be at least 1"),
        ("note", [5], 'must be a text in "quotes"'),
        ("plots", "yes", "must be true or false: write true"),
        ("plots", 0, "must be true or false: write false"),
    ],
)
def test_a_message_names_the_key_what_was_given_and_what_is_allowed(key, given, allowed):
    message = complaint(**{key: given})
    line = message.splitlines()[1]
    assert line.startswith(f"  {key}")
    assert f"got {json.dumps(given)}"[:40] in line
    assert allowed in line
    assert len(line) < 220


@pytest.mark.parametrize(
    ("key", "allowed"),
    [(name, "a number") for name in ("noise_probability", "beta", "learning_rate", "max_noise")]
    + [
        (name, "a whole number")
        for name in ("epochs", "seed", "latent_layer_neurons", "restarts", "patience", "font_subset_size")
    ],
)
@pytest.mark.parametrize("given", [True, False])
def test_a_boolean_is_not_a_number(key, given, allowed):
    assert f"{key}: got {json.dumps(given)}; must be {allowed}" in complaint(**{key: given})


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"neurons_per_layer": [20, True]}, "neurons_per_layer.1: got true"),
        ({"neurons_per_layer": [20, 0]}, "neurons_per_layer.1: got 0"),
        ({"generate": [[0, 0], [0, False]]}, "generate.1.1: got false"),
        ({"characters": ["a", ""]}, 'characters.1: got ""'),
        ({"font_set": ["font1", ""]}, 'font_set.1: got ""'),
        ({"published": {"error": -1, "source": "slides"}}, "published.error: got -1"),
        ({"published": {"error": 1}}, "published.source: missing"),
        (
            {"generate": [0, 1]},
            "generate.0: got 0; must be a list, with a list for each point: write [[0, 0.2], [1, 0.2]]",
        ),
    ],
)
def test_the_place_inside_a_list_or_an_object_is_named(keys, place):
    assert place in complaint(**keys)


def test_all_problems_are_reported_at_once(tmp_path):
    path = write(tmp_path, '{"mode": "GAN", "beta": true, "epoch": 5, "published": {"eror": 1}}')
    with pytest.raises(UserError) as raised:
        load_config(path, {"neurons per layer": [0]})
    first, *lines, second, last = str(raised.value).splitlines()
    # Each place is blamed for its own.
    assert (first, second) == (f"{path} has 6 problems:", "the command line has a problem:")
    assert last.startswith("  neurons_per_layer.0: got 0")
    assert sorted(line.split(":")[0].strip() for line in lines) == [
        "beta",
        "epoch",
        "mode",
        "published.eror",
        "published.error",
        "published.source",
    ]


@pytest.mark.parametrize(
    ("keys", "suggestion"),
    [
        ({"epoch": 5}, 'epoch: unknown key (did you mean "epochs"?)'),
        ({"Latent Neurons": 5}, 'Latent Neurons: unknown key; here it is called "latent_layer_neurons"'),
        ({"sweep": [{"lr": [1]}]}, 'unknown key "lr"; here it is called "learning_rate"'),
        ({"VEA": {}}, "VEA: unknown key; blocks of keys are called DEFAULT, DAE and VAE"),
        ({"minimizer": "adan"}, '(did you mean "adam"?)'),
        ({"mode": "DEFUALT"}, '(did you mean "DEFAULT"?)'),
        (
            {"published": {"error": 1, "sorce": "x"}},
            'published.sorce: unknown key (did you mean "source"?)',
        ),
        ({"sweep": [{"sead": [1]}]}, '"sead" (did you mean "seed"?)'),
    ],
)
def test_the_nearest_name_is_suggested(keys, suggestion):
    assert suggestion in complaint(**keys)


def test_a_key_that_is_near_nothing_gets_no_suggestion():
    assert complaint(qqqqq=1).endswith("qqqqq: unknown key")


def one_edit(word: str, rng: random.Random) -> set[str]:
    """`word` with one letter missing, doubled up with another, exchanged, or swapped with the next."""
    letters = string.ascii_lowercase + "_"
    edited = set()
    for i in range(len(word)):
        before, after = word[:i], word[i:]
        letter = rng.choice(letters)
        edited |= {before + after[1:], before + letter + after, before + letter + after[1:]}
        edited |= {before + after[1::-1] + after[2:]}
    # A key with other separators is still that key.
    return {
        typo for typo in edited if plain(typo) not in {plain(key) for key in Config.model_fields} | {""}
    }


@pytest.mark.parametrize("edits", [1, 2])
def test_a_mistyped_key_gets_the_right_key_named_in_95_of_100(edits):
    rng = random.Random(edits)
    right = total = 0
    for key in Config.model_fields:
        typos = one_edit(key, rng)
        if edits == 2:
            typos = {rng.choice(sorted(one_edit(typo, rng))) for typo in typos}
        messages = [complaint(**{typo: 1}) for typo in typos]
        right += sum(f'(did you mean "{key}"?)' in message for message in messages)
        total += len(typos)
        assert all(": unknown key" in message for message in messages)
    assert total > 1000
    assert right / total >= 0.95


@pytest.mark.parametrize("minimizer", ["powell", "lbfgs", "Powell"])
def test_a_minimizer_that_the_vae_cannot_use_says_what_to_write(minimizer):
    message = complaint(mode="VAE", minimizer=minimizer)
    assert f'minimizer: got "{minimizer.lower()}"' in message
    assert 'write "adam" or "rmsprop"' in message


def test_characters_and_a_subset_size_exclude_each_other():
    message = complaint(characters=["a"], font_subset_size=3)
    assert "give either characters or font_subset_size" in message
    assert config(characters=["a"], font_subset_size=None).characters == ["a"]


@pytest.mark.parametrize(
    ("size", "points"), [(2, [[0, 0.2], [1]]), (2, [[]]), (3, [[0, 0]]), (1, [[0, 0]])]
)
def test_a_point_to_generate_needs_as_many_numbers_as_the_latent_layer(size, points):
    message = complaint(latent_layer_neurons=size, generate=points)
    assert f"generate: got {points}; each point needs {size} numbers" in message


@pytest.mark.parametrize("minimizer", ["powell", "lbfgs"])
def test_scipys_minimizers_need_double_precision(minimizer):
    assert (
        'precision: got "float32"; SciPy\'s minimizers need double precision; write float64'
        in complaint(minimizer=minimizer, precision="float32")
    )
    assert config(minimizer="adam", precision="float32").precision == "float32"


@pytest.mark.parametrize("minimizer", ["powell", "lbfgs"])
def test_scipys_minimizers_need_codes_without_noise(minimizer):
    message = complaint(minimizer=minimizer, latent_noise=0.01)
    assert (
        "latent_noise: got 0.01; SciPy's minimizers need the same codes in every step; write 0" in message
    )
    assert config(minimizer=minimizer, latent_noise=0).latent_noise == 0


def test_the_axes_of_a_sweep_are_lists_of_equal_length():
    axes = [{"Neurons per layer": [[25, 12], [9]], "latent_layer_neurons": [4, 12]}, {"seed": [0, 1, 2]}]
    assert config(sweep=axes).sweep == axes


@pytest.mark.parametrize(
    ("axis", "rule"),
    [
        ({"seed": [0, 1], "beta": [1]}, "same length"),
        ({"seed": []}, "at least 1"),
        ({}, "at least 1"),
        ({"sede": [0, 1]}, 'unknown key "sede"'),
        ({"seed": 3}, "sweep.0.seed: got 3; must be a list: write [3]"),
        ({"seed": [], "beta": [1]}, "same length"),
    ],
)
def test_a_crooked_axis_is_refused(axis, rule):
    assert rule in complaint(sweep=[axis])


@pytest.mark.parametrize(
    ("text", "shown"), [("[1, 2]", "[1, 2]"), ('"config"', '"config"'), ("null", "null"), ("3", "3")]
)
def test_a_config_is_an_object(tmp_path, text, shown):
    path = write(tmp_path, text)
    with pytest.raises(UserError) as raised:
        load_config(path)
    assert str(path) in str(raised.value)
    assert str(raised.value).endswith(f"a config is a JSON object {{…}}, not {shown}")


def test_two_spellings_of_one_key_are_a_duplicate(tmp_path):
    path = write(tmp_path, '{"font set": "font1", "font_set": "font2", "epochs": 5}')
    with pytest.raises(UserError, match="key given twice: font_set") as raised:
        load_config(path)
    assert str(path) in str(raised.value)


# Anything at all

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from([0, 1, -1, 2, 0.5, 10**400, 1e308, "VAE", "DAE", "powell", "float32", "mnist", "a"]),
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "source", "seed", "epochs"]) | st.text(max_size=5), inner
        )
    ),
    max_leaves=6,
)
keys = st.sampled_from(sorted(Config.model_fields)) | st.text(max_size=12)


@settings(max_examples=500, derandomize=True, deadline=None)
@example({"": 1})
@example({"$schema": 1})
@example({"sweep": [{"": []}], "published": {"": None}})
@example({"mode": ["VAE"], "minimizer": {"powell": 1}})
@given(st.dictionaries(keys, values, max_size=6))
def test_any_json_gives_a_config_or_a_user_error(given):
    before = copy.deepcopy(given)
    try:
        loaded = load_config(None, given)
    except UserError as error:
        assert str(error)
    else:
        assert config(**json.loads(json.dumps(loaded.model_dump(), allow_nan=False))) == loaded
    assert given == before


# What it costs


def test_reading_a_config_imports_nothing_heavy():
    code = (
        "import sys; from runner.config.file import load_config; load_config();"
        "heavy = {'numpy', 'scipy', 'autograd', 'matplotlib', 'PIL', 'rich', 'tensorflow', 'keras'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("overrides", "is_kept"),
    [
        ({"seed": 3, "plots": False, "epochs": 5}, True),
        ({"font_set": "font1"}, True),
        ({"latent_layer_neurons": 2.0}, True),
        ({"font_set": "font2"}, False),
        ({"latent_layer_neurons": 5}, False),
        ({"neurons_per_layer": [9]}, False),
        ({"mode": "DAE"}, False),
        ({"font_subset_size": 10}, False),
    ],
)
def test_a_published_figure_stays_while_data_and_network_are_its_own(tmp_path, overrides, is_kept):
    published = {"error": 17.68, "source": "the slides"}
    keys = {"font_set": ["font1"], "latent_layer_neurons": 2, "published": published}
    config = load_config(write(tmp_path, json.dumps(keys)), overrides)
    assert (config.published is not None) == is_kept
    again = load_config(write(tmp_path, json.dumps(keys)), {**overrides, "published": published})
    assert again.published is not None
