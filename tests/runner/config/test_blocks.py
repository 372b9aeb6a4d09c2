"""A recipe for each mode in one file: which keys win, and what does not fit."""

import json

import pytest
from loading import write

from runner.config.errors import UserError
from runner.config.file import load_config

RECIPES = {
    "epochs": 7,
    "DEFAULT": {"neurons_per_layer": [9], "learning_rate": 0.5},
    "DAE": {"noise probability": 0.25, "latent_layer_neurons": 5},
    "VAE": {"kl_warmup_epochs": 3, "neurons_per_layer": [4, 4]},
}


def saved(tmp_path, **changes):
    return write(tmp_path, json.dumps({**RECIPES, **changes}))


def refused(path, overrides=None):
    with pytest.raises(UserError) as raised:
        load_config(path, overrides)
    return str(raised.value)


def test_the_block_of_the_mode_lies_over_the_keys_beside_it_and_overrides_over_both(tmp_path):
    path = saved(tmp_path)
    default, denoising = load_config(path), load_config(path, {"mode": "dae"})
    variational = load_config(path, {"Mode": "vae", "neurons per layer": [8]})
    assert (default.neurons_per_layer, default.learning_rate, default.epochs) == ([9], 0.5, 7)
    assert (denoising.noise_probability, denoising.latent_layer_neurons) == (0.25, 5)
    assert (denoising.mode, denoising.neurons_per_layer, denoising.epochs) == ("DAE", [20], 7)
    assert (variational.kl_warmup_epochs, variational.neurons_per_layer) == (3, [8])


def test_the_mode_of_the_file_chooses_too(tmp_path):
    assert load_config(saved(tmp_path, mode="VAE")).kl_warmup_epochs == 3


def test_a_key_stands_in_one_place(tmp_path):
    said = refused(saved(tmp_path, learning_rate=0.1))
    assert "learning_rate: stands in block DEFAULT and beside the blocks" in said


def test_blocks_that_are_not_chosen_are_checked_too(tmp_path):
    said = refused(saved(tmp_path, VAE={"epoch": 3, "latent_layer_neurons": 0}))
    assert 'VAE.epoch: unknown key (did you mean "epochs"?)' in said
    assert "VAE.latent_layer_neurons: got 0" in said


@pytest.mark.parametrize(
    ("block", "key", "value", "reason"),
    [
        ("VAE", "restarts", 3, "mode VAE does not use it; modes DEFAULT and DAE do"),
        ("DEFAULT", "noise_probability", 0.1, "mode DEFAULT does not use it; mode DAE does"),
        ("DAE", "kl_warmup_epochs", 1, "mode DAE does not use it; mode VAE does"),
        ("DAE", "max_noise", 0.5, 'noise "flip" does not use it; "uniform" and "gaussian" do'),
        ("VAE", "font_set", "font1", "images are learned, not a font"),
        ("DEFAULT", "vae_dataset", "mnist", "a font is learned, not images"),
    ],
)
def test_a_key_that_nothing_would_come_of_is_refused_in_blocks_and_on_the_command_line(
    tmp_path, block, key, value, reason
):
    assert f"{block}.{key}: {reason}" in refused(saved(tmp_path, **{block: {key: value}}))
    said = refused(saved(tmp_path), {"mode": block, key: value})
    assert said.startswith("the command line has a problem:")
    assert f"  {key}: {reason}" in said
    # Beside the blocks it is checked, but not used: the flat config of the documents has them all.
    flat = write(tmp_path, json.dumps({"mode": block, key: value}))
    assert getattr(load_config(flat), key) in (value, [value])


def test_a_rate_is_not_used_by_scipys_methods_but_one_of_the_file_does_no_harm(tmp_path):
    path = saved(tmp_path)
    assert load_config(path, {"minimizer": "powell"}).minimizer == "powell"
    said = refused(path, {"minimizer": "powell", "learning_rate": 0.1})
    assert 'learning_rate: minimizer "powell" does not use it' in said


@pytest.mark.parametrize("block", [3, [1], "x", None])
def test_a_block_is_an_object(tmp_path, block):
    said = refused(write(tmp_path, json.dumps({"DAE": block})))
    assert "DAE: a block of keys for mode DAE is a JSON object" in said


def test_a_block_may_be_called_as_a_mode_may_and_stands_once(tmp_path):
    spelled = write(tmp_path, '{"mode": "AE", "autoencoder": {"epochs": 7}, "dae": {"epochs": 8}}')
    assert (load_config(spelled).epochs, load_config(spelled, {"mode": "denoising"}).epochs) == (7, 8)
    assert "block given twice: DAE" in refused(write(tmp_path, '{"DAE": {}, "dae": {}}'))


def test_a_block_cannot_choose_the_mode_and_says_a_key_once(tmp_path):
    assert "DAE.mode: a block cannot choose the mode" in refused(
        write(tmp_path, '{"DAE": {"mode": "VAE"}}')
    )
    said = refused(write(tmp_path, '{"DAE": {"learning rate": 1, "learning_rate": 2}}'))
    assert "block DAE: key given twice: learning_rate" in said


@pytest.mark.parametrize(
    ("file", "override", "named"),
    [
        ({"characters": ["a"]}, {"font_subset_size": 3}, "characters: got "),
        ({"precision": "float32"}, {"minimizer": "powell"}, "precision: got "),
        ({"generate": [[0, 1]]}, {"latent_layer_neurons": 3}, "generate: got "),
        ({"DEFAULT": {"generate": [[0, 1]]}}, {"latent_layer_neurons": 3}, "DEFAULT.generate: got "),
        ({"minimizer": "powell"}, {"mode": "VAE"}, "minimizer: got "),
        ({}, {"epochs": 0}, "epochs: got 0"),
    ],
)
def test_an_override_that_does_not_go_with_the_file_is_the_mistake(tmp_path, file, override, named):
    path = write(tmp_path, json.dumps(file))
    load_config(path)
    first, second = refused(path, override).splitlines()
    assert first == "the command line has a problem:"
    assert second.startswith(f"  {named}")


def test_what_is_wrong_with_the_file_is_no_fault_of_the_overrides(tmp_path):
    path = write(tmp_path, '{"beta": 0, "DEFAULT": {"seed": -1}, "VAE": {"epochs": 0}, "qqq": 1}')
    said = refused(path, {"epochs": 3, "note": "x"}).splitlines()
    assert said[0] == f"{path} has 4 problems:"
    assert {line.split(": ")[0].strip() for line in said[1:]} == {
        "beta",
        "DEFAULT.seed",
        "VAE.epochs",
        "qqq",
    }
