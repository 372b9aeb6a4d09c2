"""Keys in which configs differ."""

import pytest

from runner.compare.differences import differing_keys


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [
        (1, 1, False),
        (1, 1.0, True),
        (1, True, True),
        ("1", 1, True),
        ([20, 8], [20, 8], False),
        ([1], [True], True),
        ([], None, True),
        ({"a": [0]}, {"a": [False]}, True),
    ],
)
def test_what_looks_equal_is_told_apart_as_a_config_tells_it(first, second, differs):
    configs = [{"beta": first}, {"beta": second}, {"beta": first}]
    assert differing_keys(configs) == ["beta"] * differs


def test_keys_that_some_lack_and_remarks_do_not_differ():
    configs = [{"note": "a", "seed": 0, "loss": "x"}, {"seed": 1}, {"note": "b", "bias": True, "loss": "y"}]
    assert differing_keys(configs) == ["seed", "loss"]
