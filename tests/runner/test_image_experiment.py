"""The way from a config of mode VAE to a trained network, and what is refused on it."""

import json

import pytest

from main import main
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.experiment import prepare
from runner.image_experiment import check_size

pytest.importorskip("tensorflow")


def config(**keys):
    return load_config(None, {"mode": "VAE", **keys})


def test_the_plan_and_the_sizes_are_those_of_the_config(image_file):
    experiment = prepare(config(vae_dataset=str(image_file), neurons_per_layer=[8, 4], beta=2))
    assert experiment.sizes == [30, 8, 4, 2, 4, 8, 30]
    assert experiment.plan.beta == 2
    assert experiment.plan.encoder_activation == "relu"
    assert experiment.plan.batch_size == 100


def test_images_that_are_not_there_are_a_mistake(tmp_path):
    with pytest.raises(UserError, match="vae_dataset: "):
        prepare(config(vae_dataset=str(tmp_path / "none.npz")))


def test_too_many_weights_are_refused():
    with pytest.raises(UserError, match="neurons_per_layer: 100,000,000 weights"):
        check_size([10_000, 5_000, 10_000])


def test_the_last_words_name_the_bound_and_its_parts(image_file, image_result):
    lines = prepare(image_result.config).describe(image_result)
    assert lines[0].startswith("[30, 16, 2, 16, 30] learned ")
    assert "reconstruction" in lines[1]
    assert "15-NN accuracy" in lines[2]


def test_a_whole_run_writes_every_file_and_repeats_itself(tmp_path, monkeypatch, image_file):
    monkeypatch.chdir(tmp_path)
    keys = {"mode": "VAE", "vae_dataset": str(image_file), "neurons_per_layer": [8], "epochs": 2}
    (tmp_path / "config.json").write_text(json.dumps({**keys, "batch_size": 50}))
    assert main(["--quiet", "--name", "first"]) == 0
    assert main(["results/first/config.json", "--quiet", "--name", "again"]) == 0
    first, again = tmp_path / "results" / "first", tmp_path / "results" / "again"
    assert len(list((first / "plots").glob("*.png"))) == 5
    for name in ("latent.csv", "grid.csv", "reconstructions.csv"):
        assert (first / name).read_bytes() == (again / name).read_bytes()
    assert json.loads((first / "run.json").read_text())["libraries"]["tensorflow"]
