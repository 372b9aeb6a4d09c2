"""The CSV files of a run on images read back to the arrays they were made from."""

import csv
import io

import numpy as np
import pytest

from runner.storage.csv_text import csv_text
from runner.tables.image_tables import TABLES


def read(result, name):
    rows = list(csv.DictReader(io.StringIO(csv_text(TABLES[name](result)))))
    return {key: [row[key] for row in rows] for key in rows[0]}


def test_headers_are_the_documented_ones(image_result):
    pixel = ["row", "column", "value"]
    assert {name: table(image_result)[0] for name, table in TABLES.items()} == {
        "metrics.csv": ["epoch", "loss", "reconstruction", "kl", "beta", "validation_loss", "seconds"],
        "latent.csv": [
            *("index", "label", "class_name", "x", "y", "z1", "z2", "z1_log_var", "z2_log_var"),
            *("reconstruction", "kl"),
        ],
        "reconstructions.csv": ["index", "name", "kind", *pixel],
        "generated.csv": ["point", "z1", "z2", *pixel],
        "grid.csv": ["grid_row", "grid_column", "z1", "z2", *pixel],
    }


def test_latent_table_has_every_test_image_with_its_class_in_words(image_result):
    table = read(image_result, "latent.csv")
    labels = image_result.images.test_labels
    assert table["label"] == [str(label) for label in labels]
    assert table["class_name"] == [image_result.images.class_names[label] for label in labels]
    np.testing.assert_array_equal(np.array(table["z1"], np.float32), image_result.codes[0][:, 0])
    np.testing.assert_array_equal(np.array(table["z2_log_var"], np.float32), image_result.codes[1][:, 1])


def test_grid_holds_every_pixel_of_the_manifold(image_result):
    values = np.array(read(image_result, "grid.csv")["value"], np.float32)
    np.testing.assert_array_equal(values, image_result.grid.astype(np.float32).ravel())


def test_metrics_have_a_row_an_epoch(image_result):
    table = read(image_result, "metrics.csv")
    assert table["epoch"] == ["1", "2", "3", "4"]
    loss = np.array(table["reconstruction"], float) + np.array(table["beta"], float) * np.array(
        table["kl"], float
    )
    np.testing.assert_allclose(np.array(table["loss"], float), loss, rtol=1e-4)


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_nan(image_result, name):
    rows = csv.reader(io.StringIO(csv_text(TABLES[name](image_result))))
    assert not {"nan", "inf", "-inf"} & {cell for row in rows for cell in row}
