"""Columns come back as runs wrote them."""

import numpy as np

from runner.compare.saved_tables import read_columns, read_curve, read_map
from runner.storage.csv_text import csv_text
from runner.tables.font_tables import TABLES


def save(folder, tables, result):
    for name in ("metrics.csv", "latent.csv"):
        (folder / name).write_text(csv_text(tables[name](result)), encoding="utf-8")
    return folder


def test_the_curve_of_a_font_is_its_error(default_result, tmp_path):
    curve = read_curve(save(tmp_path, TABLES, default_result))
    history = default_result.best.history
    np.testing.assert_array_equal(curve.values, history.error)
    np.testing.assert_array_equal(curve.epochs, np.arange(len(history.error)))


def test_the_map_of_a_font_has_its_characters(default_result, tmp_path):
    latent = read_map(save(tmp_path, TABLES, default_result))
    np.testing.assert_array_equal(latent.places, default_result.codes)
    assert latent.characters == list(default_result.font.characters)
    assert latent.classes is None


def test_what_cannot_be_seen_is_drawn_by_its_name(tmp_path):
    (tmp_path / "latent.csv").write_text(
        'name,character,x,y\nspace," ",0,1\nU+0001,,2,3\nquotation mark,"""",4,5\ncomma,",",6,7\n'
    )
    latent = read_map(tmp_path)
    assert latent.characters == ["space", "U+0001", '"', ","]
    assert latent.places.tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]


def test_the_curve_of_images_is_that_of_the_test_set(image_result, tmp_path):
    from runner.tables.image_tables import TABLES as IMAGE_TABLES

    folder = save(tmp_path, IMAGE_TABLES, image_result)
    curve, latent = read_curve(folder), read_map(folder)
    np.testing.assert_array_equal(curve.values, image_result.history.validation_loss)
    assert curve.epochs.tolist() == [1, 2, 3, 4]
    assert latent.characters is None
    assert latent.classes == image_result.class_names
    np.testing.assert_allclose(latent.places, image_result.codes[0], rtol=1e-6)


def test_images_without_labels_have_classes_without_names(tmp_path):
    (tmp_path / "latent.csv").write_text("index,label,class_name,x,y\n0,,,1,2\n1,,,3,4\n")
    assert read_map(tmp_path).classes == ["", ""]


def test_columns_are_read_by_name(tmp_path):
    (tmp_path / "a.csv").write_text("z,x,y\n9,1,2e-3\n9,-3,0.1\n")
    columns = read_columns(tmp_path / "a.csv", ("y", "x"))
    assert list(columns) == ["y", "x"]
    assert columns["y"].tolist() == [0.002, 0.1]
    assert columns["x"].tolist() == [1, -3]
