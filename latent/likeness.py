"""How much drawings are like the pictures that a network was trained on.

Pictures are compared as black and white, where a pixel is set above one half, or by their levels.
"""

import numpy as np

# Two pixels of a letter of 5×7; of a larger picture the same share.
LEGIBLE_SHARE = 2 / 35
# So many comparisons of two pixels are made at most.
MOST_WORK = 2_500 * 60_000 * 784
BLOCK = 2_000
# How far a drawing may be from a picture, beside how far the mean of all pictures is.
LARGEST_SHARE_OF_MEAN = 1 / 2


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


def legibility_of_levels(drawings: np.ndarray, known: np.ndarray) -> float:
    """The share of `drawings` `(n, pixels)` at most half as far from a known picture as the mean is.

    Distances are Euclidean, of levels: `known` `(known, pixels)` has levels 0…1, or bytes 0…255. What draws
    the mean picture wherever it is asked has learned nothing, and no drawing of it is legible.
    """
    levels = known / np.float32(255) if known.dtype == np.uint8 else known
    mean = levels.mean(axis=0)
    drawings, levels = drawings - mean, levels - mean
    sizes = np.square(levels).sum(axis=1)
    distances = np.square(drawings).sum(axis=1)[:, None] + sizes - 2 * drawings @ levels.T
    return float((distances <= LARGEST_SHARE_OF_MEAN**2 * sizes).any(axis=1).mean())
