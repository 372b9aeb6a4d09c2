"""Whether codes of one class lie together: k nearest neighbours."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

# In more dimensions a k-d tree visits most of its points, and to look at all of them is faster.
MOST_TREE_DIMENSIONS = 8
# So many distances are looked at then at most; those of all images of MNIST.
MOST_DISTANCES = 10_000 * 60_000
BLOCK, GROUP = 100, 64


def knn_accuracy(train_codes, train_labels, test_codes, test_labels, k: int = 15) -> float:
    """The share of test codes `(m, latent)` whose label most of their k nearest training codes have.

    Among labels with equally many votes the smallest wins. When training codes are equally far away
    and compete for the k-th place, the search picks one, and the same one each time. Of very many test
    codes in more than MOST_TREE_DIMENSIONS dimensions every n-th is classified.
    """
    if train_codes.shape[1] > MOST_TREE_DIMENSIONS:
        step = -(-len(train_codes) * len(test_codes) // MOST_DISTANCES)
        test_codes, test_labels = test_codes[::step], test_labels[::step]
    labels, train_votes = np.unique(train_labels, return_inverse=True)
    neighbours = _nearest(train_codes, test_codes, min(k, len(train_codes)))
    counts = np.zeros((len(test_codes), len(labels)), int)
    for column in neighbours.T:
        counts[np.arange(len(counts)), train_votes[column]] += 1
    return float(np.mean(labels[counts.argmax(axis=1)] == test_labels))


def _nearest(train_codes, test_codes, k: int) -> np.ndarray:
    """The rows `(m, k)` of the k training codes nearest to each test code, in no order."""
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
