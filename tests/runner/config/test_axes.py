"""What is wrong with an axis of a sweep; `test_problems.py` sees how a config tells it."""

import pytest

from runner.config.axes import has_ranges, mistake_in
from runner.config.kinds import Kind
from runner.config.values import Range

KINDS = {"seed": Kind.of(int), "learning_rate": Kind.of(float), "mode": Kind.of(str)}
RANGE = Range.model_validate({"from": 0.1, "to": 1})


@pytest.mark.parametrize(
    ("axis", "mistake"),
    [
        ({"sead": [1]}, 'unknown key "sead" (did you mean "seed"?)'),
        ({"seed": [1, 2], "mode": ["DAE"]}, "same length"),
        ({"seed": []}, "at least 1"),
        ({}, "at least 1"),
        ({"mode": RANGE}, "mode takes no range"),
        ({"Learning Rate": RANGE, "seed": [1]}, "lists or ranges"),
    ],
    ids=str,
)
def test_a_mistake_is_told(axis, mistake):
    assert mistake in mistake_in(axis, KINDS)


@pytest.mark.parametrize(
    "axis", [{"seed": [1, 2], "mode": ["DAE", "VAE"]}, {"Learning-Rate": RANGE, "seed": RANGE}], ids=str
)
def test_an_axis_without_mistake(axis):
    assert mistake_in(axis, KINDS) is None


def test_ranges_are_found_in_any_axis():
    assert has_ranges([{"seed": [1]}, {"seed": RANGE}])
    assert not has_ranges([{"seed": [1]}])
    assert not has_ranges([])
