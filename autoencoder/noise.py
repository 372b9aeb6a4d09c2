"""Noise on binary pixels, and the best that any denoiser can do against it.

Each kind changes a pixel with probability p and leaves it alone otherwise:

- `flip`: it becomes 1 − x.
- `salt_and_pepper`: it becomes 0 or 1, both equally likely.
- `masking`: it becomes 0.
- `uniform`: it becomes |x − u|, u uniform in 0…amount.
- `gaussian`: a normal number with standard deviation `amount` is added.
"""

from dataclasses import dataclass
from math import log

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
        return self.change(pixels, random.random(pixels.shape, dtype=np.float32) < self.probability, random)

    def change(self, pixels: np.ndarray, changed: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """A copy of `pixels` in which those are noisy that are `changed`, a mask of the same shape."""
        if self.kind == "flip":
            noisy = pixels - changed
            return np.abs(noisy, out=noisy)
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
        odds = self._log_odds(noisy)
        # Nothing is added for what is likely: beside a pixel that decides, small numbers would be lost.
        logarithms = np.minimum(odds, 0) @ characters.T - np.maximum(odds, 0) @ (1 - characters).T
        weights = np.exp(logarithms - logarithms.max(axis=-1, keepdims=True))
        return weights @ characters / weights.sum(axis=-1, keepdims=True)

    def _log_odds(self, noisy: np.ndarray) -> np.ndarray:
        """Log P(noisy pixel | it was 1) − log P(noisy pixel | it was 0), elementwise.

        Of a pixel that neither can have become it is 0.
        """
        zero, one = self._exact_log_odds(0), self._exact_log_odds(1)
        return np.where(noisy == 0, zero, np.where(noisy == 1, one, self._grey_log_odds(noisy)))

    def _exact_log_odds(self, value: int) -> float:
        """The same of a pixel that is exactly 0 or 1."""
        was_zero, was_one = (self._chance(value, original) for original in (0, 1))
        return (log(was_one) if was_one else IMPOSSIBLE) - (log(was_zero) if was_zero else IMPOSSIBLE)

    def _chance(self, value: int, original: int) -> float:
        """P(pixel becomes `value` | it was `original`); a density says nothing of one value."""
        if self.kind in ("uniform", "gaussian"):
            return float(value == original)
        changed = {"flip": value != original, "salt_and_pepper": 0.5, "masking": value == 0}[self.kind]
        return self.probability * changed + (1 - self.probability) * (value == original)

    def _grey_log_odds(self, noisy: np.ndarray) -> np.ndarray | float:
        """The same of pixels that are neither 0 nor 1, where p and the amount itself cancel."""
        match self.kind:
            case "uniform":
                was_zero, was_one = (self._ways(noisy, original) for original in (0, 1))
                odds = np.log(np.maximum(was_one, 1) / np.maximum(was_zero, 1))
                return odds + IMPOSSIBLE * ((was_one == 0) * 1.0 - (was_zero == 0))
            case "gaussian":
                return np.clip((noisy - 0.5) / max(self.amount, 1e-9) ** 2, IMPOSSIBLE, -IMPOSSIBLE)
        return 0.0

    def _ways(self, noisy: np.ndarray, original: int) -> np.ndarray:
        """How many u in 0…amount make |original − u|: original − noisy and original + noisy may."""
        reachable = [(u >= 0) & (u <= self.amount) for u in (original - noisy, original + noisy)]
        return np.sum(reachable, axis=0)
