"""Paths in a config mean the same wherever it is run from."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from folders import content, rows

from main import main
from runner.config.file import load_config
from runner.config.paths import FONTS, located, short_names


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A folder `config` with a config, and the working folder `work`; own fonts in both."""
    for folder, fonts in (("config", ("both.bdf", "mine.bdf")), ("work", ("both.bdf", "here.bdf"))):
        (tmp_path / folder / "sub").mkdir(parents=True)
        for font in (*fonts, "sub/deep.bdf"):
            shutil.copy(FONTS / "font1.bdf", tmp_path / folder / font)
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def load(places, keys, overrides=None):
    (places / "config" / "config.json").write_text(json.dumps(keys))
    return load_config(places / "config" / "config.json", overrides)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("mine.bdf", "config/mine.bdf"),
        ("./mine.bdf", "config/mine.bdf"),
        ("sub/deep.bdf", "config/sub/deep.bdf"),
        ("../work/here.bdf", "config/../work/here.bdf"),
        ("here.bdf", "work/here.bdf"),
        ("both.bdf", "config/both.bdf"),
        ("~/config/mine.bdf", "config/mine.bdf"),
    ],
)
@pytest.mark.parametrize("key", ["font_set", "vae_dataset"])
def test_a_path_of_a_file_is_looked_for_beside_it_and_then_here(places, key, written, found):
    loaded = getattr(load(places, {key: written}), key)
    assert (loaded[0] if key == "font_set" else loaded) == str(places / found)


@pytest.mark.parametrize("key", ["font_set", "vae_dataset"])
def test_a_path_of_the_command_line_is_looked_for_here(places, key):
    overrides = {"data": "font" if key == "font_set" else "images", key: "both.bdf"}
    assert str(places / "work" / "both.bdf") in getattr(load(places, {}, overrides), key)
    unknown = load(places, {}, {**overrides, key: "mine.bdf"})
    assert "mine.bdf" in getattr(unknown, key)
    assert str(places / "work" / "both.bdf") in getattr(load_config(None, {key: "both.bdf"}), key)


def test_each_of_a_list_is_located_and_names_stay_names(places):
    loaded = load(places, {"font set": ["font2", "mine.bdf", "Font3", "here.bdf"]})
    config, work = places / "config", places / "work"
    assert loaded.font_set == ["font2", str(config / "mine.bdf"), "Font3", str(work / "here.bdf")]


@pytest.mark.parametrize(
    ("key", "name", "kept"),
    [
        ("font_set", "font1", ["font1"]),
        ("font_set", "FONT1", ["FONT1"]),
        ("vae_dataset", "mnist", "mnist"),
        ("vae_dataset", "Fashion MNIST", "fashion_mnist"),
    ],
)
def test_a_file_that_has_the_name_of_a_shipped_set_does_not_take_its_place(places, key, name, kept):
    (places / "config" / name).touch()
    assert getattr(load(places, {key: name}), key) == kept


@pytest.mark.parametrize("name", ["no.bdf", "a" * 5000, "~nosuchuser/x.bdf", "nul\0.bdf", "a\\b.bdf", " "])
def test_what_is_not_there_stays_as_it_is_written(places, name):
    assert load(places, {"font_set": name, "vae_dataset": name}).font_set == [name]
    assert load(places, {"font_set": name, "vae_dataset": name}).vae_dataset == name


def test_a_backslash_is_a_letter_where_it_separates_nothing(places):
    (places / "config" / "a\\b.bdf").touch()
    assert load(places, {"font_set": "a\\b.bdf"}).font_set == [str(places / "config" / "a\\b.bdf")]


def test_what_is_asked_of_a_font_behind_its_path_is_kept(places):
    written = ["mine.bdf:12", "here.bdf:9:grey:face=2", "mine.bdf:face=0", "no.ttf:12", "mine.bdf:x"]
    mine, here = places / "config" / "mine.bdf", places / "work" / "here.bdf"
    located = [f"{mine}:12", f"{here}:9:grey:face=2", f"{mine}:face=0", "no.ttf:12", "mine.bdf:x"]
    assert load(places, {"font_set": written}).font_set == located
    (places / "config" / "mine.bdf:12").touch()
    assert load(places, {"font_set": "mine.bdf:12"}).font_set == [f"{mine}:12"]


