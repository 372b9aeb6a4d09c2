"""Bayes' limit: the smallest expected error that any denoiser can have, and how well it is known.

Given the noisy picture, the best restoration is the posterior mean, and its expected squared error is
the posterior variance: of binary pixels Σ m (1 − m), with the means m. That scatters less than the error
against the picture that was drawn. What scatters most is how many pixels the noise has changed, a binomial
number; so the draws are spread over its values (strata), most of them where the error varies most.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from autoencoder.noise import Noise

# Copies are drawn until the standard error is below one of these, or until so many numbers were drawn.
RELATIVE_ERROR, ABSOLUTE_ERROR = 0.005, 0.0005
MOST_NUMBERS = 80_000_000
# So many are held at once.
NUMBERS_AT_ONCE = 200_000

MOST_STRATA = 40
FIRST_COPIES = 32
# Numbers of changed pixels that are less probable than this are left out.
IMPROBABLE = 1e-15


@dataclass(frozen=True)
class Estimate:
    """An expected value as found from random draws, and its standard error."""

    value: float
    standard_error: float

    @classmethod
    def of(cls, draws: np.ndarray) -> "Estimate":
        """The sum over the pictures of the means of `draws` `(draws, pictures)`, two draws at least.

        The draws are independent, also from picture to picture.
        """
        error = np.sqrt(draws.var(axis=0, ddof=1, dtype=float).sum() / len(draws))
        return cls(float(draws.mean(axis=0, dtype=float).sum()), float(error))


def bayes_limit(noise: Noise, characters: np.ndarray, random: np.random.Generator) -> Estimate:
    """The expected accumulated error ½ Σ (x − m)² of the best denoiser of `characters` `(n, pixels)`.

    They are of 0 and 1, each as likely as the others; ½ Σ is over all pixels of all characters.
    """
    count, pixels = characters.shape
    left = max(2, MOST_NUMBERS // (count * (count + 8 * pixels)))
    strata = _strata(noise.probability, pixels, left // (2 * FIRST_COPIES))
    draws = [np.empty((0, count)) for _ in strata]
    copies = np.full(len(strata), min(FIRST_COPIES, left))
    while True:
        for index, changed in enumerate(_changed_pixels(strata, copies, count, random)):
            draws[index] = np.append(draws[index], _errors(noise, characters, changed, random), axis=0)
        left -= copies.sum()
        found, spread = _together(strata, draws)
        precise = max(RELATIVE_ERROR * found.value, ABSOLUTE_ERROR)
        if found.standard_error <= precise or left <= 0:
            return found
        copies = _next_copies(strata, spread, min(sum(map(len, draws)), left))


@dataclass(frozen=True)
class Stratum:
    """Numbers of changed pixels that are drawn together, and their probabilities."""

    numbers: np.ndarray
    probabilities: np.ndarray

    @property
    def share(self) -> float:
        """The probability of them all."""
        return float(self.probabilities.sum())


def _strata(probability: float, pixels: int, most: int) -> list[Stratum]:
    numbers = np.arange(pixels + 1)
    probabilities = _binomial(numbers, pixels, probability)
    numbers = numbers[probabilities > IMPROBABLE]
    parts = np.array_split(numbers, min(max(most, 1), MOST_STRATA, len(numbers)))
    return [Stratum(part, probabilities[part]) for part in parts]


def _changed_pixels(strata: list[Stratum], copies: np.ndarray, characters: int, random):
    """How many pixels are changed in each picture `(copies, characters)` of each stratum."""
    for stratum, count in zip(strata, copies, strict=True):
        chances = stratum.probabilities / stratum.share
        yield random.choice(stratum.numbers, (count, characters), p=chances)


def _errors(noise: Noise, characters: np.ndarray, changed: np.ndarray, random) -> np.ndarray:
    """½ Σ m (1 − m) `(copies, characters)`, some of them at a time."""
    step = max(1, NUMBERS_AT_ONCE // (len(characters) * max(characters.shape)))
    parts = [np.empty((0, len(characters)))]
    for some in (changed[start : start + step] for start in range(0, len(changed), step)):
        order = random.random((*some.shape, characters.shape[1]), dtype=np.float32).argsort(axis=-1)
        pixels = np.broadcast_to(characters, order.shape)
        noisy = noise.change(pixels, order < some[..., None], random)
        means = noise.posterior_mean(noisy.reshape(-1, characters.shape[1]), characters)
        parts.append(0.5 * np.einsum("ij,ij->i", means, 1 - means).reshape(some.shape))
    return np.concatenate(parts)


def _together(strata: list[Stratum], draws: list[np.ndarray]) -> tuple[Estimate, np.ndarray]:
    """The mean over the strata, and how much one copy in each makes it vary."""
    shares, parts = np.array([stratum.share for stratum in strata]), [Estimate.of(each) for each in draws]
    errors = shares * [part.standard_error for part in parts]
    value = float(shares @ [part.value for part in parts])
    return Estimate(value, float(np.linalg.norm(errors))), errors * np.sqrt([len(each) for each in draws])


def _next_copies(strata: list[Stratum], spread: np.ndarray, most: int) -> np.ndarray:
    """Half of them by the probabilities of the strata, half where the error varies most."""
    shares = np.array([stratum.share for stratum in strata])
    return np.ceil((shares / shares.sum() + spread / spread.sum()) / 2 * most).astype(int)


def _binomial(numbers: np.ndarray, of: int, probability: float) -> np.ndarray:
    """How probable so many successes are; SciPy's own statistics take half a second to load."""
    ways = gammaln(of + 1) - gammaln(numbers + 1) - gammaln(of - numbers + 1)
    return np.exp(ways + xlogy(numbers, probability) + xlog1py(of - numbers, -probability))
