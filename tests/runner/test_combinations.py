"""Any mode on any data: all six run, go on, decode, are swept and are compared."""

import json
import os
import shutil
import signal
from itertools import product

import numpy as np
import pytest
from folders import content, read, rows

from main import main
from runner.config.file import load_config
from runner.experiment import Experiment
from runner.result.model_file import read_model
from runner.tables.tables import TABLES

pytest.importorskip("tensorflow")

MODES, DATA = ("DEFAULT", "DAE", "VAE"), ("font", "images")
COMBINATIONS = list(product(MODES, DATA))
EPOCHS, STOP_AFTER = 6, 3


def keys(image_file):
    return {
        "font_subset_size": 6,
        "vae_dataset": str(image_file),
        "neurons_per_layer": [8],
        "epochs": EPOCHS,
        "generate": [[0, 0.5]],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory, image_file):
    """A sweep over mode and data, with all that its runs leave."""
    place = tmp_path_factory.mktemp("combinations")
    axes = [{"mode": list(MODES)}, {"data": list(DATA)}]
    (place / "sweep.json").write_text(json.dumps({**keys(image_file), "sweep": axes}))
    words = [str(place / "sweep.json"), "--results", str(place), "--name", "sweep", "--jobs", "1"]
    assert main([*words, "--quiet"]) == 0
    return place / "sweep"


def run_of(folder, mode, data):
    (run,) = folder.glob(f"*_mode-{mode}_data-{data}")
    return run


def pictures_of(mode, data):
    common = {
        "latent_map",
        "latent_glyphs",
        "reconstructions",
        "decoded_grid",
        "interpolations",
        "generated",
    }
    of_mode = {"DEFAULT": {"error"}, "DAE": {"error", "denoising"}, "VAE": {"loss", "samples"}}[mode]
    few = {"character_errors", "pixel_values"}
    return {f"{name}.png" for name in common | of_mode | (few if data == "font" else set())}


@pytest.mark.parametrize(("mode", "data"), COMBINATIONS)
def test_every_file_is_there_and_readable(folder, mode, data):
    run = run_of(folder, mode, data)
    others = {"config.json", "run.json", "summary.json", "model.npz", "moments.npz", "log.txt", "plots"}
    assert {path.name for path in run.iterdir()} == {*TABLES, *others, "explore.html", "notebook.html"}
    for name in TABLES:
        cells = {value for row in rows(run / name) for value in row.values()}
        assert cells
        assert not {"nan", "inf", "-inf"} & cells
    pictures = {path.name: path.read_bytes() for path in (run / "plots").iterdir()}
    assert pictures.pop("training.gif").startswith(b"GIF89a")
    assert set(pictures) == pictures_of(mode, data) | {"training.png"}
    assert all(picture.startswith(b"\x89PNG") for picture in pictures.values())
    for name in ("explore.html", "notebook.html"):
        assert (run / name).read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    record, summary = read(run / "run.json"), read(run / "summary.json")
    assert record["status"] == "done"
    assert bool(record["libraries"]["tensorflow"])
    assert {"mean_error", "legibility", "epochs_run", "total_seconds"} <= set(summary)
    assert summary["epochs_run"] == EPOCHS
    assert "learned" in (run / "log.txt").read_text(encoding="utf-8")
    with np.load(run / "model.npz", allow_pickle=False) as model:
        assert model["cell"].tolist() == ([7, 5] if data == "font" else [6, 5])


def stop_after(epoch):
    """`Experiment.run`, but for a SIGTERM that comes once so many epochs are over."""
    whole = Experiment.run

    def run(self, watch):
        report = watch.report

        def heard(reached, error):
            report(reached, error)
            if reached == epoch:
                os.kill(os.getpid(), signal.SIGTERM)

        watch.report = heard
        return whole(self, watch)

    return run


