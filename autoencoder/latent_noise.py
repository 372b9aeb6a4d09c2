"""Noise on the code while a network is trained, in proportion to the range of the codes.

A code that is moved by noise must still be drawn right, so that the codes have to keep their distance from
each other (Poole, Sohl-Dickstein & Ganguli 2014, "Analyzing noise in autoencoders and deep networks").
A distance means something beside the whole range only: the noise is a share of it, so that larger codes are
no way out. The range is that of the examples at hand, those of a step or of a part of one, and is
differentiated like all else.
"""

import autograd.numpy as anp
import numpy as np

from training.in_place import InPlace


def noisy(codes, noise):
    """`codes` `(..., examples, latent)` and `noise` `(examples, latent)` times the range of each number."""
    lowest, highest = anp.min(codes, axis=-2, keepdims=True), anp.max(codes, axis=-2, keepdims=True)
    return codes + noise * (highest - lowest)


class NoisyCodes(InPlace):
    """The latent layer's activation and the noise behind it, for the fused pass.

    Arrays are `(restarts, latent, examples)`, or `(latent, examples)` of one network.
    """

    def __init__(self, activation: InPlace, like: np.ndarray, noise: np.ndarray):
        """Wrap a twin with outputs `like` these; `noise` `(latent, examples)` may change."""
        self._activation, self._codes, self._noise = activation, np.empty_like(like), noise

    def apply(self, values, outputs) -> None:
        """Turn pre-activations, which are overwritten, into noisy codes."""
        codes = self._codes
        self._activation.apply(values, codes)
        self._lowest, self._highest = (find(axis=-1, keepdims=True) for find in (codes.min, codes.max))
        np.multiply(self._noise, self._highest - self._lowest, outputs)
        np.add(outputs, codes, outputs)

    def chain(self, delta, outputs) -> None:
        """Turn the gradient by the noisy codes into that by the pre-activations."""
        by_range = np.vecdot(delta, self._noise)[..., None]
        np.add(delta, by_range * (self._share_of(self._highest) - self._share_of(self._lowest)), delta)
        self._activation.chain(delta, self._codes)

    def _share_of(self, bound) -> np.ndarray:
        """How much each code moves a bound of the range: those that are at it do so together."""
        at_bound = self._codes == bound
        return at_bound / at_bound.sum(axis=-1, keepdims=True, dtype=self._codes.dtype)
