"""What training leaves behind: the history of every restart and the best parameters it saw."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from training.watch import Report, State


@dataclass(frozen=True)
class History:
    """What was measured after each epoch, arrays `(epochs + 1,)`; entry 0 is the untrained network.

    `loss` is what was trained (mean over examples), `error` the accumulated error of the training
    examples, `evaluations` the evaluations of the objective that were spent so far.
    """

    loss: np.ndarray
    error: np.ndarray
    seconds: np.ndarray
    evaluations: np.ndarray


@dataclass(frozen=True)
class Restart:
    """One trained network: the best parameters `(parameters,)` it passed through, and its history."""

    seed: int
    parameters: np.ndarray
    history: History
    diverged: bool


class Recorder:
    """Watches `restarts` networks train together."""

    def __init__(
        self,
        parameters: np.ndarray,
        report: Report,
        patience: int | None = None,
        noisy_loss: bool = False,
    ):
        """Take the untrained `parameters` `(restarts, parameters)`.

        `noisy_loss` says that the examples differ from epoch to epoch. The lowest loss is then the
        luckiest draw and not the best network, so the last parameters are kept instead.
        """
        self._noisy_loss = noisy_loss
        self.best_parameters = parameters.copy()
        self.best_losses = np.full(len(parameters), np.inf)
        self._report = report
        self._patience = patience
        self._last_improvement = -1
        self._losses: list[np.ndarray] = []
        self._errors: list[np.ndarray] = []
        self._seconds: list[float] = []
        self._evaluations: list[int] = []
        self._start = perf_counter()

    def __len__(self) -> int:
        """The number of rows so far."""
        return len(self._losses)

    def keep_best(self, losses, parameters) -> None:
        """Remember the `parameters` `(restarts, parameters)` of the restarts that improved."""
        kept = improved = losses < self.best_losses
        count = np.count_nonzero(improved)
        if count:
            np.copyto(self.best_losses, losses, where=improved)
            self._last_improvement = len(self._losses)
        if self._noisy_loss:
            kept = np.isfinite(losses)
            count = np.count_nonzero(kept)
        if count == len(kept):  # A mask takes four times as long.
            self.best_parameters[...] = parameters
        elif count:
            np.copyto(self.best_parameters, parameters, where=kept[:, None])

    def end_epoch(self, losses, errors, parameters, evaluations: int) -> None:
        """Add a row; `losses` and `errors` are `(restarts,)`."""
        self.keep_best(losses, parameters)
        self._losses.append(losses)
        self._errors.append(errors)
        self._seconds.append(perf_counter() - self._start)
        self._evaluations.append(evaluations)
        self._report(len(self._losses) - 1, min(errors.tolist()))

    def state(self) -> State:
        """All that was recorded."""
        return {
            "best_parameters": self.best_parameters,
            "best_losses": self.best_losses,
            "last_improvement": np.array(self._last_improvement),
            "losses": np.array(self._losses),
            "errors": np.array(self._errors),
            "seconds": np.array(self._seconds),
            "evaluations": np.array(self._evaluations),
            "seconds_so_far": np.array(perf_counter() - self._start),
        }

    def restore(self, state: State) -> None:
        """Go on from a `state()`."""
        np.copyto(self.best_parameters, state["best_parameters"])
        np.copyto(self.best_losses, state["best_losses"])
        self._last_improvement = int(state["last_improvement"])
        self._losses, self._errors = list(state["losses"]), list(state["errors"])
        self._seconds, self._evaluations = state["seconds"].tolist(), state["evaluations"].tolist()
        self._start = perf_counter() - float(state["seconds_so_far"])

    def should_stop(self) -> bool:
        """Whether every restart diverged, or none improved for `patience` epochs."""
        waited = len(self._losses) - 1 - self._last_improvement
        if waited and not np.isfinite(self._losses[-1]).any():
            return True
        return self._patience is not None and waited >= self._patience

    def restarts(self, first_seed: int) -> list[Restart]:
        """One `Restart` for each network; a history ends before the first value that is not finite."""
        losses, errors = np.array(self._losses), np.array(self._errors)
        finite = np.isfinite(losses) & np.isfinite(errors)
        seconds, evaluations = np.array(self._seconds), np.array(self._evaluations)
        results = []
        for index, parameters in enumerate(self.best_parameters):
            rows = len(losses) if finite[:, index].all() else int(finite[:, index].argmin())
            history = History(
                losses[:rows, index], errors[:rows, index], seconds[:rows], evaluations[:rows]
            )
            results.append(Restart(first_seed + index, parameters, history, diverged=rows < len(losses)))
        return results
