"""Each mode finds its network, on any data, and loads nothing of the others."""

import subprocess
import sys

import pytest

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.experiment import TRAINERS, prepare, run_experiment
from tools.reference import ROOT
from training.watch import Watch


def test_every_mode_of_the_config_has_a_trainer():
    schema = load_config().model_json_schema()
    assert set(TRAINERS) == set(schema["properties"]["mode"]["enum"])


@pytest.mark.parametrize("mode", ["DEFAULT", "DAE"])
def test_a_run_in_memory_gives_arrays_and_numbers(mode):
    reported = []
    config = load_config(None, {"mode": mode, "epochs": 3, "font_subset_size": 4})
    result = run_experiment(config, Watch(lambda epoch, error: reported.append(epoch)))
    assert reported == [0, 1, 2, 3]
    assert result.codes.means.shape == (4, 2)
    assert result.summary["characters"] == 4


@pytest.mark.parametrize(
    ("keys", "strangers"),
    [
        ({}, ["vae", "tensorflow", "keras", "images"]),
        ({"mode": "DAE"}, ["vae", "tensorflow", "keras", "images"]),
        ({"data": "images"}, ["vae", "tensorflow", "keras", "fonts"]),
        ({"mode": "VAE", "data": "font"}, ["tensorflow", "keras", "images"]),
    ],
    ids=str,
)
def test_a_combination_loads_nothing_of_the_others(keys, strangers, image_file):
    keys = {**keys, "vae_dataset": str(image_file)}
    code = (
        "import sys; from runner.config.file import load_config; from runner.experiment import prepare;"
        f"prepare(load_config(None, {keys})); strangers = set({strangers}) & set(sys.modules);"
        "assert not strangers, strangers"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


@pytest.mark.parametrize("data", ["font", "images"])
@pytest.mark.parametrize("mode", TRAINERS)
def test_any_mode_is_prepared_for_any_data(mode, data, image_file):
    if mode == "VAE":
        pytest.importorskip("tensorflow")
    keys = {"mode": mode, "data": data, "vae_dataset": str(image_file), "neurons_per_layer": [7]}
    experiment = prepare(load_config(None, keys))
    pixels = 30 if data == "images" else 35
    assert experiment.trainer.sizes == [pixels, 7, 2, 7, pixels]
    assert experiment.data.noun == ("image" if data == "images" else "character")
    assert (experiment.trainer.noise is not None) == (mode == "DAE")


def test_a_sweep_is_no_single_network():
    with pytest.raises(UserError, match=r"sweep: this trains one network; use runner\.sweep"):
        prepare(load_config(None, {"sweep": [{"seed": [0, 1]}]}))
