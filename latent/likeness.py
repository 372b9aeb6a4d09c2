"""How much drawings are like the pictures that a network was trained on.

Pictures are compared as black and white: a pixel is set where it is above one half.
"""

import numpy as np

# Two pixels of a letter of 5×7; of a larger picture the same share.
LEGIBLE_SHARE = 2 / 35
# So many comparisons of two pixels are made at most.
MOST_WORK = 2_500 * 60_000 * 784
BLOCK = 2_000


def nearest(pictures: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each of `pictures` `(…, pixels)` the nearest of the `known` ones `(known, pixels)`.

    Returns its index and the number of pixels, thresholded at one half, in which the two differ.
    """
    # Two sets differ in |a| + |b| − 2 |a ∩ b| members; and the last is a matrix product.
    drawn, known = ((pixels > 0.5).astype(np.float32) for pixels in (pictures, known))
    sizes = drawn.sum(axis=-1)[..., None] + known.sum(axis=-1)
    distances = (sizes - 2 * drawn @ known.T).astype(int)
    return distances.argmin(axis=-1), distances.min(axis=-1)


def legibility(drawings: np.ndarray, known: np.ndarray) -> float:
    """The share of `drawings` `(n, pixels)` that are within 2 of 35 pixels of a known picture.

    `known` `(known, pixels)` has grey levels 0…1, or bytes 0…255; of very many every n-th is taken.
    """
    pixels = drawings.shape[1]
    step = -(-len(drawings) * len(known) * pixels // MOST_WORK)
    half = 127 if known.dtype == np.uint8 else 0.5
    most = max(2, int(LEGIBLE_SHARE * pixels))
    closest = np.full(len(drawings), pixels)
    chosen = known[::step]
    for start in range(0, len(chosen), BLOCK):
        _, distances = nearest(drawings, chosen[start : start + BLOCK] > half)
        np.minimum(closest, distances, out=closest)
    return float(np.mean(closest <= most))
