"""A finished run has its result back: the same numbers, tables and pictures."""

import json
from dataclasses import replace

import numpy as np
import pytest
from saved_runs import save_run

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.figures.figures import draw_figures
from runner.figures.style import png
from runner.page.notebook import notebook
from runner.result.last_words import last_words
from runner.result.restored import restored_result
from runner.storage.csv_text import csv_text
from runner.tables.tables import TABLES
from training.ending import Ending


def without_plots(result):
    return replace(result, config=result.config.model_copy(update={"plots": False}))


@pytest.fixture
def saved(tmp_path, default_result):
    return save_run(without_plots(default_result), tmp_path)


def test_its_tables_and_words_are_those_of_the_run(tmp_path, any_result):
    result = without_plots(any_result)
    folder = save_run(result, tmp_path)
    restored = restored_result(folder)
    for name, table in TABLES.items():
        if name != "restarts.csv":
            assert csv_text(table(restored)).encode() == folder.read(name), name
    assert last_words(restored) == last_words(result)
    np.testing.assert_equal(restored.model.arrays(), result.model.arrays())
    assert restored.training_seconds == result.training_seconds
    assert (restored.noise, restored.best.seed) == (result.noise, result.best.seed)
    assert notebook(restored) == notebook(result)


@pytest.mark.parametrize("name", ["denoising_result", "letter_vae_result", "grey_result"])
def test_its_pictures_are_those_of_the_run_byte_for_byte(tmp_path, request, name):
    folder = save_run(request.getfixturevalue(name), tmp_path)
    drawn = {picture: png(figure) for picture, figure in draw_figures(restored_result(folder))}
    films = {"training.gif", "training.png"}
    assert set(drawn) == {path.name for path in (folder.path / "plots").iterdir()} - films
    for picture, content in drawn.items():
        assert content == folder.read(f"plots/{picture}"), picture


@pytest.mark.parametrize("name", ["color_result", "color_vae_result"])
def test_a_run_in_colour_comes_back_as_it_was(tmp_path, request, name):
    result = without_plots(request.getfixturevalue(name))
    folder = save_run(result, tmp_path)
    restored = restored_result(folder)
    for table in ("latent.csv", "reconstructions.csv", "grid.csv"):
        assert csv_text(TABLES[table](restored)).encode() == folder.read(table), table
    assert notebook(restored) == notebook(result)


def test_a_run_from_before_there_were_colours_was_in_grey(tmp_path, color_folder):
    keys = {"data": "images", "vae_dataset": str(color_folder), "image_colors": "grey", "epochs": 1}
    result = run_experiment(load_config(None, {**keys, "plots": False}))
    folder = save_run(result, tmp_path)
    config = json.loads(folder.read("config.json"))
    del config["image_colors"]
    (folder.path / "config.json").write_text(json.dumps(config))
    np.testing.assert_array_equal(restored_result(folder).codes.means, result.codes.means)


def test_of_several_restarts_there_is_the_kept_one(saved, default_result):
    restored = restored_result(saved)
    assert len(restored.training.candidates) == 1
    assert restored.summary["restarts"] == 3
    np.testing.assert_array_equal(restored.history["error"], default_result.history["error"])


def test_a_diverged_run_is_still_told_as_one(saved):
    facts = json.loads(saved.read("run.json"))
    (saved.path / "run.json").write_text(json.dumps({**facts, "status": "failed"}))
    restored = restored_result(saved)
    assert (restored.diverged, restored.training.ending) == (True, Ending.DIVERGED)


@pytest.mark.parametrize("name", ["model.npz", "metrics.csv", "restarts.csv", "config.json", "run.json"])
def test_a_missing_file_is_named(saved, name):
    (saved.path / name).unlink()
    with pytest.raises(UserError, match=name):
        restored_result(saved)


@pytest.mark.parametrize("name", ["metrics.csv", "restarts.csv"])
@pytest.mark.parametrize(
    "content", ["", "a,b\n1\n", "a,b\n1,2\n", "epoch,seed,error\nx,y,z\n", b"\xff\xfe"]
)
def test_a_damaged_table_is_named(saved, name, content):
    (saved.path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError, match=f"{name}: is not the table that the run wrote"):
        restored_result(saved)


def test_other_data_than_were_learned_are_not_taken_for_them(saved):
    keys = json.loads(saved.read("config.json"))
    (saved.path / "config.json").write_text(json.dumps({**keys, "font_set": ["font1"]}))
    with pytest.raises(UserError, match=r"font_set: font1 is no longer what .*run learned.*main\.py"):
        restored_result(saved)
