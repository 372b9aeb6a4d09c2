"""Nearest neighbours against brute force."""

import numpy as np
import pytest

from latent import neighbours as room
from latent.neighbours import MOST_TREE_DIMENSIONS, knn_accuracy

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize("dimensions", [2, MOST_TREE_DIMENSIONS + 1])
def test_knn_equals_brute_force(dimensions):
    train, test = RANDOM.normal(size=(300, dimensions)), RANDOM.normal(size=(700, dimensions))
    names = np.array(["cat", "dog", "eel"])
    train_labels, test_labels = (
        names[(train[:, 0] > 0) * 1 + (train[:, 1] > 0.5)],
        RANDOM.choice(names, 700),
    )
    hits = 0
    for code, label in zip(test, test_labels, strict=True):
        nearest = train_labels[np.argsort(((train - code) ** 2).sum(axis=1))[:15]]
        found, votes = np.unique(nearest, return_counts=True)
        hits += found[votes.argmax()] == label
    assert knn_accuracy(train, train_labels, test, test_labels) == hits / 700


def test_equal_votes_go_to_the_smallest_label_and_few_examples_suffice():
    codes, labels = np.array([[0.0], [1.0]]), np.array([8, 3])
    assert knn_accuracy(codes, labels, np.array([[0.1]]), np.array([3])) == 1
    assert knn_accuracy(codes, labels, np.array([[0.1]]), np.array([8]), k=1) == 1


def test_of_very_many_codes_every_nth_is_classified(monkeypatch):
    train, test = (RANDOM.normal(size=(count, MOST_TREE_DIMENSIONS + 1)) for count in (50, 40))
    train_labels, test_labels = (RANDOM.integers(3, size=count) for count in (50, 40))
    expected = knn_accuracy(train, train_labels, test[::4], test_labels[::4])
    monkeypatch.setattr(room, "MOST_DISTANCES", 500)
    assert knn_accuracy(train, train_labels, test, test_labels) == expected
