"""A watch that keeps states in memory, and stops or kills a training at a chosen check."""

import numpy as np

from training.watch import Checkpoints, Stop, Watch


class Killed(Exception):
    """The process is gone."""


class MemoryCheckpoints(Checkpoints):
    """Keeps states in memory; `interval` says how many checks lie between two saves."""

    def __init__(self, earlier, interval):
        self.checks = 0
        self._interval = interval
        self._saved = earlier.state if earlier else {}
        self._logged = earlier.entries[: earlier.valid] if earlier else []
        # A process that is killed before it saved anything leaves what the one before it had saved.
        self.state, self.entries, self.valid = self._saved, list(self._logged), len(self._logged)

    def are_due(self):
        return self._interval and self.checks % self._interval == 0

    def save(self, state):
        self.state = {name: np.array(values) for name, values in state.items()}
        self.valid = len(self.entries)

    def log(self, values):
        self.entries += values

    def saved(self):
        return self._saved

    def logged(self):
        return np.array(self._logged)


class MemoryWatch(Watch):
    """Counts the checks; saves at every `interval`-th, stops the training at one, or kills it there."""

    def __init__(self, earlier=None, *, stop_at=None, kill_at=None, interval=None):
        before = earlier.checkpoints if earlier else None
        super().__init__(checkpoints=MemoryCheckpoints(before, interval), stop=Stop())
        self._stop_at, self._kill_at = stop_at, kill_at
        if stop_at == 0:
            self.stop.request()

    @property
    def checks(self):
        return self.checkpoints.checks

    @property
    def state(self):
        return self.checkpoints.state

    def interrupts(self, state):
        self.checkpoints.checks += 1
        if self.checks == self._kill_at:
            raise Killed
        if self.checks == self._stop_at:
            self.stop.request()
        return super().interrupts(state)
