"""What minimizers ask for: the face that both implementations of the objective have.

`tape` is the plain one, `fused` its fast twin, `parts` spreads a large batch over the processor's cores;
`problem.objective_of` says which one runs. Every answer is complete: none depends on the call before.
Far from zero an exponential overflows on the way to the right result: ask under
`numpy.errstate(over="ignore")`.
"""

from typing import NamedTuple, Protocol

import numpy as np


class Measures(NamedTuple):
    """`losses` `(restarts,)`, means over the examples of what is trained; `errors` `(restarts,)`.

    An error is the accumulated one: the sum over examples and pixels of ½ (pixel − target)².
    """

    losses: np.ndarray
    errors: np.ndarray


class Evaluation(NamedTuple):
    """The same, with the `gradient` `(restarts, parameters)` of the losses.

    The next evaluation may write its gradient into the same array.
    """

    losses: np.ndarray
    errors: np.ndarray
    gradient: np.ndarray


class Objective(Protocol):
    """The losses of `restarts` networks on a fixed number of examples, at `(restarts, parameters)`."""

    def load(
        self,
        inputs: np.ndarray,
        targets: np.ndarray | None = None,
        latent_noise: np.ndarray | None = None,
    ) -> None:
        """Take as many other examples `(examples, pixels)`; without targets the inputs are the targets.

        They are bytes, grey levels of 0…255, or numbers in 0…1. `latent_noise` `(examples, latent)` are
        shares of the range of each latent number that are added to the codes.
        """

    def losses(self, parameters: np.ndarray) -> np.ndarray:
        """The losses alone, `(restarts,)`: what a method without gradients pays for."""

    def measure(self, parameters: np.ndarray) -> Measures:
        """Losses and errors."""

    def evaluate(self, parameters: np.ndarray) -> Evaluation:
        """Losses, errors and the gradient of the losses."""


def grey_levels(pixels: np.ndarray, precision: np.dtype) -> np.ndarray:
    """Pixels in 0…1, any shape: bytes are divided by 255, numbers are taken as they are."""
    if pixels.dtype == np.uint8:
        return np.divide(pixels, 255, dtype=precision)
    return pixels.astype(precision, copy=False)
