"""`load_run` gives everything of a finished run back, and `train` the same of one that left no files."""

import json
import subprocess
import sys

import numpy as np
import pytest
from folders import read, rows
from saved_runs import save_run

import runner
from main import main
from runner import load_run, train
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.tables.tables import TABLES
from tools.reference import ROOT


def test_a_loaded_run_encodes_and_decodes_as_its_result_did(tmp_path, any_result):
    folder = save_run(any_result, tmp_path).path
    run, result = load_run(folder), any_result
    assert run.config == result.config
    assert run.summary == {**result.summary, "total_seconds": 1.5}
    judged = result.data.judged.pixels
    np.testing.assert_array_equal(run.encode(judged), result.codes.means)
    pictures = judged.reshape(-1, *result.data.cell)
    np.testing.assert_array_equal(run.encode(pictures), result.codes.means)
    drawn = run.decode(result.codes.means)
    np.testing.assert_allclose(drawn, run.reconstruct(pictures), rtol=1e-6)
    assert drawn.shape == (len(judged), *result.data.cell)
    if result.noise is None:
        np.testing.assert_allclose(drawn.reshape(judged.shape), result.outputs, atol=1e-6)
    for name in TABLES:
        columns = run.tables[name]
        written = rows(folder / name)
        assert len(next(iter(columns.values()))) == len(written)
        for column, values in columns.items():
            texts = [row[column] for row in written]
            if values.dtype.kind == "U":
                assert values.tolist() == texts
            else:
                np.testing.assert_array_equal(values, [float(text or "nan") for text in texts])
    assert repr(run).startswith(f"Run(run: {result.model.sizes}")


@pytest.mark.parametrize("name", ["default_result", "letter_vae_result"])
def test_one_picture_and_one_code_are_enough(tmp_path, request, name):
    result = request.getfixturevalue(name)
    run = load_run(save_run(result, tmp_path).path)
    picture = result.pixels[0].reshape(result.data.cell)
    code = run.encode(picture)
    assert code.shape == (2,)
    assert run.decode(code).shape == run.reconstruct(picture).shape == result.data.cell
    np.testing.assert_allclose(run.encode((255 * picture).astype(np.uint8)), code, rtol=1e-6)
    with pytest.raises(UserError, match="pictures: got the shape"):
        run.encode(picture.T)
    with pytest.raises(UserError, match="codes: got the shape"):
        run.decode([1, 2, 3])


def test_its_figures_are_those_in_its_folder(tmp_path, letter_vae_result):
    folder = save_run(letter_vae_result, tmp_path).path
    figures = load_run(folder).figures()
    assert set(figures) == {path.name for path in (folder / "plots").iterdir()}
    for name, figure in figures.items():
        assert figure._repr_png_() == (folder / "plots" / name).read_bytes()


@pytest.mark.parametrize("name", ["image_result", "letter_vae_result"])
def test_the_keras_models_have_the_trained_weights(tmp_path, request, name):
    pytest.importorskip("tensorflow")
    result = request.getfixturevalue(name)
    run = load_run(save_run(result, tmp_path).path)
    encoder, decoder = run.keras_models()
    pixels = result.pixels[:20]
    means, log_variances = encoder.predict(pixels, verbose=0)
    np.testing.assert_allclose(means, run.encode(pixels), atol=1e-5)
    np.testing.assert_allclose(log_variances, result.codes.log_variances[:20], atol=1e-5)
    drawn = decoder.predict(means, verbose=0)
    np.testing.assert_allclose(drawn.reshape(-1, *run.cell), run.reconstruct(pixels), atol=1e-5)


def test_a_numpy_network_is_no_keras_model(tmp_path, default_result):
    run = load_run(save_run(default_result, tmp_path).path)
    with pytest.raises(UserError, match="mode DEFAULT has a NumPy network"):
        run.keras_models()


def test_it_shows_itself_in_a_notebook(tmp_path, default_result):
    folder = save_run(default_result, tmp_path).path
    html = load_run(folder)._repr_html_()
    assert html.count("<img") == 2
    assert "the best linear network: " in html
    assert 'src="http' not in html


def test_a_run_without_pictures_and_without_its_data_shows_its_numbers(tmp_path, default_result):
    folder = save_run(default_result, tmp_path).path
    for path in (folder / "plots").iterdir():
        path.unlink()
    keys = {**read(folder / "config.json"), "font_set": ["nowhere.bdf"]}
    (folder / "config.json").write_text(json.dumps(keys))
    run = load_run(folder)
    assert "characters learned" in run._repr_html_()
    with pytest.raises(UserError, match="font_set: no font"):
        run.figures()


def test_training_in_memory_gives_what_a_run_on_disk_has(here):
    keys = {"epochs": 30, "font_subset_size": 6, "neurons_per_layer": [8]}
    trained = train("config.json", **keys)
    assert {path.name for path in here.iterdir()} == {"config.json", "sweep.json"}
    words = [f"{key}={value}" for key, value in keys.items()]
    assert main([*words, "plots=false", "--name", "run", "--quiet"]) == 0
    loaded = load_run("results/run")
    assert trained.config == load_config(None, keys)
    for name in set(TABLES) - {"restarts.csv", "metrics.csv"}:
        for column, values in loaded.tables[name].items():
            np.testing.assert_array_equal(trained.tables[name][column], values)
    np.testing.assert_array_equal(trained.decode([0, 0]), loaded.decode([0, 0]))
    assert trained._repr_html_().count("<img") == 2
    assert "6 characters through 2 numbers" in repr(trained)


def test_mistakes_in_keys_are_told():
    with pytest.raises(UserError, match="epochs: got 0"):
        train(None, epochs=0)


def test_the_package_has_these_two_and_no_other_name():
    with pytest.raises(AttributeError, match="no attribute 'load_runs'"):
        runner.load_runs  # noqa: B018


def test_a_font_is_encoded_without_what_draws_and_without_tensorflow(tmp_path, default_result):
    folder = save_run(default_result, tmp_path).path
    code = (
        f"import sys; from runner import load_run; run = load_run({str(folder)!r});"
        "run.reconstruct(run.decode([0, 0])); run.tables['latent.csv'], run.result.codes, repr(run);"
        "run._repr_html_();"
        "assert not {'tensorflow', 'keras', 'matplotlib', 'rich'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
