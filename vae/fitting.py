"""Fitting a variational autoencoder: from images and a plan to trained weights.

TensorFlow is imported by the first call, not with this module.
"""

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from training.ending import Ending
from training.history import History
from training.moments import Moments, MomentsOnTheWay, moments_within
from training.watch import State, Watch, joined, part_of
from vae.plan import Plan
from vae.trained import TrainedVae, flattened

if TYPE_CHECKING:
    from vae.variational import Trainer, Trial

# In nats for an image, means over images. Reconstruction and kl are those of the training images while the
# weights moved, and loss is reconstruction + beta · kl, what was trained. The validation loss is −ELBO (at
# beta 1) after the epoch, one draw of noise for an image, the same in every epoch. With `patience` there is
# held_back_loss beside it: what is trained, at the beta that the warm-up leads to, of the images that
# patience looks at. Seconds count from the first step.
MET, VALIDATION = ("loss", "reconstruction", "kl", "beta"), "validation_loss"
HELD_BACK = "held_back_loss"


@dataclass(frozen=True)
class Fitted:
    """The network, its history from epoch 1 on, what it was then, and how the training ended.

    `preparation` says how many seconds passed before the first step: `import`, `build` and `compile`.
    """

    trained: TrainedVae
    history: History
    moments: Moments
    ending: Ending
    preparation: dict[str, float]


def fit(
    train_pixels: np.ndarray,
    validation_pixels: np.ndarray | None,
    plan: Plan,
    watch: Watch | None = None,
    held_back_pixels: np.ndarray | None = None,
) -> Fitted:
    """Train on `train_pixels` `(n, pixels)`, bytes or floats in 0…1; validate after each epoch.

    Without validation images the training images validate themselves; `patience` looks at the images that
    are held back, or else at the training images.
    `watch` hears of the validation loss after every epoch, counted from 1. The weights that are kept
    are the last ones, or with `patience` those of the best epoch. A training that diverges ends
    there, with the last weights whose losses were finite; one that `watch` stops, with those of the
    last whole epoch. It may go on from the saved state, and then ends in the same bits.
    """
    tried = {VALIDATION: train_pixels if validation_pixels is None else validation_pixels}
    if plan.patience is not None:
        tried[HELD_BACK] = train_pixels if held_back_pixels is None else held_back_pixels
    return Prepared.of(train_pixels, tried, plan).fit(watch or Watch())


@dataclass(frozen=True)
class Prepared:
    """A compiled `Trainer`, which may be trained any number of times: each begins where it began."""

    plan: Plan
    trainer: "Trainer"
    trials: dict[str, "Trial"]  # after each epoch, by the names of their columns
    beginning: State
    seconds: dict[str, float]

    @classmethod
    def of(cls, train_pixels: np.ndarray, tried: dict[str, np.ndarray], plan: Plan) -> "Prepared":
        """Import TensorFlow, build the networks and compile their steps.

        `tried` are the images `(n, pixels)` to try them on after each epoch, by the names of the columns.
        """
        times = [perf_counter()]
        from vae.tensorflow_setup import load_tensorflow, without_chatter

        load_tensorflow()
        from vae.variational import Trainer, Trial

        times.append(perf_counter())
        trainer = Trainer(plan, train_pixels)
        betas = {VALIDATION: 1.0, HELD_BACK: plan.beta}
        trials = {name: Trial(trainer.networks, plan, tried[name], betas[name]) for name in tried}
        times.append(perf_counter())
        with without_chatter():
            trainer.compile()
            for trial in trials.values():
                trial.loss()
        times.append(perf_counter())
        seconds = dict(zip(("import", "build", "compile"), np.diff(times).tolist(), strict=True))
        return cls(plan, trainer, trials, trainer.state(), seconds)

    def fit(self, watch: Watch) -> Fitted:
        """Train from the beginning, or from the state that the watch has."""
        self.trainer.restore(self.beginning)
        course = _Course(self.plan, self.trainer.networks.weights(), list(self.trials))
        ending = _train(self.trainer, self.trials, course, watch)
        trained = TrainedVae(self.plan, course.weights)
        return Fitted(trained, course.history(), course.moments(), ending, self.seconds)


