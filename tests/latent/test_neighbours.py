"""Nearest neighbours against brute force."""

import os
import tracemalloc

import numpy as np
import pytest

from latent import neighbours as room
from latent.neighbours import MOST_TREE_DIMENSIONS, knn_accuracy

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize("dimensions", [2, MOST_TREE_DIMENSIONS + 1])
@pytest.mark.parametrize("count", [15, 16, 300, 3001])
def test_knn_equals_brute_force(dimensions, count):
    train, test = RANDOM.normal(size=(count, dimensions)), RANDOM.normal(size=(700, dimensions))
    names = np.array(["cat", "dog", "eel"])
    train_labels, test_labels = (
        names[(train[:, 0] > 0) * 1 + (train[:, 1] > 0.5)],
        RANDOM.choice(names, 700),
    )
    ks, hits = (1, 5, 15), np.zeros(3)
    for code, label in zip(test, test_labels, strict=True):
        nearest = train_labels[np.argsort(((train - code) ** 2).sum(axis=1))]
        for at, k in enumerate(ks):
            found, votes = np.unique(nearest[:k], return_counts=True)
            hits[at] += found[votes.argmax()] == label
    np.testing.assert_array_equal(knn_accuracy(train, train_labels, test, test_labels, ks), hits / 700)
    assert knn_accuracy(train, train_labels, test, test_labels) == [hits[2] / 700]


def test_of_very_many_references_as_many_as_the_literature_has_are_looked_at(monkeypatch):
    train, labels = RANDOM.normal(size=(60, 2)), np.repeat([0, 1, 2], 20)
    test, test_labels = RANDOM.normal(size=(90, 2)), RANDOM.integers(3, size=90)
    rows = [row for row in range(60) if row % 6 != 5]  # 50 of 60
    expected = knn_accuracy(train[rows], labels[rows], test, test_labels, (1, 5, 15))
    monkeypatch.setattr(room, "MOST_REFERENCES", 50)
    assert knn_accuracy(train, labels, test, test_labels, (1, 5, 15)) == expected


def test_equal_votes_go_to_the_smallest_label_and_few_examples_suffice():
    codes, labels = np.array([[0.0], [1.0]]), np.array([8, 3])
    assert knn_accuracy(codes, labels, np.array([[0.1]]), np.array([3])) == [1]
    assert knn_accuracy(codes, labels, np.array([[0.1]]), np.array([8]), [1]) == [1]


def test_many_neighbours_are_found_in_the_memory_of_few_at_a_time():
    train, test = (RANDOM.normal(size=(count, MOST_TREE_DIMENSIONS + 1)) for count in (20_000, 1000))
    labels = np.zeros(20_000, int)
    tracemalloc.start()
    knn_accuracy(train, labels, test, labels[:1000])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 32e6 * (1 + 3 * (os.cpu_count() or 1))  # all distances are 160 MB, and so are the ranks


def test_of_very_many_codes_every_nth_is_classified(monkeypatch):
    train, test = (RANDOM.normal(size=(count, MOST_TREE_DIMENSIONS + 1)) for count in (50, 40))
    train_labels, test_labels = (RANDOM.integers(3, size=count) for count in (50, 40))
    expected = knn_accuracy(train, train_labels, test[::4], test_labels[::4])
    monkeypatch.setattr(room, "MOST_DISTANCES", 500)
    assert knn_accuracy(train, train_labels, test, test_labels) == expected


def test_codes_that_are_all_the_same_have_neighbours():
    codes, labels = np.zeros((500, MOST_TREE_DIMENSIONS + 1)), np.arange(500) % 2
    assert knn_accuracy(codes, labels, codes, labels) == [0.5]