def test_a_folder_called_by_a_number_is_found(places):
    (places / "config" / "2024").mkdir()
    assert load(places, {"vae_dataset": 2024}).vae_dataset == str(places / "config" / "2024")
    assert load(places, {"vae_dataset": 2025}).vae_dataset == "2025"


def test_paths_in_blocks_and_in_the_axes_of_a_sweep_are_located(places):
    axes = [{"Font set": ["mine.bdf", ["font2", "here.bdf"]], "epochs": [1, 2]}, {"VAE dataset": ["sub"]}]
    loaded = load(places, {"sweep": axes, "DEFAULT": {"font_set": "mine.bdf"}, "VAE": {"epochs": 3}})
    mine, here = str(places / "config" / "mine.bdf"), str(places / "work" / "here.bdf")
    assert loaded.font_set == [mine]
    assert loaded.sweep == [
        {"Font set": [mine, ["font2", here]], "epochs": [1, 2]},
        {"VAE dataset": [str(places / "config" / "sub")]},
    ]


@pytest.mark.parametrize(
    "keys", [{"font_set": 5}, {"sweep": 3}, {"sweep": [3]}, {"sweep": [{"font_set": 3}]}]
)
def test_what_is_no_path_is_left_to_whoever_checks_it(places, keys):
    assert located(keys, Path()) == keys


def test_a_path_is_called_by_the_shortest_end_that_tells_it_apart():
    given = ["font2", "/a/one/x.bdf", ["/a/two/x.bdf", "/a/y.bdf:12"], "/b/two/x.bdf", 3, None]
    assert short_names(given) == {
        "/a/one/x.bdf": "one/x.bdf",
        "/a/two/x.bdf": "a/two/x.bdf",
        "/a/y.bdf:12": "y.bdf:12",
        "/b/two/x.bdf": "b/two/x.bdf",
    }


def without_times(folder):
    return {name: told for name, told in content(folder).items() if name != "run.json"}


@pytest.mark.parametrize(
    ("keys", "resolved"),
    [
        (
            {"font_set": ["mine.bdf", "../work/both.bdf"]},
            {"font_set": ["config/mine.bdf", "config/../work/both.bdf"]},
        ),
        ({"data": "images", "vae_dataset": "own.npz"}, {"vae_dataset": "config/own.npz"}),
    ],
    ids=["fonts", "images"],
)
def test_a_run_and_its_config_run_again_elsewhere_give_the_same_bytes(places, monkeypatch, keys, resolved):
    np.savez(places / "config" / "own.npz", x_train=np.random.default_rng(0).integers(0, 256, (20, 5, 4)))
    load(places, {**keys, "epochs": 3, "neurons_per_layer": [4], "generate": [[0, 1]], "explorer": False})
    words = ["--results", str(places / "results"), "--quiet"]
    assert main([str(places / "config" / "config.json"), "--name", "a", *words]) == 0
    monkeypatch.chdir(places / "config" / "sub")
    assert main([str(places / "results" / "a" / "config.json"), "--name", "b", *words]) == 0
    first, again = places / "results" / "a", places / "results" / "b"
    assert without_times(first) == without_times(again)
    for key, value in resolved.items():
        paths = [f"{places}/{path}" for path in value] if isinstance(value, list) else f"{places}/{value}"
        assert json.loads((first / "config.json").read_text())[key] == paths
    assert main(["--resume", str(first), "--quiet"]) == 0


def test_a_sweep_is_gone_on_with_from_elsewhere(places, monkeypatch):
    axes = [{"font_set": ["mine.bdf", "here.bdf"]}, {"seed": [0, 1]}]
    load(places, {"epochs": 2, "neurons_per_layer": [4], "plots": False, "sweep": axes})
    words = ["--jobs", "1", "--quiet"]
    config = str(places / "config" / "config.json")
    assert main([config, "--results", str(places / "results"), "--name", "sweep", *words]) == 0
    sweep = places / "results" / "sweep"
    lost = sorted(path for path in sweep.iterdir() if path.is_dir() and path.name != "plots")[-1]
    before = content(sweep)
    assert lost.name == "4_font_set-here.bdf_seed-1"
    assert [row["font_set"] for row in rows(sweep / "runs.csv")] == ["mine.bdf"] * 2 + ["here.bdf"] * 2
    shutil.rmtree(lost)
    monkeypatch.chdir(places)
    assert main(["--resume", str(sweep), *words]) == 0
    assert content(sweep) == before
