"""Draw a part to test with, the same on every machine and of every class its share."""

import numpy as np

SPLIT_SEED = 0


def tenth(count: int, labels: np.ndarray | None) -> np.ndarray:
    """Which of so many images are drawn, `(count,)` of bool: a tenth of them, and of each class about one.

    `labels` `(count,)` are their classes; without them all are of one.
    """
    # This generator, unlike NumPy's newer ones, is promised never to change.
    order = np.random.RandomState(SPLIT_SEED).permutation(count)
    if labels is not None:
        order = order[np.argsort(labels[order], kind="stable")]
    drawn = max(1, round(count / 10))
    is_drawn = np.zeros(count, bool)
    # One out of each tenth image of the order, from the middle: so small classes have their chance too.
    is_drawn[order[((np.arange(drawn) + 0.5) * count / drawn).astype(int)]] = True
    return is_drawn
