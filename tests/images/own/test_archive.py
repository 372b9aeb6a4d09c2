"""The user's own arrays: images and labels that go together, and a sentence for all that are none."""

from pathlib import Path

import numpy as np
import pytest
from drawing import some

from images.errors import DataError
from images.own.archive import read_archive, read_array_files


def labels_of(reading):
    return {part: array.tolist() for part, array in reading.parts.items() if part.endswith("labels")}


def test_the_parts_that_are_there_are_taken(npz):
    reading = read_archive(Path(npz(x_train=some(20), y_train=np.arange(20)[:, None] % 3)))
    assert list(reading.parts) == ["train_images", "train_labels"]
    np.testing.assert_array_equal(reading.parts["train_images"], some(20))
    assert labels_of(reading) == {"train_labels": [i % 3 for i in range(20)]}
    assert reading.class_names == ["class 0", "class 1", "class 2"]
    assert (reading.names, reading.remarks) == ({}, [])


def test_a_set_as_medicine_publishes_them(npz):
    arrays = {"train_images": some(20), "val_images": some(4), "test_images": some(5)}
    labels = {
        name.replace("images", "labels"): np.arange(len(a))[:, None] % 2 for name, a in arrays.items()
    }
    reading = read_archive(Path(npz(**arrays, **labels)))
    np.testing.assert_array_equal(reading.parts["test_images"], some(5))
    assert labels_of(reading) == {"train_labels": [0, 1] * 10, "test_labels": [0, 1, 0, 1, 0]}
    assert reading.remarks == ["left out, as there is a test part: val_images, val_labels"]


def test_arrays_without_names_are_images_and_labels(tmp_path):
    np.savez(tmp_path / "a.npz", some(20), np.array(["cat", "dog"] * 10))
    reading = read_archive(tmp_path / "a.npz")
    np.testing.assert_array_equal(reading.parts["train_images"], some(20))
    assert labels_of(reading) == {"train_labels": [0, 1] * 10}
    assert reading.class_names == ["cat", "dog"]


def test_both_parts_have_one_range_and_one_size(npz):
    light, dark = np.full((20, 4, 3), 900, np.uint16), np.full((5, 4, 3), 3, np.uint16)
    light[0] = 0
    reading = read_archive(Path(npz(x_train=light, x_test=dark)))
    assert reading.parts["test_images"].max() == 1
    assert reading.remarks == ["uint16 from 0 to 900: 0 is taken as black, 1023 as white (10 bits)"]
    with pytest.raises(DataError, match="the images of its parts differ in size: 3×4, 4×3"):
        read_archive(Path(npz(x_train=some(20), x_test=some(5, 3, 4))))


@pytest.mark.parametrize(("side", "shape"), [(None, (64, 48)), (4, (4, 3)), (128, (128, 96))])
def test_large_images_are_reduced_and_any_to_what_is_asked_for(npz, side, shape):
    large = some(2).repeat(48, axis=1).repeat(48, axis=2)
    reading = read_archive(Path(npz(x_train=large)), side)
    assert reading.parts["train_images"].shape == (2, *shape)
    assert reading.remarks == [f"brought from 144×192 to {shape[1]}×{shape[0]} pixels"]
    if side == 4:
        np.testing.assert_array_equal(reading.parts["train_images"], some(2))


def test_images_of_up_to_128_stay_as_they_are(npz):
    assert read_archive(Path(npz(x_train=some(2, 128, 70)))).parts["train_images"].shape == (2, 128, 70)


LABELS = np.zeros(20, int)


@pytest.mark.parametrize(
    ("arrays", "rule"),
    [
        ({}, "has none of its arrays; write x_train"),
        ({"meta": some()}, "has none of its arrays"),
        ({"x_test": some()}, "has x_test; write x_train"),
        ({"x_train": some(), "y_test": LABELS}, "labels for all or none"),
        ({"x_train": some(), "x_test": some(), "y_train": LABELS}, "labels for all or none"),
        ({"x_train": some(), "x_test": some(2), "y_test": LABELS[:2]}, "labels for all or none"),
        ({"x_train": some()[0]}, r"x_train: shape \(4, 3\) is not \(images, rows, columns\)"),
        ({"x_train": some(), "x_test": some(0)}, r"x_test: shape \(0, 4, 3, 1\)"),
        ({"x_train": some(), "train_images": some()}, "x_train and train_images could both be"),
        ({"x_train": np.full((20, 4, 3), None)}, "not a readable .npz file of plain arrays"),
        ({"x_train": some(), "y_train": LABELS[:19]}, r"y_train: shape \(19,\) is not one label for each"),
        ({"x_train": some(), "y_train": LABELS / 3 + 0.5}, "labels of type float64"),
    ],
)
def test_arrays_that_do_not_go_together_are_refused(npz, arrays, rule):
    path = npz(**arrays)
    with pytest.raises(DataError, match=rule) as raised:
        read_archive(Path(path))
    assert str(raised.value).startswith(f"{path}: ")


def test_files_of_one_array_each_are_the_same_set(tmp_path):
    np.save(tmp_path / "x_train.npy", some(20))
    np.save(tmp_path / "y_train.npy", np.arange(20) % 2)
    np.save(tmp_path / "x_test.npy", some(5))
    np.save(tmp_path / "y_test.npy", np.arange(5) % 2)
    for path in (tmp_path, tmp_path / "x_train.npy"):
        reading = read_array_files(path)
        np.testing.assert_array_equal(reading.parts["train_images"], some(20))
        np.testing.assert_array_equal(reading.parts["test_images"], some(5))
        assert labels_of(reading) == {"train_labels": [0, 1] * 10, "test_labels": [0, 1, 0, 1, 0]}


def test_a_mistake_in_one_of_several_files_names_it(tmp_path):
    np.save(tmp_path / "images.npy", some(20))
    np.save(tmp_path / "labels.npy", np.arange(19))
    with pytest.raises(DataError, match=r"labels\.npy: shape \(19,\) is not one label"):
        read_array_files(tmp_path)
