"""What an array is can be told by its name, as the world's data sets are called."""

import pytest

from images.errors import DataError
from images.own.roles import by_role, role, set_name


@pytest.mark.parametrize(
    ("name", "its"),
    [
        ("x_train", ("train", "images")),
        ("y_test", ("test", "labels")),
        ("X_train", ("train", "images")),
        ("trainX", ("train", "images")),
        ("YTest", ("test", "labels")),
        ("train_images", ("train", "images")),
        ("val_labels", ("validation", "labels")),
        ("validation_data", ("validation", "images")),
        ("test_imgs", ("test", "images")),
        ("images", ("train", "images")),
        ("target", ("train", "labels")),
        ("arr_0", ("train", "images")),
        ("arr_1", ("train", "labels")),
        ("t10k-images-idx3-ubyte", ("test", "images")),
        ("train-labels.idx1-ubyte.gz", ("train", "labels")),
        ("emnist-letters-test-images-idx3-ubyte.gz", ("test", "images")),
        ("k49-train-labels.npz", ("train", "labels")),
        ("class_names", None),
        ("meta", None),
        ("faces.npy", None),
    ],
)
def test_the_part_and_the_kind_of_an_array(name, its):
    assert role(name) == its


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("emnist-letters-train-images-idx3-ubyte.gz", "emnist-letters"),
        ("emnist-letters-test-labels-idx1-ubyte", "emnist-letters"),
        ("t10k-images-idx3-ubyte.gz", ""),
        ("x_train.npy", ""),
        ("kmnist-test-imgs.npz", "kmnist"),
    ],
)
def test_the_set_that_a_file_belongs_to(name, of):
    assert set_name(name) == of


def test_arrays_have_places_and_others_are_told():
    names = ["y_train", "meta", "x_train", "class_names"]
    roles, remarks = by_role(names, "set")
    assert roles == {"train_labels": "y_train", "train_images": "x_train"}
    assert remarks == ["passed over: meta, class_names"]


def test_validation_is_the_test_part_only_where_there_is_no_other():
    names = ["train_images", "val_images", "val_labels", "test_images"]
    roles, remarks = by_role(names, "set")
    assert roles == {"train_images": "train_images", "test_images": "test_images"}
    assert remarks == ["left out, as there is a test part: val_images, val_labels"]
    roles, remarks = by_role(names[:2], "set")
    assert roles == {"train_images": "train_images", "test_images": "val_images"}
    assert remarks == ["taken as the test part: val_images"]


def test_two_arrays_of_one_place_are_refused():
    with pytest.raises(DataError, match="set: x_train and train_images could both be the train images"):
        by_role(["x_train", "train_images"], "set")


def test_of_many_arrays_that_are_passed_over_a_dozen_are_named():
    _, (remark,) = by_role(["x_train", *(f"thing{number}" for number in range(100))], "here")
    assert remark.startswith("passed over: thing0, thing1, ")
    assert remark.endswith(", thing11 and 88 more")
