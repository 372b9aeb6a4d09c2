"""The user's own .npz file: images and labels that go together, and a sentence for all that are none."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from images.archive import read_archive
from images.errors import DataError


def some(count=20, rows=4, columns=3) -> np.ndarray:
    return np.random.default_rng(count).integers(0, 256, (count, rows, columns)).astype(np.uint8)


def test_the_parts_that_are_there_are_taken(npz):
    parts, class_names = read_archive(Path(npz(x_train=some(20), y_train=np.arange(20)[:, None] % 3)))
    assert list(parts) == ["train_images", "train_labels"]
    assert parts["train_labels"].tolist() == [i % 3 for i in range(20)]
    assert class_names == ["class 0", "class 1", "class 2"]


def test_values_from_0_to_1_are_rounded_to_grey_levels(npz):
    levels = some(20)
    for kind in (np.float16, np.float32, np.float64):
        parts, _ = read_archive(Path(npz(x_train=(levels / 255).astype(kind), x_test=levels)))
        assert np.array_equal(parts["train_images"], levels)


@pytest.mark.parametrize("scale", [1, 1 / 255])
def test_colours_become_the_luminance_of_pillow(npz, scale):
    colours = np.random.default_rng(0).integers(0, 256, (20, 4, 3, 3)).astype(np.uint8)
    values = colours if scale == 1 else colours * scale
    parts, _ = read_archive(Path(npz(x_train=values, x_test=values[:2])))
    expected = [np.asarray(Image.fromarray(picture).convert("L")) for picture in colours]
    assert np.array_equal(parts["train_images"], expected)


def test_one_colour_is_grey(npz):
    parts, _ = read_archive(Path(npz(x_train=some(20)[..., None], x_test=some(5))))
    assert np.array_equal(parts["train_images"], some(20))


NAN = np.full((20, 4, 3), np.nan)
LABELS = np.zeros(20, int)


@pytest.mark.parametrize(
    ("arrays", "rule"),
    [
        ({}, "has none of its arrays; write x_train"),
        ({"x": some()}, "has none of its arrays"),
        ({"x_test": some()}, "has x_test; write x_train"),
        ({"x_train": some(), "y_test": LABELS}, "labels for all or none"),
        ({"x_train": some(), "x_test": some(), "y_train": LABELS}, "labels for all or none"),
        ({"x_train": some(), "x_test": some(2), "y_test": LABELS[:2]}, "labels for all or none"),
        ({"x_train": some()[0]}, r"x_train: shape \(4, 3\) is not \(images, rows, columns\)"),
        ({"x_train": np.uint8(3)}, r"x_train: shape \(\) is not"),
        ({"x_train": some().reshape(20, 2, 3, 2)}, "with 1 or 3 colours"),
        ({"x_train": some(10, 129, 1)}, "rows and columns are 1 to 128"),
        ({"x_train": some(10, 1, 129)}, "rows and columns are 1 to 128"),
        ({"x_train": some(10, 0, 3)}, "rows and columns are 1 to 128"),
        ({"x_train": some(0)}, r"x_train: shape \(0, 4, 3\)"),
        ({"x_train": some(), "x_test": some(0)}, r"x_test: shape \(0, 4, 3\)"),
        ({"x_train": some(), "x_test": some(5, 3, 4)}, "x_train and x_test differ in size"),
        ({"x_train": NAN}, "values from nan to nan are not 0…1"),
        ({"x_train": some() / 1.0}, "values from 1 to 255 are not 0…1"),
        ({"x_train": np.full((20, 4, 3), -0.1)}, "values from -0.1 to -0.1 are not 0…1"),
        ({"x_train": np.full((20, 4, 3), np.inf)}, "values from inf to inf"),
        ({"x_train": some().astype(int)}, "values of type int64; save them as uint8, or as floats 0…1"),
        ({"x_train": some().astype(complex)}, "values of type complex128"),
        ({"x_train": np.full((20, 4, 3), "a")}, "values of type <U1"),
        ({"x_train": np.full((20, 4, 3), None)}, "not a readable .npz file of plain arrays"),
        ({"x_train": some(), "y_train": LABELS[:19]}, r"y_train: shape \(19,\) is not one label for each"),
        ({"x_train": some(), "y_train": np.eye(20, dtype=int)}, r"y_train: shape \(20, 20\)"),
        (
            {"x_train": some(), "y_train": LABELS / 1.0},
            "labels of type float64; save them as whole numbers",
        ),
        ({"x_train": some(), "y_train": LABELS - 1}, "labels from -1 to -1 are not within 0…999"),
        ({"x_train": some(), "y_train": LABELS + 1000}, "labels from 1000 to 1000 are not within"),
    ],
)
def test_arrays_that_are_no_images_are_refused(npz, arrays, rule):
    path = npz(**arrays)
    with pytest.raises(DataError, match=rule) as raised:
        read_archive(Path(path))
    assert str(raised.value).startswith(f"{path}: ")


def test_one_nan_among_many_is_found(npz):
    values = some() / 255
    values[7, 1, 2] = np.nan
    with pytest.raises(DataError, match="not 0…1"):
        read_archive(Path(npz(x_train=values)))