@pytest.mark.parametrize(("mode", "data"), COMBINATIONS)
def test_one_command_that_is_interrupted_goes_on_to_the_same_files(
    folder, here, image_file, monkeypatch, mode, data
):
    (here / "config.json").write_text(json.dumps(keys(image_file)))
    monkeypatch.setattr(Experiment, "run", stop_after(STOP_AFTER))
    assert main([f"mode={mode}", f"data={data}", "--name", "run", "--quiet"]) == 143
    run = here / "results" / "run"
    assert read(run / "run.json")["status"] == "interrupted"
    assert rows(run / "metrics.csv")[-1]["epoch"] == str(STOP_AFTER)
    monkeypatch.undo()
    monkeypatch.chdir(here)
    assert main(["--resume", str(run), "--quiet"]) == 0
    assert content(run) == content(run_of(folder, mode, data))


@pytest.mark.parametrize(("mode", "data"), COMBINATIONS)
def test_points_of_each_are_decoded(folder, tmp_path, capsys, mode, data):
    run = run_of(folder, mode, data)
    for name in ("model.npz", "config.json"):
        shutil.copy(run / name, tmp_path)
    assert main(["--decode", str(tmp_path), "-1,0.5", "0,0.5"]) == 0
    stored = read_model((run / "model.npz").read_bytes(), load_config(run / "config.json"))
    points = np.array([[-1, 0.5], [0, 0.5]])
    expected = stored.model.decode(points)
    values = np.array([row["value"] for row in rows(tmp_path / "decoded.csv")], expected.dtype)
    np.testing.assert_array_equal(values.reshape(2, -1), expected)
    generated = np.array([row["value"] for row in rows(run / "generated.csv")], expected.dtype)
    # One point alone and one of two: how a product of matrices is summed may depend on its size.
    np.testing.assert_allclose(generated, expected[1], rtol=1e-5)
    assert (tmp_path / "plots" / "decoded.png").read_bytes().startswith(b"\x89PNG")
    has_known = data == "font"
    assert ("nearest" in rows(tmp_path / "decoded.csv")[0]) == has_known
    assert ("-1,0.5 is " in capsys.readouterr().out) == has_known


def numbers(table, name):
    return {(row["mode"], row.get("data", "")): row[name] for row in table}


def test_modes_on_the_same_letters_are_compared(folder, here, capsys):
    runs = [str(run_of(folder, mode, "font")) for mode in MODES]
    assert main(["--compare", *runs, "--name", "letters"]) == 0
    made = here / "results" / "letters"
    names = {path.name for path in (made / "plots").iterdir()}
    assert {"error_by_setting.png", "measures.png", "latent_maps.png"} <= names
    table = rows(made / "runs.csv")
    assert [row["mode"] for row in table] == list(MODES)
    for row, run in zip(table, runs, strict=True):
        summary = read(run_of(folder, row["mode"], "font") / "summary.json")
        for name in ("accumulated_error", "mean_error", "total_wrong_pixels", "legibility"):
            assert float(row[name]) == summary[name], run
    said = capsys.readouterr().out
    assert "legible" in said
    assert all(f"{float(row['mean_error']):.4g}" in said.split() for row in table)
    assert "measures.png" in (made / "index.html").read_text(encoding="utf-8")


def test_a_sweep_over_mode_and_data_tells_what_all_have(folder):
    table = rows(folder / "runs.csv")
    assert [(row["mode"], row["data"]) for row in table] == COMBINATIONS
    for name in ("mean_error", "legibility"):
        found = numbers(table, name)
        for mode, data in COMBINATIONS:
            assert float(found[mode, data]) == read(run_of(folder, mode, data) / "summary.json")[name]
    assert all((row["knn_accuracy"] != "") == (row["data"] == "images") for row in table)
    assert all((row["total_wrong_pixels"] != "") == (row["data"] == "font") for row in table)
    names = {path.name for path in (folder / "plots").iterdir()}
    assert names == {"error_by_setting.png", "measures.png", "latent_maps.png"}
    said = (folder / "log.txt").read_text(encoding="utf-8")
    assert "mean_error" in said
    assert "6 of 6 runs are done, 0 failed" in said


def test_a_run_is_named_after_its_data_where_the_mode_does_not_say_it(here, image_file):
    (here / "config.json").write_text(json.dumps({**keys(image_file), "plots": False}))
    for data, name in (("font", "_default_adam_z2"), ("images", "_default_images_adam_z2")):
        assert main([f"data={data}", "--quiet"]) == 0
        assert (here / "results" / "latest").resolve().name[17:] == name
