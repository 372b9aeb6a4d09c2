"""The final numbers of a result, under the names that `summary.json` and sweeps use.

`result.py` has the rules by which numbers are left out.
"""

from typing import Any

import numpy as np

from latent.codes import ACTIVE_FROM
from latent.components import pca_codes, pca_restored_error, pca_squared_error
from latent.likeness import legibility, legibility_of_levels
from latent.measures import squared_error, wrong_pixels
from latent.neighbours import knn_accuracy
from latent.rounding import least_bits
from runner.data import MOST_FEW
from runner.result.outcome import Outcome

Numbers = dict[str, Any]
# Legibility is the share of so many drawings; they stand on a square, or all on a line.
DRAWINGS_SIDE = 50
# How many neighbours say of which class a code is.
NEIGHBOURS = {"knn_1_accuracy": 1, "knn_5_accuracy": 5, "knn_accuracy": 15}


def summarize(outcome: Outcome) -> Numbers:
    """All numbers that a result has."""
    return {
        **_errors(outcome),
        **_wrong_pixels(outcome),
        **_bits(outcome),
        f"{outcome.data.noun}s": len(outcome.data.judged),
        **_nats(outcome),
        **_neighbours(outcome),
        **_repaired_neighbours(outcome),
        **_legibility(outcome),
        **_training(outcome),
        **_restarts(outcome),
        **_limit(outcome),
        **_new_noise(outcome),
    }


def _errors(outcome: Outcome) -> Numbers:
    error = float(outcome.errors.sum(dtype=np.float64))
    return {"accumulated_error": error, "mean_error": error / len(outcome.errors)}


def _wrong_pixels(outcome: Outcome) -> Numbers:
    if outcome.wrong is None:
        return {}
    wrong = outcome.wrong.sum(axis=1)
    return {
        "max_wrong_pixels": int(wrong.max()),
        "total_wrong_pixels": int(wrong.sum()),
        f"{outcome.data.noun}s_learned": int((wrong == 0).sum()),
    }


def _bits(outcome: Outcome) -> Numbers:
    """How few each latent number needs, so that as many pictures are drawn right as by the whole code."""
    if outcome.wrong is None or outcome.is_partial:
        return {}
    bits = least_bits(outcome.codes.means, outcome.drawn_right)
    return {} if bits is None else {"bits_per_latent_number": bits}


def _nats(outcome: Outcome) -> Numbers:
    """−ELBO at beta 1 and its parts, means over the judged pictures; the noise is the config's."""
    drawn = outcome.nats_of(outcome.data.judged, outcome.config.seed)
    if drawn is None:
        return {}
    reconstruction, kl = float(drawn.mean()), float(outcome.codes.kl.sum(axis=1).mean())
    part = "test_" if outcome.data.test else ""
    return {
        f"{part}negative_elbo": reconstruction + kl,
        f"{part}reconstruction": reconstruction,
        f"{part}kl": kl,
        **_losses(outcome, part),
        **_bound(outcome, part),
        **_training_nats(outcome),
        "active_dimensions": int((outcome.codes.dimension_kl >= ACTIVE_FROM).sum()),
    }


def _losses(outcome: Outcome, part: str) -> Numbers:
    """Log p(x), and what −ELBO loses beyond it, means over the judged pictures."""
    losses = outcome.losses
    if losses is None:
        return {}
    return {
        f"{part}log_likelihood": -float(losses.negative_log_likelihood.mean()),
        f"{part}approximation_gap": float(losses.approximation_gap.mean()),
        f"{part}amortization_gap": float(losses.amortization_gap.mean()),
        f"{part}repaired_negative_elbo": float(losses.repaired.mean()),
        f"{part}grid_error": float(losses.grid_error.mean()),
    }


def _bound(outcome: Outcome, part: str) -> Numbers:
    """Log p(x) from below, and by how much that rises from half as many draws to all."""
    bound = outcome.bound
    if bound is None:
        return {}
    return {
        f"{part}log_likelihood_bound": float(bound.log_likelihood.mean()),
        f"{part}bound_gain": float(bound.gain.mean()),
        "importance_draws": bound.draws,
    }


def _training_nats(outcome: Outcome) -> Numbers:
    if outcome.data.test is None or outcome.is_partial:
        return {}
    train = outcome.data.train
    drawn = outcome.nats_of(train, outcome.config.seed, draws=1)
    kl = float(outcome.encode(train).kl.sum(axis=1).mean())
    return {} if drawn is None else {"train_negative_elbo": float(drawn.mean()) + kl}


