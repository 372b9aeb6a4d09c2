"""What a training of arrays leaves behind: of every network its best parameters and its history."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from training.ending import Ending
from training.history import History
from training.moments import Moments, MomentsOnTheWay
from training.watch import Report, State, joined, part_of

# Columns that all networks have in common.
SHARED = ("seconds", "evaluations")


@dataclass(frozen=True)
class TrainedNetwork:
    """One trained network: the parameters `(parameters,)` that were kept, and how it came to them.

    `diverged` says that its numbers ceased to be numbers; the history ends before that.
    """

    seed: int
    parameters: np.ndarray
    history: History
    diverged: bool
    moments: Moments = field(default_factory=Moments.none)


@dataclass(frozen=True)
class Training:
    """The networks that were trained, one for each seed that was begun, and how that ended."""

    networks: list[TrainedNetwork]
    ending: Ending

    @classmethod
    def of(cls, networks: list[TrainedNetwork], was_stopped: bool) -> "Training":
        """It diverged if all its networks did."""
        if was_stopped:
            return cls(networks, Ending.STOPPED)
        diverged = all(network.diverged for network in networks)
        return cls(networks, Ending.DIVERGED if diverged else Ending.FINISHED)


@dataclass(frozen=True)
class Keeping:
    """Which parameters are kept, and when a training has gone on for long enough.

    Networks are judged by the smallest value of a column; with `last` the last finite parameters are
    kept whatever they are worth. `patience` counts epochs in which no network improves. After the epochs
    of `moments`, what the networks then are is remembered as well.
    """

    judged_by: str = "loss"
    last: bool = False
    patience: int | None = None
    first_epoch: int = 0
    moments: Sequence[int] = ()


class Recorder:
    """Watches networks train together. A row holds what was measured after an epoch."""

    def __init__(
        self,
        parameters: np.ndarray,
        report: Report,
        keeping: Keeping | None = None,
        measures: tuple[str, ...] = ("loss", "error"),
    ):
        """Take the untrained `parameters` `(restarts, parameters)`, and the names of what is measured.

        `report` hears of the smallest validation error of an epoch, or error if nothing is validated.
        """
        self.best_parameters = parameters.copy()
        self.best_values = np.full(len(parameters), np.inf)
        self._report, self._keeping = report, keeping or Keeping()
        self._columns: dict[str, list] = {name: [] for name in (*measures, *SHARED)}
        self._rows, self._last_improvement = 0, -1
        self._moments = MomentsOnTheWay(self._keeping.moments, parameters)
        self._start = perf_counter()

    def __len__(self) -> int:
        """The number of rows so far."""
        return self._rows

    def keep_best(self, values, parameters) -> None:
        """Remember the `parameters` `(restarts, parameters)` of networks whose `values` are better."""
        kept = improved = values < self.best_values
        count = np.count_nonzero(improved)
        if count:
            np.copyto(self.best_values, values, where=improved)
            self._last_improvement = self._rows
        if self._keeping.last:
            kept = np.isfinite(values)
            count = np.count_nonzero(kept)
        if count == len(kept):  # A mask takes four times as long.
            self.best_parameters[...] = parameters
        elif count:
            np.copyto(self.best_parameters, parameters, where=kept[:, None])

    def end_epoch(self, parameters, measures: dict[str, np.ndarray], evaluations: int) -> None:
        """Add a row: `measures` by name, `(restarts,)` each, and the evaluations spent so far."""
        self.keep_best(measures[self._keeping.judged_by], parameters)
        for name, values in measures.items():
            self._columns[name].append(values)
        self._columns["seconds"].append(perf_counter() - self._start)
        self._columns["evaluations"].append(evaluations)
        epoch = self._keeping.first_epoch + self._rows
        self._moments.pass_by(epoch, parameters)
        self._rows += 1
        heard = min(measures.get("validation_error", measures["error"]).tolist())
        if math.isnan(heard):  # it was not due
            heard = min(measures["error"].tolist())
        self._report(epoch, heard)

    def state(self) -> State:
        """All that was recorded."""
        return {
            "best_parameters": self.best_parameters,
            "best_values": self.best_values,
            "last_improvement": np.array(self._last_improvement),
            "seconds_so_far": np.array(perf_counter() - self._start),
            **joined(columns=self._arrays(), moments=self._moments.state()),
        }

    def restore(self, state: State) -> None:
        """Go on from a `state()`."""
        np.copyto(self.best_parameters, state["best_parameters"])
        np.copyto(self.best_values, state["best_values"])
        self._last_improvement = int(state["last_improvement"])
        self._columns = {name: list(values) for name, values in part_of(state, "columns").items()}
        self._rows = len(self._columns["loss"])
        self._moments.restore(part_of(state, "moments"))
        self._start = perf_counter() - float(state["seconds_so_far"])

    def should_stop(self) -> bool:
        """Whether every network diverged, or none improved for as long as patience lasts."""
        waited = self._rows - 1 - self._last_improvement
        if waited and not any(map(math.isfinite, self._columns["loss"][-1].tolist())):
            return True
        return self._keeping.patience is not None and waited >= self._keeping.patience

    def networks(self, first_seed: int) -> list[TrainedNetwork]:
        """The networks; their seeds count up from the first. Histories end before what is not finite."""
        columns = self._arrays()
        finite = np.isfinite(columns["loss"]) & np.isfinite(columns["error"])
        return [
            self._network(first_seed + index, index, columns, finite[:, index])
            for index in range(len(self.best_parameters))
        ]

    def _arrays(self) -> dict[str, np.ndarray]:
        """Columns `(rows, restarts)` of measures and `(rows,)` of what all networks share."""
        shape = (-1, len(self.best_parameters))
        return {
            name: np.array(values) if name in SHARED else np.array(values).reshape(shape)
            for name, values in self._columns.items()
        }

    def _network(self, seed: int, index: int, columns, finite) -> TrainedNetwork:
        rows = self._rows if finite.all() else int(finite.argmin())
        own = {name: (c[:rows, index] if c.ndim == 2 else c[:rows]) for name, c in columns.items()}
        history = History(self._keeping.first_epoch, own)
        moments = self._moments.of(index, self._kept_epoch(history))
        parameters, diverged = self.best_parameters[index], rows < self._rows
        return TrainedNetwork(seed, parameters, history, diverged, moments)

    def _kept_epoch(self, history: History) -> int:
        """After which epoch a network was what was kept of it."""
        judged = history[self._keeping.judged_by]
        (rows,) = np.nonzero(np.isfinite(judged))
        if not len(rows):
            return 0
        return int(history.epochs[rows[-1] if self._keeping.last else rows[judged[rows].argmin()]])
