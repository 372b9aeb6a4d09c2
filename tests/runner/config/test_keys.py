"""The config: what the documents promise about its keys."""

import copy
import json
from pathlib import Path

import pytest
from loading import SLIDES, complaint, config, write

from runner.config.errors import UserError
from runner.config.file import load_config

ROOT = Path(__file__).parents[3]

# What a config means


def test_the_block_of_the_slides_loads_as_printed(tmp_path):
    loaded = load_config(write(tmp_path, "{" + SLIDES + "}"))
    assert loaded.vae_dataset == "fashion_mnist"
    assert loaded.neurons_per_layer == [20]
    assert loaded.font_set == ["font2"]
    assert (loaded.font_subset_size, loaded.beta, loaded.epochs) == (10, 1.0, 100)


def test_the_ten_documented_keys_alone_give_the_documented_system(tmp_path):
    loaded = load_config(write(tmp_path, "{" + SLIDES + "}"))
    assert loaded.encoder_activation == "linear"
    assert loaded.latent_activation == "linear"
    assert loaded.decoder_activation == "logistic"
    assert loaded.bias is False
    assert loaded.loss == "squared_error"
    assert loaded.initialization == "normal"
    assert (loaded.restarts, loaded.batch_size, loaded.learning_rate_schedule) == (1, None, "constant")
    assert (loaded.noise, loaded.noisy_copies, loaded.fresh_noise) == ("flip", 5, False)


def test_the_shipped_config_loads():
    assert load_config(ROOT / "config.json").mode == "DEFAULT"


def test_an_empty_config_is_the_defaults(tmp_path):
    assert load_config(write(tmp_path, "{}")) == load_config() == config()


@pytest.mark.parametrize("key", ["latent_layer_neurons", "Latent Layer Neurons", "LATENT-layer_neurons"])
def test_keys_match_in_any_case_and_with_spaces_or_hyphens(key):
    assert config(**{key: 7}).latent_layer_neurons == 7


@pytest.mark.parametrize(
    ("key", "given", "meant"),
    [
        ("mode", "default", "DEFAULT"),
        ("mode", "dae", "DAE"),
        ("minimizer", "Gradient Descent", "gradient_descent"),
        ("minimizer", "gradient-descent", "gradient_descent"),
        ("loss", "CROSS ENTROPY", "cross_entropy"),
        ("noise", "salt-and pepper", "salt_and_pepper"),
        ("vae_dataset", "Fashion-MNIST", "fashion_mnist"),
        ("precision", "Float32", "float32"),
    ],
)
def test_names_match_in_any_case_and_with_spaces_or_hyphens(key, given, meant):
    assert getattr(config(**{key: given}), key) == meant


def test_a_path_keeps_its_spelling():
    loaded = config(vae_dataset="My-Data/Set 1.npz", font_set="My Fonts/A-b.bdf")
    assert loaded.vae_dataset == "My-Data/Set 1.npz"
    assert loaded.font_set == ["My Fonts/A-b.bdf"]


@pytest.mark.parametrize(
    ("given", "fonts"), [("font1", ["font1"]), (["font1", "x.bdf"], ["font1", "x.bdf"])]
)
def test_a_font_set_is_one_font_or_a_list_of_them(given, fonts):
    assert config(font_set=given).font_set == fonts


def test_overrides_win_over_the_file(tmp_path):
    path = write(tmp_path, '{"Epochs": 5, "seed": 3}')
    loaded = load_config(path, {"epochs": 7})
    assert (loaded.epochs, loaded.seed) == (7, 3)


def test_the_schema_key_is_for_editors(tmp_path):
    assert load_config(write(tmp_path, '{"$schema": "./config.schema.json"}')) == load_config()


@pytest.mark.parametrize(
    ("mode", "minimizer", "rate"),
    [
        ("DEFAULT", "adam", 0.01),
        ("DEFAULT", "rmsprop", 0.01),
        ("DAE", "momentum", 0.03),
        ("DEFAULT", "gradient_descent", 0.1),
        ("VAE", "adam", 0.001),
        ("VAE", "rmsprop", 0.001),
        ("VAE", "momentum", 0.01),
        ("VAE", "gradient_descent", 0.01),
    ],
)
def test_each_minimizer_has_its_own_learning_rate(mode, minimizer, rate):
    assert config(mode=mode, minimizer=minimizer).learning_rate == rate
    assert config(mode=mode, minimizer=minimizer, learning_rate=0.5).learning_rate == 0.5


def test_the_vae_has_its_own_activations_and_batches():
    vae = config(mode="VAE")
    assert (vae.encoder_activation, vae.latent_activation, vae.decoder_activation) == (
        "relu",
        "linear",
        "relu",
    )
    assert vae.batch_size == 100


def test_keys_of_another_mode_are_checked_but_allowed():
    assert config(mode="DEFAULT", noise_probability=0.3, kl_warmup_epochs=5).mode == "DEFAULT"
    assert "noise_probability" in complaint(mode="DEFAULT", noise_probability=3)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"mode": "VAE", "minimizer": "rmsprop", "neurons_per_layer": []},
        {"minimizer": "powell", "characters": ["a", "ñ", " "], "note": "¿qué?"},
        {"font_set": ["font1", "font2"], "published": {"error": 17.68, "source": "slides"}},
        {"generate": [[0, 0.1], [-1e-300, 1e9]], "sweep": [{"seed": [0, 1], "beta": [1, 2.5]}]},
    ],
)
def test_a_resolved_config_loads_back_equal(tmp_path, keys):
    resolved = config(**keys)
    assert load_config(write(tmp_path, json.dumps(resolved.model_dump(), allow_nan=False))) == resolved


def test_loading_twice_changes_nothing_in_what_was_given(tmp_path):
    path = write(tmp_path, '{"minimizer": "ADAM"}')
    given = {"Mode": "dae", "font set": "font1", "sweep": [{"Seed": [1]}], "noise": "Salt and Pepper"}
    before = copy.deepcopy(given)
    assert load_config(path, given) == load_config(path, given)
    assert given == before


def test_a_config_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        config().epochs = 3


def test_a_bias_is_trained_or_fixed():
    assert config(fixed_bias=1).fixed_bias == 1
    with pytest.raises(UserError, match="write 0, or bias=false"):
        config(bias=True, fixed_bias=1)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("latent_layer_neurons", 3, "the posterior is known for one or two latent neurons; write 0"),
        ("conditional", True, "a network that is given the class cannot use it; write 0"),
    ],
)
def test_codes_are_drawn_from_a_posterior_that_is_known(key, value, reason):
    assert reason in complaint(mode="VAE", exact_posterior_epochs=1, **{key: value})
    for mode, epochs in (("VAE", 0), ("DEFAULT", 1)):
        assert config(mode=mode, exact_posterior_epochs=epochs, **{key: value}).mode == mode
