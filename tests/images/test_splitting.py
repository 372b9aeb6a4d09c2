"""A part to test with: of every class its share, and the same on every machine."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from images.splitting import tenth


@given(st.integers(1, 300))
def test_a_tenth_is_drawn(count):
    assert tenth(count, None).sum() == max(1, round(count / 10))


@given(st.lists(st.integers(0, 120), min_size=1, max_size=8).filter(sum), st.randoms())
def test_of_each_class_a_tenth_is_drawn_but_for_one(counts, random):
    labels = np.repeat(np.arange(len(counts)), counts)
    labels = labels[random.sample(range(len(labels)), len(labels))]
    drawn = tenth(len(labels), labels)
    assert drawn.sum() == max(1, round(len(labels) / 10))
    share = drawn.sum() / len(labels)
    for label, count in enumerate(counts):
        assert abs(drawn[labels == label].sum() - share * count) <= 1


def test_the_draw_is_the_same_on_every_machine_and_not_the_first():
    assert np.flatnonzero(tenth(30, None)).tolist() == [3, 20, 24]
    assert np.flatnonzero(tenth(30, np.arange(30) % 3)).tolist() == [1, 3, 8]
