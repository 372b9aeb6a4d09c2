"""Fitting a variational autoencoder: from images and a plan to trained weights.

TensorFlow is imported by the first call, not with this module.
"""

from time import perf_counter

import numpy as np

from training.watch import State, Watch, joined, part_of
from vae.plan import FittingPlan
from vae.trained import FittingHistory, TrainedVae, rebuild

__all__ = ["FittingHistory", "FittingPlan", "TrainedVae", "fit", "rebuild"]


def fit(
    train_pixels: np.ndarray,
    validation_pixels: np.ndarray,
    plan: FittingPlan,
    watch: Watch | None = None,
) -> TrainedVae:
    """Train on `train_pixels` `(n, pixels)`, bytes or floats in 0…1; validate after each epoch.

    `watch` hears of the validation loss after every epoch, counted from 1. The weights that are kept
    are the last ones, or with `patience` those of the best validation. A training that diverges ends
    there, with the last weights whose losses were finite; one that `watch` ends, with those of the
    last whole epoch. It may go on from the saved state, and then ends in the same bits.
    """
    trainer, seconds = _prepare(plan, train_pixels, validation_pixels)
    course = _Course(plan, trainer.networks.weights())
    _train(trainer, course, watch or Watch())
    pixels = train_pixels.shape[1]
    return TrainedVae(plan, pixels, course.weights, course.history(), course.diverged, seconds)


def _train(trainer, course: "_Course", watch: Watch) -> None:
    """Train until the last epoch, or until course or watch say that it is enough."""

    def state() -> State:
        return {"epoch": np.array(len(course)), **joined(trainer=trainer.state(), course=course.state())}

    if saved := watch.saved():
        trainer.restore(part_of(saved, "trainer"))
        course.restore(part_of(saved, "course"))
    while not course.should_stop():
        epoch = len(course)
        for _ in trainer.epoch(epoch, course.plan.beta_at(epoch)):
            if watch.interrupts(state):
                return
        reconstruction, kl = trainer.end_epoch()
        course.end_epoch(reconstruction, kl, trainer.validation_loss(), trainer.networks.weights())
        if not course.diverged:
            watch.report(epoch + 1, course.validation_losses[-1])


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
        self.plan = plan
        self.weights = weights
        self.diverged = False
        self._rows: list[list[float]] = []
        self._best_epoch = 0
        self._start = perf_counter()

    def __len__(self) -> int:
        """The number of epochs so far."""
        return len(self._rows)

    @property
    def validation_losses(self) -> list[float]:
        """That of each epoch so far."""
        return [row[4] for row in self._rows]

    def end_epoch(self, reconstruction, kl, validation_loss, weights) -> None:
        """Add a row and keep the weights, if all is finite and, with patience, better than before."""
        self.diverged = not np.isfinite([reconstruction, kl, validation_loss]).all()
        if self.diverged:
            return
        epoch = len(self)
        improved = epoch == 0 or validation_loss < self.validation_losses[self._best_epoch]
        if improved:
            self._best_epoch = epoch
        if improved or self.plan.patience is None:
            self.weights = weights
        beta = self.plan.beta_at(epoch)
        seconds = perf_counter() - self._start
        loss = reconstruction + beta * kl
        self._rows.append([loss, reconstruction, kl, beta, validation_loss, seconds])

    def should_stop(self) -> bool:
        """Whether the training is at its end, diverged, or did not improve for `patience` epochs."""
        if self.diverged or len(self) == self.plan.epochs:
            return True
        waited = len(self) - 1 - self._best_epoch
        return self.plan.patience is not None and waited >= self.plan.patience

    def history(self) -> FittingHistory:
        """One row for each epoch that stayed finite."""
        return FittingHistory(*self._table().T)

    def state(self) -> State:
        """All of it."""
        numbers = {"rows": self._table(), "best_epoch": np.array(self._best_epoch)}
        seconds = np.array(perf_counter() - self._start)
        return {**numbers, "seconds_so_far": seconds, **joined(weights=self.weights)}

    def restore(self, state: State) -> None:
        """Go on from a `state()`."""
        self._rows, self._best_epoch = state["rows"].tolist(), int(state["best_epoch"])
        self._start = perf_counter() - float(state["seconds_so_far"])
        self.weights = part_of(state, "weights")

    def _table(self) -> np.ndarray:
        return np.array(self._rows).reshape(-1, 6)
