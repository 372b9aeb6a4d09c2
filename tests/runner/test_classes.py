"""A class is meant by its name in any case, without the word for a digit, or by its place among all."""

import pytest

from runner.classes import label_of, listed_classes

DIGITS = [f"digit {digit}" for digit in range(10)]


@pytest.mark.parametrize(
    ("name", "names", "label"),
    [
        ("digit 3", DIGITS, 3),
        (" Digit 3 ", DIGITS, 3),
        ("3", DIGITS, 3),
        ("T-Shirt/Top", ["T-shirt/top", "Trouser"], 0),
        ("1", ["T-shirt/top", "Trouser"], 1),
        ("1", ["2", "1", "0"], 1),  # its name, not its place
        ("7", ["class 3", "class 7"], 1),
        ("-1", ["class -1", "class 7"], 0),
        ("10", DIGITS, None),
        ("-1", DIGITS, None),
        ("cat", DIGITS, None),
        ("", DIGITS, None),
    ],
)
def test_the_label_of_a_class(name, names, label):
    assert label_of(name, names) == label


def test_of_very_many_classes_the_first_are_listed():
    assert listed_classes(["cat", "dog"]) == "cat, dog"
    assert listed_classes([str(number) for number in range(1014)]).endswith(", 10, 11 and 1,002 more")
