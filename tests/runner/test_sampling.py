"""A sample is fair: spread over what is sorted, and with as many of each class as of others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from runner.sampling import of_each_class, spread


@given(st.integers(1, 500), st.integers(1, 50))
def test_rows_are_spread_evenly_from_the_first_to_the_last(count, most):
    rows = spread(count, most)
    assert len(rows) == len(set(rows.tolist())) == min(count, most)
    assert rows[0] == 0
    assert len(rows) < 3 or np.ptp(np.diff(rows)) <= 1
    assert len(rows) == 1 or rows[-1] == count - 1


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(1, 100), st.randoms())
def test_each_class_has_its_share(counts, most, random):
    labels = np.repeat(np.arange(len(counts)), counts)
    labels = labels[random.sample(range(len(labels)), len(labels))]
    rows = of_each_class(labels, most)
    assert rows.tolist() == sorted(set(rows.tolist()))
    assert len(rows) == min(most, len(labels))
    found = np.bincount(labels[rows], minlength=len(counts))
    # No class has two more than another one that has pictures left.
    has_left = found < np.array(counts)
    assert not has_left.any() or found.max() <= found[has_left].min() + 1


def test_of_more_classes_than_can_be_shown_some_are_spread():
    assert of_each_class(np.arange(30), 4).tolist() == [0, 10, 19, 29]
