"""What a result should be told beside its numbers: what went wrong, why, and what to write instead."""

from dataclasses import dataclass

import numpy as np

from latent.codes import ACTIVE_FROM
from latent.measures import squared_error
from runner.config.defaults import EPSILONS, SCIPY_MINIMIZERS
from runner.config.keys import Config
from runner.result.result import Result

# Of the error of the mean picture: who comes no closer has learned nothing.
HARDLY_BETTER = 0.97
# Of the range 0…1: pictures whose pixels differ by less than that hold nothing to be learned.
HARDLY_DIFFERENT = 0.02
# How far the error on the noise of the training lies below, and that on new noise above what is possible.
FAR = 2
# A learning rate so many times the usual one is suspected.
UNUSUAL = 50
# An epsilon above the roots that it is added to makes all steps small.
LARGEST_EPSILON = 1
# A training that ends so many times above its best loss was not settling down, if that is still so much of
# its first one: close to 0 a loss may well jump.
GOT_WORSE, FAR_FROM_LEARNED = 1.3, 0.1
# One that still gains so large a share in the second half of its epochs was not at its end.
STILL_FALLING = 0.002


@dataclass(frozen=True)
class Advice:
    """Two sentences."""

    what: str
    remedy: str


def advice(result: Result) -> list[Advice]:
    """What there is to say; nothing of a good run, nor of a training that was stopped on its way."""
    if result.is_partial:
        return []
    if result.diverged:
        return [_diverged(result)]
    if not _has_learned(result):
        return [_learned_nothing(result)]
    found = [_got_worse(result), _by_heart(result), _unused_numbers(result)]
    return [each for each in found if each]


def _diverged(result: Result) -> Advice:
    what = "The training diverged; this is the last network of finite numbers."
    if result.config.minimizer in SCIPY_MINIMIZERS:
        return Advice(what, 'Write initialization="glorot", or a smaller beta.')
    return Advice(what, f"Write {_smaller_rate(result.config)}.")


def _has_learned(result: Result) -> bool:
    """Whether its drawings are closer to the pictures than their mean is."""
    pixels = result.pixels
    constant = squared_error(pixels.mean(axis=0, dtype=float), pixels).sum()
    return float(result.errors.sum(dtype=float)) < HARDLY_BETTER * float(constant)


def _learned_nothing(result: Result) -> Advice:
    """Every number of the codes is lost, or the output does not listen to them."""
    config = result.config
    what = "It learned nothing: it draws much the same whatever it is shown"
    if result.codes.log_variances is not None:
        what = "Collapsed: the codes tell the decoder nothing, it always draws the same"
    if float(np.ptp(result.pixels, axis=0).max()) < HARDLY_DIFFERENT:
        return Advice(f"{what}.", "The pictures hardly differ from each other; bring others.")
    if config.mode == "VAE" and config.beta > 1:
        because = f"beta {config.beta:g} makes the KL term outweigh the pictures"
        return Advice(f"{what}; {because}.", "Write beta=1.")
    if config.minimizer in EPSILONS and config.epsilon > LARGEST_EPSILON:
        because = f"epsilon {config.epsilon:g} makes the steps of {config.minimizer} small"
        return Advice(f"{what}; {because}.", f"Write epsilon={_usual(config).epsilon:g}.")
    is_rising = _ends_above_its_start(result)
    if not is_rising and _is_still_learning(result):
        return _too_few_epochs(result, what)
    if is_rising or _is_rate_unusual(config):
        because = f"learning_rate {config.learning_rate:g} destroyed the training"
        return Advice(f"{what}; {because}.", f"Write {_smaller_rate(config)}.")
    return _stood_still(config, what)


def _stood_still(config: Config, what: str) -> Advice:
    if config.mode == "VAE":
        remedy = "Write a smaller beta, or a kl_warmup_epochs of a third of the epochs."
        return Advice(f"{what}; the KL term won from the start.", remedy)
    rate = "" if config.minimizer in SCIPY_MINIMIZERS else f"{_smaller_rate(config)}, "
    return Advice(
        f"{what}.", f"Write {rate}another seed, more neurons_per_layer, or another initialization."
    )


