"""Fitting a variational autoencoder: from images and a plan to trained weights.

TensorFlow is imported by the first call, not with this module.
"""

from collections.abc import Callable
from time import perf_counter

import numpy as np

from vae.fitting_plan import FittingPlan
from vae.trained import FittingHistory, TrainedVae, rebuild

__all__ = ["FittingHistory", "FittingPlan", "TrainedVae", "fit", "rebuild"]

Report = Callable[[int, float], None]


def fit(
    train_pixels: np.ndarray,
    validation_pixels: np.ndarray,
    plan: FittingPlan,
    report: Report | None = None,
) -> TrainedVae:
    """Train on `train_pixels` `(n, pixels)`, bytes or floats in 0…1; validate after each epoch.

    `report(epoch, validation_loss)` hears of every epoch, counted from 1. The weights that are kept
    are the last ones, or with `patience` those of the best validation. A training that diverges ends
    there, with the last weights whose losses were finite.
    """
    trainer, seconds = _prepare(plan, train_pixels, validation_pixels)
    course = _Course(plan, trainer.networks.weights())
    for epoch in range(plan.epochs):
        reconstruction, kl = trainer.epoch(epoch, plan.beta_at(epoch))
        course.end_epoch(reconstruction, kl, trainer.validation_loss(), trainer.networks.weights())
        if report and not course.diverged:
            report(epoch + 1, course.validation_losses[-1])
        if course.should_stop():
            break
    pixels = train_pixels.shape[1]
    return TrainedVae(plan, pixels, course.weights, course.history(), course.diverged, seconds)


def _prepare(plan: FittingPlan, train_pixels, validation_pixels):
    """A compiled `Trainer`, and the seconds that each step on the way to it took."""
    times = [perf_counter()]
    from vae.tensorflow_setup import load_tensorflow

    load_tensorflow()
    from vae.variational import Trainer

    times.append(perf_counter())
    trainer = Trainer(plan, train_pixels, validation_pixels)
    times.append(perf_counter())
    trainer.compile()
    times.append(perf_counter())
    steps = ("import", "build", "compile")
    return trainer, dict(zip(steps, np.diff(times).tolist(), strict=True))


class _Course:
    """How a training goes: its history, and the weights to keep."""

    def __init__(self, plan: FittingPlan, weights: dict[str, np.ndarray]):
        self.weights = weights
        self.diverged = False
        self.validation_losses: list[float] = []
        self._rows: list[tuple[float, ...]] = []
        self._plan = plan
        self._best_epoch = 0
        self._start = perf_counter()

    def end_epoch(self, reconstruction, kl, validation_loss, weights) -> None:
        """Add a row and keep the weights, if all is finite and, with patience, better than before."""
        self.diverged = not np.isfinite([reconstruction, kl, validation_loss]).all()
        if self.diverged:
            return
        epoch = len(self._rows)
        improved = epoch == 0 or validation_loss < self.validation_losses[self._best_epoch]
        if improved:
            self._best_epoch = epoch
        if improved or self._plan.patience is None:
            self.weights = weights
        beta = self._plan.beta_at(epoch)
        seconds = perf_counter() - self._start
        self.validation_losses.append(validation_loss)
        loss = reconstruction + beta * kl
        self._rows.append((loss, reconstruction, kl, beta, validation_loss, seconds))

    def should_stop(self) -> bool:
        """Whether the training diverged, or did not improve for `patience` epochs."""
        if self.diverged:
            return True
        waited = len(self._rows) - 1 - self._best_epoch
        return self._plan.patience is not None and waited >= self._plan.patience

    def history(self) -> FittingHistory:
        """One row for each epoch that stayed finite."""
        return FittingHistory(*np.array(self._rows).reshape(-1, 6).T)
