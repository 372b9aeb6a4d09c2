"""What every row of the benchmarks is given: how often to run, where to write, and its workers."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sides import ALL, Side, Workers
from benchmarks.timing import Timing, check_same

THREADS = {1: "1 thread", ALL: "all threads"}
ROUNDS = 5
# So few steps of single precision still agree; rounding errors grow with every step.
CHECKED_STEPS = 20


@dataclass
class Bench:
    """A run of the benchmarks; `quick` does everything once and a tenth of the steps."""

    quick: bool
    workers: Workers
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="benchmarks-")))

    def rounds(self, wanted: int = ROUNDS) -> int:
        """How often each side has its turn."""
        return 1 if self.quick else wanted

    def steps(self, wanted: int) -> int:
        """How many training steps a run has."""
        return max(CHECKED_STEPS, wanted // 10) if self.quick else wanted

    def compare_training(self, sides: list[Side], config: dict, threads: int) -> dict[str, Timing]:
        """Timings of the training that `config` describes, after a check that all sides do the same.

        Raises Mismatch if their losses differ: after a few steps, and in double precision at the end.
        """
        double = config.get("precision", "float64") == "float64"
        few_steps = self._train(sides, {**config, "epochs": CHECKED_STEPS}, threads, 1)
        check_same(few_steps, 1e-6 if double else 1e-3)
        timings = self._train(sides, config, threads, self.rounds())
        if double:
            check_same(timings, 1e-3)
        return timings

    def _train(self, sides, config, threads, rounds) -> dict[str, Timing]:
        from benchmarks.problems import write_font_problem

        task = {"config": config, "problem": write_font_problem(config, self.folder)}
        return self.workers.compare(sides, task, threads, rounds)
