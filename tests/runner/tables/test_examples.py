"""Every CSV reads back to the arrays it was made from, whatever the characters are."""

import csv
import io

import numpy as np
import pandas
import pytest

from fonts import load_fonts
from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.storage.csv_text import csv_text
from runner.tables.font_tables import TABLES


def read(result, name):
    """The table by column, every number exactly as it was written."""
    rows = list(csv.DictReader(io.StringIO(csv_text(TABLES[name](result)))))
    return pandas.DataFrame({key: [number_or_text(row[key]) for row in rows] for key in rows[0]})


def number_or_text(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


def test_headers_are_the_documented_ones(default_result, denoising_result):
    z2, z4 = ["z1", "z2"], ["z1", "z2", "z3", "z4"]
    pixel = ["row", "column", "value"]
    near = ["nearest", "nearest_distance"]
    for result, z in ((default_result, z2), (denoising_result, z4)):
        headers = {name: TABLES[name](result)[0] for name in TABLES}
        assert headers == {
            "metrics.csv": ["epoch", "loss", "error", "seconds", "evaluations"],
            "latent.csv": [
                *["index", "name", "character", "code_point", "x", "y", *z, "error", "wrong_pixels"]
            ],
            "reconstructions.csv": ["index", "name", "kind", *pixel],
            "interpolations.csv": ["pair", "from", "to", "step", *z, *near, *pixel],
            "generated.csv": ["point", *z, *near, *pixel],
            "grid.csv": ["grid_row", "grid_column", *z, *near, *pixel],
            "restarts.csv": ["seed", "error", "wrong_pixels", "epochs", "seconds"],
        }


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_nan_and_no_line_ends_in_a_carriage_return(default_result, name):
    text = csv_text(TABLES[name](default_result))
    assert "\r" not in text
    assert not {"nan", "NaN", "inf"} & {cell for row in csv.reader(io.StringIO(text)) for cell in row}


def test_latent_table_reads_back_exactly(default_result):
    table = read(default_result, "latent.csv")
    np.testing.assert_array_equal(table[["z1", "z2"]].to_numpy(), default_result.codes)
    np.testing.assert_array_equal(table[["x", "y"]].to_numpy(), default_result.codes)
    np.testing.assert_array_equal(table["error"].to_numpy(), default_result.errors)
    assert table["character"].tolist() == list("@ABCDEFG")
    assert table["code_point"].tolist()[:2] == ["U+0040", "U+0041"]


def test_reconstructions_hold_every_pixel_of_every_kind(denoising_result):
    result = denoising_result
    table = read(result, "reconstructions.csv")
    wide = table.pivot_table(index=["kind", "index"], columns=["row", "column"], values="value")
    expected = {
        "input": result.font.pixels,
        "output": result.outputs,
        "noisy_input": result.inputs[0],
        "test_input": result.test.inputs[0],
        "test_output": result.test.outputs[0],
    }
    assert set(table["kind"]) == set(expected)
    for kind, pixels in expected.items():
        np.testing.assert_array_equal(wide.loc[kind].to_numpy(), pixels)


def test_interpolations_are_three_pairs_of_five_steps(default_result):
    table = read(default_result, "interpolations.csv")
    assert table.groupby("pair", sort=False)["step"].unique().map(list).to_dict() == {
        kind: [1, 2, 3, 4, 5] for kind in ("closest", "median", "farthest")
    }
    values = table["value"].to_numpy().reshape(3, 5, 35)
    np.testing.assert_array_equal(values, default_result.between.pictures)


def test_metrics_have_a_row_an_epoch_from_the_untrained_network_on(default_result):
    table = read(default_result, "metrics.csv")
    assert table["epoch"].tolist() == list(range(401))
    np.testing.assert_array_equal(table["loss"], default_result.best.history.loss)
    assert table["seconds"].is_monotonic_increasing


def test_restarts_have_a_row_each(default_result):
    table = read(default_result, "restarts.csv")
    assert table["seed"].tolist() == [0, 1, 2]
    np.testing.assert_array_equal(table["error"], default_result.restart_errors)


def test_all_96_characters_survive_csv_and_pandas():
    fonts = ["font1", "font2", "font3"]
    result = run_experiment(load_config(None, {"font_set": fonts, "epochs": 1}))
    text = csv_text(TABLES["latent.csv"](result))
    rows = list(csv.DictReader(io.StringIO(text)))
    expected = load_fonts(fonts)
    assert [row["character"] for row in rows] == expected.characters == [chr(c) for c in range(32, 128)]
    assert [row["name"] for row in rows] == expected.names
    table = pandas.read_csv(io.StringIO(text), keep_default_na=False)
    assert table["character"].tolist() == expected.characters
    assert len(set(table["name"])) == 96
