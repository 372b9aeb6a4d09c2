"""A watch that keeps states in memory, and ends or kills a training at a chosen check."""

import numpy as np

from training.watch import Watch


class Killed(Exception):
    """The process is gone."""


class MemoryWatch(Watch):
    """Counts the checks; saves at every `interval`-th, ends the training at one, or kills it there."""

    def __init__(self, earlier=None, *, stop_at=None, kill_at=None, interval=None):
        super().__init__()
        self.checks = 0
        self._stop_at, self._kill_at, self._interval = stop_at, kill_at, interval
        self._saved = earlier.state if earlier else {}
        self._logged = earlier.entries[: earlier.valid] if earlier else []
        # A process that is killed before it saved anything leaves what the one before it had saved.
        self.state, self.entries, self.valid = self._saved, list(self._logged), len(self._logged)

    def is_due(self):
        self.checks += 1
        if self.checks == self._kill_at:
            raise Killed
        return self.should_stop() or (self._interval and self.checks % self._interval == 0)

    def should_stop(self):
        return self.checks == self._stop_at

    def save(self, state):
        self.state = {name: np.array(values) for name, values in state.items()}
        self.valid = len(self.entries)

    def log(self, values):
        self.entries += values

    def saved(self):
        return self._saved

    def logged(self):
        return np.array(self._logged)
