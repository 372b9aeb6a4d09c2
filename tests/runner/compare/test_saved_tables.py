"""Columns come back as runs wrote them."""

import numpy as np
import pytest

from runner.compare.saved_tables import curve_column, read_curve, read_map
from runner.storage.csv_text import csv_text
from runner.tables.tables import TABLES


def save(folder, result):
    for name in ("metrics.csv", "latent.csv"):
        (folder / name).write_text(csv_text(TABLES[name](result)), encoding="utf-8")
    return folder


def test_the_curve_of_a_font_is_its_error(default_result, tmp_path):
    curve = read_curve(save(tmp_path, default_result))
    history = default_result.history
    np.testing.assert_array_equal(curve.values, history["error"])
    np.testing.assert_array_equal(curve.epochs, np.arange(len(history)))


def test_the_map_of_a_font_has_its_characters(default_result, tmp_path):
    latent = read_map(save(tmp_path, default_result))
    np.testing.assert_array_equal(latent.places, default_result.codes.means)
    assert latent.characters == default_result.data.train.columns["character"]
    assert latent.classes is None


def test_what_cannot_be_seen_is_drawn_by_its_name(tmp_path):
    (tmp_path / "latent.csv").write_text(
        'name,character,x,y\nspace," ",0,1\nU+0001,,2,3\nquotation mark,"""",4,5\ncomma,",",6,7\n'
    )
    latent = read_map(tmp_path)
    assert latent.characters == ["space", "U+0001", '"', ","]
    assert latent.places.tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("image_result", "validation_loss"),
        ("letter_vae_result", "validation_loss"),
        ("grey_result", "validation_error"),
        ("few_result", "error"),
    ],
)
def test_the_curve_is_that_of_the_test_set_where_there_is_one(request, name, column, tmp_path):
    result = request.getfixturevalue(name)
    folder = save(tmp_path, result)
    curve = read_curve(folder)
    assert curve_column(folder) == column
    np.testing.assert_array_equal(curve.values, result.history[column])
    assert curve.epochs.tolist() == result.history.epochs.tolist()


def test_the_map_of_images_has_their_classes(image_result, tmp_path):
    latent = read_map(save(tmp_path, image_result))
    assert latent.characters is None
    assert latent.classes == image_result.data.judged.columns["class_name"]
    np.testing.assert_allclose(latent.places, image_result.codes.means, rtol=1e-6)


def test_pictures_with_names_and_classes_are_drawn_by_class(few_result, tmp_path):
    latent = read_map(save(tmp_path, few_result))
    assert latent.characters is None
    assert latent.classes == ["crosses"] * 6 + ["rings"] * 6


def test_images_without_labels_have_classes_without_names(tmp_path):
    (tmp_path / "latent.csv").write_text("index,label,class_name,x,y\n0,,,1,2\n1,,,3,4\n")
    assert read_map(tmp_path).classes == ["", ""]
