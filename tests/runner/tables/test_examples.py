"""The tables of the judged pictures read back to the arrays they were made from, whatever these are."""

import io

import numpy as np
import pandas
import pytest
from reading import cells, read

from fonts import load_fonts
from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.result.result import SHOWN_OF_MANY
from runner.storage.csv_text import csv_text
from runner.tables.examples import latent, reconstructions


def test_latent_table_reads_back_exactly(default_result):
    table = read(latent(default_result))
    np.testing.assert_array_equal(table[["z1", "z2"]].to_numpy(), default_result.codes.means)
    np.testing.assert_array_equal(table[["x", "y"]].to_numpy(), default_result.codes.means)
    np.testing.assert_array_equal(table["error"].to_numpy(), default_result.errors)
    assert table["character"].tolist() == list("@ABCDEFG")
    assert table["code_point"].tolist()[:2] == ["U+0040", "U+0041"]
    assert table["index"].tolist() == list(range(8))
    assert table["wrong_pixels"].tolist() == default_result.wrong.sum(axis=1).tolist()


def test_latent_table_has_every_test_image_with_its_class_in_words(image_result):
    table = pandas.DataFrame(cells(latent(image_result)))
    labels, data = image_result.data.test.labels, image_result.data
    assert table["label"].tolist() == [str(label) for label in labels]
    assert table["class_name"].tolist() == [data.class_names[label] for label in labels]
    codes = image_result.codes
    for name, values in {
        "z1": codes.means[:, 0],
        "x": codes.means[:, 0],
        "y": codes.means[:, 1],
        "z2_log_var": codes.log_variances[:, 1],
        "error": image_result.errors,
    }.items():
        np.testing.assert_array_equal(table[name].astype(np.float32), values)


@pytest.mark.parametrize("name", ["image_result", "letter_vae_result"])
def test_the_terms_of_each_picture_are_exact(request, name):
    result = request.getfixturevalue(name)
    table = read(latent(result))
    np.testing.assert_array_equal(table["reconstruction"], result.nats)
    np.testing.assert_array_equal(table["kl"], result.codes.kl.sum(axis=1))


def test_pictures_with_names_have_them_beside_their_classes(few_result):
    table = cells(latent(few_result))
    assert [row["name"] for row in table] == few_result.data.judged.names
    assert {row["class_name"] for row in table[:6]} == {"crosses"}
    assert {row["label"] for row in table[6:]} == {"1"}


def test_the_principal_plane_of_many_latent_numbers_is_in_the_table(denoising_result):
    table = read(latent(denoising_result))
    names = ["z1", "z2", "z3", "z4"]
    np.testing.assert_array_equal(table[names].to_numpy(), denoising_result.codes.means)
    places = denoising_result.plane.project(denoising_result.codes.means)
    np.testing.assert_array_equal(table[["x", "y"]].to_numpy(), places)


def test_reconstructions_hold_every_pixel_of_every_kind(denoising_result):
    result = denoising_result
    table = read(reconstructions(result))
    wide = table.pivot_table(index=["kind", "index"], columns=["row", "column"], values="value")
    expected = {
        "input": result.pixels,
        "output": result.outputs,
        "noisy_input": result.inputs[0],
        "test_input": result.test.inputs[0],
        "test_output": result.test.outputs[0],
    }
    assert set(table["kind"]) == set(expected)
    for kind, pixels in expected.items():
        np.testing.assert_array_equal(wide.loc[kind].to_numpy(), pixels)


@pytest.mark.parametrize("name", ["image_result", "grey_result", "many_letters_result"])
def test_of_many_pictures_a_sample_is_listed_under_its_own_numbers(request, name):
    result = request.getfixturevalue(name)
    table = cells(reconstructions(result))
    rows, pixels = result.data.sample(SHOWN_OF_MANY), result.pixels.shape[1]
    assert len(table) == SHOWN_OF_MANY * 2 * pixels
    assert list(dict.fromkeys(int(row["index"]) for row in table)) == rows.tolist()
    names = [result.data.judged.names[row] for row in rows]
    assert [row["name"] for row in table[:: 2 * pixels]] == names
    values = np.array([row["value"] for row in table], result.pixels.dtype).reshape(-1, 2, pixels)
    np.testing.assert_array_equal(values[:, 0], result.pixels[rows])
    outputs = result.shown_outputs
    np.testing.assert_array_equal(values[:, 1].astype(outputs.dtype), outputs)


@pytest.mark.parametrize("name", ["color_result", "color_vae_result"])
def test_a_picture_in_colour_has_a_row_for_each_channel(request, name):
    result = request.getfixturevalue(name)
    table = read(reconstructions(result))
    for kind, pixels in {"input": result.pixels, "output": result.shown_outputs}.items():
        rows = table[table["kind"] == kind]
        assert rows["channel"].tolist()[:4] == ["red", "green", "blue", "red"]
        order = ["index", "row", "column"]
        wide = rows.pivot_table(index=order, columns="channel", values="value")
        levels = wide[["red", "green", "blue"]].to_numpy().astype(pixels.dtype)
        np.testing.assert_array_equal(levels.reshape(len(pixels), -1), pixels)


def test_all_96_characters_survive_csv_and_pandas():
    fonts = ["font1", "font2", "font3"]
    result = run_experiment(load_config(None, {"font_set": fonts, "epochs": 1}))
    rows, expected = cells(latent(result)), load_fonts(fonts)
    assert [row["character"] for row in rows] == expected.characters == [chr(c) for c in range(32, 128)]
    assert [row["name"] for row in rows] == expected.names
    table = pandas.read_csv(io.StringIO(csv_text(latent(result))), keep_default_na=False)
    assert table["character"].tolist() == expected.characters
    assert len(set(table["name"])) == 96


def test_the_parts_of_the_elbo_and_the_best_codes_are_in_the_table(exact_result):
    table, losses = read(latent(exact_result)), exact_result.losses
    for name in ("negative_log_likelihood", "approximation_gap", "amortization_gap"):
        np.testing.assert_array_equal(table[name], getattr(losses, name))
    np.testing.assert_array_equal(table[["best_z1", "best_z2"]].to_numpy(), losses.best.means)
