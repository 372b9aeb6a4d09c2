"""The final numbers of a result, under the names that `summary.json` and sweeps use.

`result.py` has the rules by which numbers are left out.
"""

from typing import TYPE_CHECKING

import numpy as np

from latent.codes import ACTIVE_FROM
from latent.components import pca_codes, pca_restored_error, pca_squared_error
from latent.likeness import legibility
from latent.measures import squared_error, wrong_pixels
from latent.neighbours import knn_accuracy

if TYPE_CHECKING:
    from runner.result import Result

Numbers = dict[str, int | float | None]
# Legibility is the share of so many drawings; they stand on a square, or all on a line.
DRAWINGS_SIDE = 50


def summarize(result: "Result") -> Numbers:
    """All numbers that a result has."""
    return {
        **_errors(result),
        **_wrong_pixels(result),
        f"{result.data.noun}s": len(result.data.judged),
        **_nats(result),
        **_neighbours(result),
        **_legibility(result),
        **_training(result),
        **_restarts(result),
        **_limit(result),
        **_new_noise(result),
    }


def _errors(result: "Result") -> Numbers:
    error = float(result.errors.sum(dtype=np.float64))
    return {"accumulated_error": error, "mean_error": error / len(result.errors)}


def _wrong_pixels(result: "Result") -> Numbers:
    if result.wrong is None:
        return {}
    wrong = result.wrong.sum(axis=1)
    return {
        "max_wrong_pixels": int(wrong.max()),
        "total_wrong_pixels": int(wrong.sum()),
        f"{result.data.noun}s_learned": int((wrong == 0).sum()),
    }


def _nats(result: "Result") -> Numbers:
    """−ELBO at beta 1 and its parts, means over the judged pictures; the noise is the config's."""
    drawn = result.nats_of(result.data.judged.pixels, result.config.seed)
    if drawn is None:
        return {}
    reconstruction, kl = float(drawn.mean()), float(result.codes.kl.sum(axis=1).mean())
    part = "test_" if result.data.test else ""
    return {
        f"{part}negative_elbo": reconstruction + kl,
        f"{part}reconstruction": reconstruction,
        f"{part}kl": kl,
        **_training_nats(result),
        "active_dimensions": int((result.codes.dimension_kl >= ACTIVE_FROM).sum()),
    }


def _training_nats(result: "Result") -> Numbers:
    if result.data.test is None or result.is_partial:
        return {}
    pixels = result.data.train.pixels
    drawn = result.nats_of(pixels, result.config.seed, draws=1)
    kl = float(result.model.encode(pixels).kl.sum(axis=1).mean())
    return {} if drawn is None else {"train_negative_elbo": float(drawn.mean()) + kl}


def _neighbours(result: "Result") -> Numbers:
    """15-nearest-neighbour accuracy of the codes, and of as many principal components."""
    train, test = result.data.train, result.data.test
    if result.is_partial or test is None or train.labels is None or test.labels is None:
        return {}
    codes = result.model.encode(train.pixels).means
    by_pca = pca_codes(train.pixels, test.pixels, result.model.latent_size)
    return {
        "knn_accuracy": knn_accuracy(codes, train.labels, result.codes.means, test.labels),
        "pca_knn_accuracy": knn_accuracy(by_pca[0], train.labels, by_pca[1], test.labels),
    }


def _legibility(result: "Result") -> Numbers:
    """Of drawings all over the region of the codes, the share that nearly is a picture of the set."""
    if result.is_partial:
        return {}
    codes = result.region.grid(DRAWINGS_SIDE)
    if len(codes) == 1:
        codes = result.region.grid(DRAWINGS_SIDE**2)
    drawings = result.model.decode(codes.reshape(-1, codes.shape[-1]))
    return {"legibility": legibility(drawings, result.data.train.pixels)}


def _training(result: "Result") -> Numbers:
    history = result.history
    numbers: Numbers = {"epochs_run": max(len(history) - 1 + history.first_epoch, 0)}
    if "evaluations" in history.columns:
        numbers["evaluations"] = int(history["evaluations"][-1:].sum())
    numbers["training_seconds"] = result.training_seconds
    if result.codes.log_variances is not None:
        each = np.diff(history["seconds"], prepend=0)
        numbers["seconds_per_epoch"] = float(np.median(each)) if len(each) else None
    return numbers


def _restarts(result: "Result") -> Numbers:
    numbers: Numbers = {"restarts": len(result.training.candidates)}
    if result.wrong is not None:
        numbers["restarts_learned_all"] = int((result.candidate_wrong_pixels == 0).sum())
    return numbers


def _limit(result: "Result") -> Numbers:
    """The accumulated error of the best linear bottleneck of that size, on the judged pictures."""
    train, test, size = result.data.train, result.data.test, result.model.latent_size
    if test is None:
        return {"pca_accumulated_error": pca_squared_error(train.levels(), size)}
    if result.is_partial:
        return {}
    return {"pca_accumulated_error": pca_restored_error(train.pixels, test.pixels, size)}


def _new_noise(result: "Result") -> Numbers:
    """Of a denoiser: the judged pictures with noise that it has not seen, means over many draws of it."""
    test, pixels = result.test, result.pixels
    if test is None:
        return {}
    error = float(squared_error(test.outputs, pixels).sum(axis=1).mean())
    numbers: Numbers = {"test_accumulated_error": error, "test_mean_error": error / len(pixels)}
    if result.wrong is not None:
        numbers["test_mean_wrong_pixels"] = float(wrong_pixels(test.outputs, pixels).sum(axis=-1).mean())
    if test.bayes_outputs is not None:
        bayes = squared_error(test.bayes_outputs, pixels).sum(axis=1).mean()
        numbers["bayes_accumulated_error"] = float(bayes)
    return numbers
