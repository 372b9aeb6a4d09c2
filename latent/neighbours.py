"""Whether codes of one class lie together: k nearest neighbours."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

# As many as the figures of the literature have of MNIST and Fashion-MNIST.
MOST_REFERENCES = 50_000
# In more dimensions a k-d tree visits most of its points, and to look at all of them is faster.
MOST_TREE_DIMENSIONS = 8
# So many distances are looked at then at most; those of all test images of MNIST.
MOST_DISTANCES = 10_000 * MOST_REFERENCES
BLOCK, GROUP = 100, 64


def knn_accuracy(train_codes, train_labels, test_codes, test_labels, ks=(15,)) -> list[float]:
    """For each k the share of test codes `(m, latent)` whose label most of their k nearest neighbours have.

    Of more than MOST_REFERENCES training codes so many are looked at, evenly spread. Among labels with
    equally many votes the smallest wins. When training codes are equally far away and compete for the
    k-th place, the search picks one, and the same one each time. Of very many test codes in more than
    MOST_TREE_DIMENSIONS dimensions every n-th is classified.
    """
    looked_at = min(len(train_codes), MOST_REFERENCES)
    rows = np.arange(looked_at) * len(train_codes) // looked_at
    train_codes, train_labels = train_codes[rows], np.asarray(train_labels)[rows]
    if train_codes.shape[1] > MOST_TREE_DIMENSIONS:
        step = -(-len(train_codes) * len(test_codes) // MOST_DISTANCES)
        test_codes, test_labels = test_codes[::step], test_labels[::step]
    labels, train_votes = np.unique(train_labels, return_inverse=True)
    votes = train_votes[_nearest(train_codes, test_codes, min(max(ks), len(train_codes)))]
    return [float(np.mean(labels[_most(votes[:, :k], len(labels))] == test_labels)) for k in ks]


def _most(votes: np.ndarray, labels: int) -> np.ndarray:
    """What most of the votes `(m, k)` are for, `(m,)`, the smallest of those with equally many."""
    counts = np.zeros((len(votes), labels), int)
    for column in votes.T:
        counts[np.arange(len(votes)), column] += 1
    return counts.argmax(axis=1)


def _nearest(train_codes, test_codes, k: int) -> np.ndarray:
    """The rows `(m, k)` of the k training codes nearest to each test code, the nearest first."""
    if train_codes.shape[1] <= MOST_TREE_DIMENSIONS:
        from scipy.spatial import cKDTree  # Time that pictures without classes do not need.

        return cKDTree(train_codes).query(test_codes, range(1, k + 1), workers=-1)[1]
    # Around 0 single precision tells distances apart, in half the time.
    middle = train_codes.mean(axis=0)
    train, test = ((codes - middle).astype(np.float32) for codes in (train_codes, test_codes))
    squares = np.square(train).sum(axis=1)

    def nearest_to(start: int) -> np.ndarray:
        # The squared distance, without the square of the test code: it changes no order.
        return _smallest(squares - 2 * test[start : start + BLOCK] @ train.T, k)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.concatenate(list(threads.map(nearest_to, range(0, len(test), BLOCK))))


def _smallest(values: np.ndarray, k: int) -> np.ndarray:
    """The columns `(rows, k)` of the k smallest `values` of each row, the smallest first.

    The smallest of groups bound them from above, so that few are left to be sorted, which takes half
    the time of a partition of all.
    """
    rows, columns = values.shape
    group = max(1, min(GROUP, columns // k))
    bounds = values[:, : columns // group * group].reshape(rows, -1, group).min(axis=2)
    bound = np.partition(bounds, k - 1, axis=1)[:, k - 1 : k]
    row, column = np.nonzero(values <= bound)
    order = np.lexsort((values[row, column], row))
    starts = np.searchsorted(row, np.arange(rows))
    return column[order][starts[:, None] + np.arange(k)]
