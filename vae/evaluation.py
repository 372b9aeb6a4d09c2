"""How good a trained variational autoencoder is: −ELBO, neighbours in its codes, active dimensions."""

import numpy as np
from scipy.spatial import cKDTree

from vae.plan import Stream, generator
from vae.trained import TrainedVae, blocks, grey_levels

# The mean over 10,000 test images then varies by less than 0.02 nats from seed to seed.
DRAWS = 10
ACTIVE_FROM = 0.01
# In more dimensions a k-d tree visits most of its points, and a matrix product is faster.
MOST_TREE_DIMENSIONS = 16


def negative_elbo(
    trained: TrainedVae, pixels: np.ndarray, seed: int, draws: int = DRAWS
) -> tuple[float, float, float]:
    """−ELBO of images `(n, pixels)` and its two parts, reconstruction and KL: nats, means, beta 1."""
    reconstruction, kl = (float(part.mean()) for part in per_image(trained, pixels, seed, draws))
    return reconstruction + kl, reconstruction, kl


def per_image(
    trained: TrainedVae, pixels: np.ndarray, seed: int = 0, draws: int = DRAWS
) -> tuple[np.ndarray, np.ndarray]:
    """Reconstruction `(n,)`, a mean over `draws` of the noise, and KL `(n,)` of images `(n, pixels)`."""
    mean, log_variance = trained.encode(pixels)
    deviation = np.exp(0.5 * log_variance)
    random = generator(seed, Stream.EVALUATION)
    reconstruction = np.empty(len(pixels))
    for rows in blocks(len(pixels)):
        images = grey_levels(pixels[rows])
        noise = random.standard_normal((draws, *mean[rows].shape), np.float32)
        codes = mean[rows] + deviation[rows] * noise
        reconstruction[rows] = np.mean(
            [cross_entropy(trained.logits(drawn), images) for drawn in codes], axis=0
        )
    return reconstruction, _kl(mean, log_variance).sum(axis=1)


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Binary cross-entropy summed over the pixels, `(n,)`: ln(1 + exp(x)) − t·x, safe from overflow."""
    softplus = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))
    return (softplus - targets * logits).sum(axis=1)


def kl_per_dimension(means: np.ndarray, log_variances: np.ndarray) -> np.ndarray:
    """Mean KL `(latent,)` of each latent dimension, of `(n, latent)` both; it is 0 where one collapsed."""
    return _kl(means, log_variances).mean(axis=0)


def active_dimensions(means: np.ndarray, log_variances: np.ndarray) -> int:
    """How many latent dimensions carry at least 0.01 nats."""
    return int((kl_per_dimension(means, log_variances) >= ACTIVE_FROM).sum())


def _kl(means, log_variances) -> np.ndarray:
    """KL of N(mean, variance) from N(0, 1), value by value."""
    means, log_variances = np.float64(means), np.float64(log_variances)
    return 0.5 * (means**2 + np.exp(log_variances) - 1 - log_variances)


def knn_accuracy(train_codes, train_labels, test_codes, test_labels, k: int = 15) -> float:
    """The share of test codes `(m, latent)` whose label most of their k nearest training codes have.

    Among labels with equally many votes the smallest wins. When training codes are equally far away
    and compete for the k-th place, the search picks one, and the same one each time.
    """
    labels, train_votes = np.unique(train_labels, return_inverse=True)
    neighbours = _nearest(train_codes, test_codes, min(k, len(train_codes)))
    counts = np.zeros((len(test_codes), len(labels)), int)
    for column in neighbours.T:
        counts[np.arange(len(counts)), train_votes[column]] += 1
    return float(np.mean(labels[counts.argmax(axis=1)] == test_labels))


def _nearest(train_codes, test_codes, k: int) -> np.ndarray:
    """The rows `(m, k)` of the k training codes nearest to each test code, in no order."""
    if train_codes.shape[1] <= MOST_TREE_DIMENSIONS:
        return cKDTree(train_codes).query(test_codes, range(1, k + 1), workers=-1)[1]
    result = np.empty((len(test_codes), k), int)
    squares = np.square(train_codes).sum(axis=1)
    for rows in blocks(len(test_codes)):
        # The squared distance, without the square of the test code: it changes no order.
        distances = squares - 2 * test_codes[rows] @ train_codes.T
        result[rows] = np.argpartition(distances, k - 1, axis=1)[:, :k]
    return result


def pca_codes(
    train_pixels: np.ndarray, test_pixels: np.ndarray, components: int
) -> tuple[np.ndarray, np.ndarray]:
    """The first principal components of the training images, as codes `(n, components)` of both sets.

    There are no more of them than training images or pixels.
    """
    center = grey_levels(train_pixels).mean(axis=0)
    train, test = grey_levels(train_pixels) - center, grey_levels(test_pixels) - center
    if len(train) < train.shape[1]:
        axes = np.linalg.svd(train, full_matrices=False)[2].T
    else:
        axes = np.linalg.eigh(train.T @ train)[1][:, ::-1]
    return train @ axes[:, :components], test @ axes[:, :components]