def _too_few_epochs(result: Result, what: str) -> Advice:
    run, config = result.summary["epochs_run"], result.config
    if config.patience and run < config.epochs:
        because = f"patience {config.patience} stopped the training after epoch {run}"
        return Advice(
            f"{what}; {because}.", f"Write a larger patience, such as {max(10 * config.patience, 20)}."
        )
    return Advice(f"{what}; too few epochs: {run}.", f"Write epochs={max(10 * run, 20)}.")


def _is_rate_unusual(config: Config) -> bool:
    is_used = config.minimizer not in SCIPY_MINIMIZERS
    return is_used and config.learning_rate >= UNUSUAL * _usual(config).learning_rate


def _usual(config: Config) -> Config:
    """What the minimizer has by itself."""
    return Config(mode=config.mode, data=config.data, minimizer=config.minimizer)


def _smaller_rate(config: Config) -> str:
    rate = min(_usual(config).learning_rate, config.learning_rate / 10)
    return f"a smaller learning_rate, such as {rate:.2g}"


def _loss(result: Result) -> np.ndarray:
    """What was to become small, by epoch; in nats at beta 1, because a warm-up moves what is trained."""
    columns = result.history.columns
    return columns["validation_loss" if "validation_loss" in columns else "loss"]


def _ends_above_its_start(result: Result) -> bool:
    loss = _loss(result)
    return result.config.minimizer not in SCIPY_MINIMIZERS and len(loss) > 1 and loss[-1] >= loss[0]


def _is_still_learning(result: Result) -> bool:
    """Whether the loss fell in the second half of the epochs; of one or two epochs nobody knows."""
    loss = _loss(result)
    middle = loss[len(loss) // 2]
    return len(loss) < 4 or bool(middle - loss[-1] > STILL_FALLING * abs(middle))


def _got_worse(result: Result) -> Advice | None:
    """The kept network is an early one, and all that came later was worse than it by far."""
    loss, config = _loss(result), result.config
    if config.minimizer in SCIPY_MINIMIZERS or len(loss) < 2:
        return None
    if config.fresh_noise or config.latent_noise:  # The last network is kept.
        return None
    best = int(loss.argmin())
    is_early, was_little = best <= len(loss) // 2, loss[best] > FAR_FROM_LEARNED * loss[0]
    if not is_early or not was_little or loss[-1] < GOT_WORSE * loss[best]:
        return None
    epoch = best + result.history.first_epoch
    what = f"The training was best after epoch {epoch} and then got worse: learning_rate is too large."
    return Advice(what, f"Write {_smaller_rate(config)}.")


def _by_heart(result: Result) -> Advice | None:
    """A denoiser that restores the noise of its training better than anybody can restore new noise."""
    config, summary = result.config, result.summary
    limit = summary.get("bayes_accumulated_error")
    if limit is None or result.data.test is not None or result.other_noise:
        return None
    known, new = summary["accumulated_error"], summary["test_accumulated_error"]
    if known * FAR > limit or new < FAR * limit:
        return None
    what = (
        f"It learned the noise by heart: {known:.3g} on what it was trained on,"
        f" {new:.3g} on new noise, where {limit:.3g} is possible."
    )
    copies = f"noisy_copies={10 * config.noisy_copies}"
    if config.fresh_noise or config.minimizer in SCIPY_MINIMIZERS:
        return Advice(what, f"Write more noise to learn from: {copies}.")
    return Advice(what, f"Write fresh_noise=true, which draws new noise in every epoch, or {copies}.")


def _unused_numbers(result: Result) -> Advice | None:
    """Some latent numbers of a variational autoencoder, while others carry the pictures."""
    if result.codes.log_variances is None:
        return None
    names = [f"z{i + 1}" for i, kl in enumerate(result.codes.dimension_kl) if kl < ACTIVE_FROM]
    if not names:
        return None
    size = result.model.latent_size
    listed = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    what = f"{len(names)} of {size} latent numbers tell the decoder nothing ({listed})."
    beta = result.config.beta
    remedy = "Write a smaller beta, if they should" + ("." if beta <= 1 else f"; it is {beta:g}.")
    return Advice(what, remedy)
