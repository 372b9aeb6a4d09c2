"""Labels: whatever tells the classes apart, and a sentence for all that does not."""

import numpy as np
import pytest

from images.errors import DataError
from images.own import labels as module
from images.own.labels import as_labels, classes_of


def classes(array, count=None):
    """The labels of one part, and the names of the classes."""
    count = len(array) if count is None else count
    placed, names = classes_of({"train_labels": as_labels(np.array(array), count, "y")}, "set")
    assert placed["train_labels"].dtype == np.int64
    return placed["train_labels"].tolist(), names


@pytest.mark.parametrize(
    ("array", "places", "names"),
    [
        ([2, 0, 1, 0], [2, 0, 1, 0], ["class 0", "class 1", "class 2"]),
        ([[2], [0], [1]], [2, 0, 1], ["class 0", "class 1", "class 2"]),
        ([-1, 1, -1], [0, 1, 0], ["class -1", "class 1"]),
        ([7, 1, 26], [1, 0, 2], ["class 1", "class 7", "class 26"]),
        ([1.0, 0.0], [1, 0], ["class 0", "class 1"]),
        ([True, False], [1, 0], ["class 0", "class 1"]),
        (["dog", "cat", "dog"], [1, 0, 1], ["cat", "dog"]),
        (["c10", "c2", "$$_x"], [2, 1, 0], ["$$_x", "c2", "c10"]),
        ([b"b", b"\xff"], [1, 0], ["\\xff", "b"]),
        ([[0, 1], [1, 0], [1, 0]], [1, 0, 0], ["class 0", "class 1"]),
        ([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]], [1, 0], ["class 0", "class 2"]),
    ],
)
def test_labels_are_places_among_the_classes(array, places, names):
    assert classes(array) == (places, names)


def test_labels_in_one_row_are_as_good_as_in_one_column():
    assert classes([[2, 0, 1]], 3)[0] == [2, 0, 1]


def test_big_numbers_stay_apart():
    assert classes(np.array([2**63, 5], np.uint64)) == ([1, 0], ["class 5", f"class {2**63}"])


def test_both_parts_share_the_classes():
    placed, names = classes_of({"a": np.array([3, 5]), "b": np.array([4, 3])}, "set")
    assert {part: array.tolist() for part, array in placed.items()} == {"a": [0, 2], "b": [1, 0]}
    assert names == ["class 3", "class 4", "class 5"]
    assert classes_of({}, "set") == ({}, [])


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.zeros(3), r"y: shape \(3,\) is not one label for each of 4 images"),
        (np.zeros((4, 14)), r"y: shape \(4, 14\) is not one label for each"),
        (np.ones((2, 2)), r"y: shape \(2, 2\) is not one label"),
        (np.float64(1), r"y: shape \(\) is not one label"),
        (np.array([0, 0.5, 1, 1]), "labels of type float64; save them as whole numbers or as texts"),
        (np.array([0, np.nan, 1, 1]), "labels of type float64"),
        (np.zeros(4, complex), "labels of type complex128"),
    ],
)
def test_what_are_no_labels_is_refused(array, message):
    with pytest.raises(DataError, match=message):
        as_labels(array, 4, "y")


def test_labels_that_tell_every_picture_apart_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_CLASSES", 3)
    with pytest.raises(DataError, match="set: 4 different labels; at most 3"):
        classes_of({"train_labels": np.arange(4)}, "set")


def test_texts_and_numbers_do_not_go_together():
    with pytest.raises(DataError, match="texts, those of the other numbers"):
        classes_of({"a": np.array(["x"]), "b": np.array([1])}, "set")
