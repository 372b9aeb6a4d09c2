"""Noise on binary pixels, and the best that any denoiser can do against it.

Each kind changes a pixel with probability p and leaves it alone otherwise:

- `flip`: it becomes 1 − x.
- `salt_and_pepper`: it becomes 0 or 1, both equally likely.
- `masking`: it becomes 0.
- `uniform`: it becomes |x − u|, u uniform in 0…amount.
- `gaussian`: a normal number with standard deviation `amount` is added.
"""

from dataclasses import dataclass

import numpy as np

# Stands for log 0: it rules a character out, and is finite, so that 0 × log 0 is 0.
IMPOSSIBLE = -1e9
# So many weights of characters are held at once.
MOST_WEIGHTS = 1_000_000

KINDS = ("flip", "uniform", "gaussian", "salt_and_pepper", "masking")


@dataclass(frozen=True)
class Noise:
    """One kind of noise; `amount` matters to `uniform` and `gaussian` only."""

    kind: str
    probability: float
    amount: float = 1.0

    def corrupt(self, pixels: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """A noisy copy of `pixels`, any shape."""
        # Single precision: a draw costs half as much, and 24 bits decide a probability well enough.
        changed = random.random(pixels.shape, dtype=np.float32) < self.probability
        if self.kind == "flip":
            return np.abs(pixels - changed)
        noisy = pixels.copy()
        noisy[changed] = self._replacement(pixels[changed], random)
        return noisy

    def _replacement(self, values: np.ndarray, random: np.random.Generator) -> np.ndarray:
        match self.kind:
            case "salt_and_pepper":
                return random.integers(0, 2, values.shape).astype(values.dtype)
            case "masking":
                return np.zeros_like(values)
            case "uniform":
                return np.abs(values - random.uniform(0, self.amount, values.shape))
            case "gaussian":
                return values + random.normal(0, self.amount, values.shape)
        raise ValueError(f"unknown noise {self.kind!r}; known are {', '.join(KINDS)}")

    def posterior_mean(self, noisy: np.ndarray, characters: np.ndarray) -> np.ndarray:
        """The Bayes-optimal restoration `(…, pixels)` of `noisy` `(…, pixels)`.

        It is the mean of the binary `characters` `(characters, pixels)`, each weighted by how likely
        it is to have become the noisy picture; no other function of the noisy picture has a smaller
        expected squared error. Memory grows with the noisy pictures alone: some are restored at a time.
        """
        rows = noisy.reshape(-1, noisy.shape[-1])
        # The copies of a set one by one: how a product of matrices is summed may depend on its size.
        step = min(max(1, MOST_WEIGHTS // len(characters)), *noisy.shape[-2:-1], len(rows))
        parts = [
            self._restored(rows[start : start + step], characters) for start in range(0, len(rows), step)
        ]
        return np.concatenate(parts).reshape(noisy.shape)

    def _restored(self, noisy: np.ndarray, characters: np.ndarray) -> np.ndarray:
        """The same of some pictures `(pictures, pixels)`."""
        was_zero, was_one = self._log_likelihood(noisy, 0), self._log_likelihood(noisy, 1)
        logarithms = was_one @ characters.T + was_zero @ (1 - characters).T
        weights = np.exp(logarithms - logarithms.max(axis=-1, keepdims=True))
        return weights @ characters / weights.sum(axis=-1, keepdims=True)

    def _log_likelihood(self, noisy: np.ndarray, original: int) -> np.ndarray:
        """Log P(noisy pixel | original pixel), elementwise."""
        p = self.probability
        density = {
            "flip": lambda: noisy == 1 - original,
            "salt_and_pepper": lambda: np.full(noisy.shape, 0.5),
            "masking": lambda: noisy == 0,
            "uniform": lambda: self._uniform_density(noisy, original),
            "gaussian": lambda: self._gaussian_density(noisy, original),
        }[self.kind]()
        likelihood = p * density
        if self.kind in ("uniform", "gaussian"):
            # Here a pixel that is exactly 0 or 1 was left alone: a density says nothing of one value.
            likelihood = np.where((noisy == 0) | (noisy == 1), 0.0, likelihood)
        likelihood = likelihood + (1 - p) * (noisy == original)
        possible = likelihood > 0
        return np.log(likelihood, out=np.full(noisy.shape, IMPOSSIBLE), where=possible)

    def _uniform_density(self, noisy: np.ndarray, original: int) -> np.ndarray:
        """Of |original − u|: u can be original − noisy or original + noisy, where those lie in range."""
        reachable = [(u >= 0) & (u <= self.amount) for u in (original - noisy, original + noisy)]
        return np.sum(reachable, axis=0) / max(self.amount, np.finfo(float).tiny)

    def _gaussian_density(self, noisy: np.ndarray, original: int) -> np.ndarray:
        deviation = max(self.amount, 1e-9)
        exponent = -0.5 * np.square((noisy - original) / deviation)
        return np.exp(exponent) / (deviation * np.sqrt(2 * np.pi))