def _train(trainer: "Trainer", trials: dict[str, "Trial"], course: "_Course", watch: Watch) -> Ending:
    """Train until the last epoch, or until course or watch say that it is enough."""

    def state() -> State:
        return {"epoch": np.array(len(course)), **joined(trainer=trainer.state(), course=course.state())}

    if saved := watch.checkpoints.saved():
        trainer.restore(part_of(saved, "trainer"))
        course.restore(part_of(saved, "course"))
    while not course.should_stop():
        epoch = len(course)
        for _ in trainer.epoch(epoch, course.plan.beta_at(epoch)):
            if watch.interrupts(state):
                return Ending.STOPPED
        reconstruction, kl = trainer.end_epoch()
        tried = [trial.loss() for trial in trials.values()]
        course.end_epoch(reconstruction, kl, tried, trainer.networks.weights())
        if not course.diverged:
            watch.report(epoch + 1, course.column(VALIDATION)[-1])
    return Ending.DIVERGED if course.diverged else Ending.FINISHED


class _Course:
    """How a training goes: its history, the weights to keep, and those on the way."""

    def __init__(self, plan: Plan, weights: dict[str, np.ndarray], tried: list[str]):
        self.plan = plan
        self._columns = [*MET, *tried, "seconds"]
        self.weights = weights
        self.diverged = False
        self._rows: list[list[float]] = []
        self._best_epoch = 0
        untrained = flattened(plan, weights)[None]
        self._moments = MomentsOnTheWay(moments_within(plan.epochs, untrained.size), untrained)
        self._start = perf_counter()

    def __len__(self) -> int:
        """The number of epochs so far."""
        return len(self._rows)

    def column(self, name: str) -> list[float]:
        """What was measured in each epoch so far."""
        return [row[self._columns.index(name)] for row in self._rows]

    def end_epoch(self, reconstruction: float, kl: float, tried: list[float], weights) -> None:
        """Add a row and keep the weights, if all is finite and, with patience, better than before."""
        self.diverged = not np.isfinite([reconstruction, kl, *tried]).all()
        if self.diverged:
            return
        beta, seconds = self.plan.beta_at(len(self)), perf_counter() - self._start
        self._rows.append([reconstruction + beta * kl, reconstruction, kl, beta, *tried, seconds])
        self._moments.pass_by(len(self), flattened(self.plan, weights)[None])
        if self.plan.patience is None:
            self.weights, self._best_epoch = weights, len(self) - 1
        elif int(np.argmin(losses := self.column(HELD_BACK))) == len(losses) - 1:
            self.weights, self._best_epoch = weights, len(losses) - 1

    def should_stop(self) -> bool:
        """Whether the training is at its end, diverged, or did not improve for `patience` epochs."""
        if self.diverged or len(self) == self.plan.epochs:
            return True
        waited = len(self) - 1 - self._best_epoch
        return self.plan.patience is not None and waited >= self.plan.patience

    def history(self) -> History:
        """One row for each epoch that stayed finite."""
        return History(1, dict(zip(self._columns, self._table().T, strict=True)))

    def moments(self) -> Moments:
        """What the network was before it was the one to keep."""
        return self._moments.of(0, min(self._best_epoch + 1, len(self)))

    def state(self) -> State:
        """All of it."""
        numbers = {"rows": self._table(), "best_epoch": np.array(self._best_epoch)}
        seconds = np.array(perf_counter() - self._start)
        parts = joined(weights=self.weights, moments=self._moments.state())
        return {**numbers, "seconds_so_far": seconds, **parts}

    def restore(self, state: State) -> None:
        """Go on from a `state()`."""
        self._rows, self._best_epoch = state["rows"].tolist(), int(state["best_epoch"])
        self._start = perf_counter() - float(state["seconds_so_far"])
        self.weights = part_of(state, "weights")
        self._moments.restore(part_of(state, "moments"))

    def _table(self) -> np.ndarray:
        return np.array(self._rows).reshape(-1, len(self._columns))
