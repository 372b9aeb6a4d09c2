"""The figures that the error of a run is held against, because a number means little alone."""

import numpy as np

from autoencoder.noise import Noise
from latent.measures import squared_error
from runner.result.result import Result

PUBLISHED = "published"
NEW_NOISE, TRAINING_NOISE = "new noise", "training noise"
# Two limits that are closer than this are drawn as one.
APART = 1.15
# Half a millionth of a pixel: rounding, or a confusion so rare that no drawing tells it from none.
NEGLIGIBLE = 1e-6


def limits(result: Result) -> dict[str, float]:
    """Errors by name: the linear limit or the best possible denoiser, and what was published.

    They are accumulated errors, or where there is a test part means over its pictures, as the errors by
    epoch are. A limit of next to nothing is none.
    """
    config = result.config
    values = _best_denoiser(result) or _linear(result)
    if config.published:
        values[PUBLISHED] = config.published.error
    return {name: value for name, value in values.items() if value > NEGLIGIBLE}


def _linear(result: Result) -> dict[str, float]:
    pca = result.summary.get("pca_accumulated_error")
    pictures = len(result.data.judged) if result.data.test else 1
    return {} if pca is None else {f"PCA of size {result.model.latent_size}": pca / pictures}


def _best_denoiser(result: Result) -> dict[str, float]:
    """On the very noise that the curves are of; one figure where that is much the same."""
    if result.noise is None or result.watched is None or result.data.test is not None:
        return {}
    watched = _bayes_error(result, result.noise, result.watched)
    # Noise that is new in every epoch has no limit of its own.
    is_new = result.config.fresh_noise
    training = watched if is_new else _bayes_error(result, result.noise, result.inputs)
    if watched is None or training is None:
        return {}
    if max(watched, training) <= APART * min(watched, training):
        return {"best on this noise": watched}
    return {
        f"best on {NEW_NOISE}": watched,
        f"best on {TRAINING_NOISE}": training,
    }


def _bayes_error(result: Result, noise: Noise, inputs: np.ndarray) -> float | None:
    """The accumulated error of the best denoiser, a mean over the copies; None where it is not known."""
    outputs = result.bayes_outputs(noise, inputs)
    return None if outputs is None else float(squared_error(outputs, result.pixels).sum(axis=1).mean())