def _neighbours(outcome: Outcome) -> Numbers:
    """k-nearest-neighbour accuracies of the codes, for k = 15 also that of as many principal components."""
    train, test = outcome.data.train, outcome.data.test
    if outcome.is_partial or test is None or train.labels is None or test.labels is None:
        return {}
    codes = outcome.encode(train).means
    size = outcome.model.latent_size
    by_pca = pca_codes(train.pixels, test.pixels, size, outcome.principal_axes)
    found = knn_accuracy(codes, train.labels, outcome.codes.means, test.labels, NEIGHBOURS.values())
    (pca,) = knn_accuracy(by_pca[0], train.labels, by_pca[1], test.labels)
    return {**dict(zip(NEIGHBOURS, found, strict=True)), "pca_knn_accuracy": pca}


def _repaired_neighbours(outcome: Outcome) -> Numbers:
    """15-NN accuracy of the codes that would be best, among the most probable ones of the training."""
    train, test, losses = outcome.data.train, outcome.data.test, outcome.losses
    if losses is None or test is None or train.labels is None or test.labels is None:
        return {}
    codes = outcome.model.modes(train.pixels, train.labels)
    (found,) = knn_accuracy(codes, train.labels, losses.best.means, test.labels)
    return {"repaired_knn_accuracy": found}


def _legibility(outcome: Outcome) -> Numbers:
    """Of drawings all over the region of the codes, the share that nearly is a picture of the set.

    A network that is given classes draws one after the other of them. Few pictures in grey or colour are
    compared by their levels: as black and white they may all be much the same.
    """
    if outcome.is_partial:
        return {}
    codes = outcome.region.grid(DRAWINGS_SIDE)
    if len(codes) == 1:
        codes = outcome.region.grid(DRAWINGS_SIDE**2)
    codes = codes.reshape(-1, codes.shape[-1])
    drawings = outcome.model.decode(codes, np.arange(len(codes)) % max(outcome.model.classes, 1))
    data = outcome.data
    by_level = len(data.train) <= MOST_FEW and not data.is_binary
    return {"legibility": (legibility_of_levels if by_level else legibility)(drawings, data.train.pixels)}


def _training(outcome: Outcome) -> Numbers:
    history = outcome.history
    numbers: Numbers = {"epochs_run": max(len(history) - 1 + history.first_epoch, 0)}
    if "evaluations" in history.columns:
        numbers["evaluations"] = int(history["evaluations"][-1:].sum())
    numbers["training_seconds"] = outcome.training_seconds
    if outcome.codes.log_variances is not None:
        each = np.diff(history["seconds"], prepend=0)
        numbers["seconds_per_epoch"] = float(np.median(each)) if len(each) else None
    return numbers


def _restarts(outcome: Outcome) -> Numbers:
    numbers: Numbers = {"restarts": len(outcome.training.candidates)}
    if outcome.wrong is not None:
        numbers["restarts_learned_all"] = int((outcome.candidate_wrong_pixels == 0).sum())
    return numbers


def _limit(outcome: Outcome) -> Numbers:
    """The accumulated error of the best linear bottleneck of that size, on the judged pictures."""
    train, test, size = outcome.data.train, outcome.data.test, outcome.model.latent_size
    if test is None:
        return {"pca_accumulated_error": pca_squared_error(train.levels(), size)}
    if outcome.is_partial:
        return {}
    return {
        "pca_accumulated_error": pca_restored_error(train.pixels, test.pixels, size, outcome.principal_axes)
    }


def _new_noise(outcome: Outcome) -> Numbers:
    """Of a denoiser: the judged pictures with noise that it has not seen, means over many draws of it."""
    test, pixels = outcome.test, outcome.pixels
    if test is None:
        return {}
    error = float(squared_error(test.outputs, pixels).sum(axis=1).mean())
    numbers: Numbers = {"test_accumulated_error": error}
    if test.error is not None:
        numbers["test_standard_error"] = test.error.standard_error
    numbers["test_mean_error"] = error / len(pixels)
    if outcome.wrong is not None:
        numbers["test_mean_wrong_pixels"] = float(wrong_pixels(test.outputs, pixels).sum(axis=-1).mean())
    return {**numbers, **_best_denoiser(outcome)}


def _best_denoiser(outcome: Outcome) -> Numbers:
    """The smallest error that is possible on new noise, and how far above it the network is."""
    assert outcome.test is not None
    limit, excess, numbers = outcome.bayes_limit, outcome.test.excess, {}
    if limit is not None:
        numbers["bayes_accumulated_error"] = limit.value
        numbers["bayes_standard_error"] = limit.standard_error
    if excess is not None:
        numbers["test_excess_error"] = excess.value
        numbers["test_excess_standard_error"] = excess.standard_error
    return numbers
