"""The sides of a comparison, each in a process of its own, and what it takes to run them in turns."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.timing import Run, Timing, alternate, timed

ROOT = Path(__file__).parent.parent
ALL = 0  # threads: as many as the library takes when nobody tells it anything
THREAD_SETTINGS = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NPROC"),
    *("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"),
)
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow", "JAX_PLATFORMS": "cpu"}


@dataclass(frozen=True)
class Side:
    """One way to do the work: a module of `benchmarks.peers` and what its tasks say besides the work."""

    name: str
    module: str
    options: dict[str, Any] = field(default_factory=dict)
    needs: str = "numpy"

    @property
    def is_installed(self) -> bool:
        """Whether the library is there."""
        return find_spec(self.needs) is not None


def environment(threads: int) -> dict[str, str]:
    """The environment of a process that may use so many threads."""
    settings = dict.fromkeys(THREAD_SETTINGS, str(threads)) if threads else {}
    return {**os.environ, **QUIET, **settings}


class Workers:
    """Processes that wait for their turn; they are started when needed and end with the block."""

    def __init__(self):
        self._processes: dict[tuple[str, int], subprocess.Popen] = {}

    def __enter__(self):
        with ExitStack() as stack:
            # What libraries say to standard error is of interest only when a worker fails.
            self._errors = stack.enter_context(tempfile.TemporaryFile("w+"))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self._stack.close()

    def compare(self, sides: list[Side], task: dict, threads: int, rounds: int) -> dict[str, Timing]:
        """The timings of the sides that are installed, by name."""
        calls = {
            side.name: partial(self._run, side.module, {**task, **side.options}, threads)
            for side in sides
            if side.is_installed
        }
        return alternate(calls, rounds)

    def _run(self, module: str, task: dict, threads: int) -> Run:
        process = self._process(module, threads)
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            self._errors.seek(0)
            raise RuntimeError(f"{module} ended with code {process.wait()}:\n{self._errors.read()}")
        return Run(**json.loads(answer))

    def _process(self, module: str, threads: int):
        if (module, threads) not in self._processes:
            process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.worker", f"benchmarks.peers.{module}", str(threads)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
                cwd=ROOT,
                env=environment(threads),
            )
            # Closing the pipe ends the worker's loop; leaving the process as a context waits for it.
            self._stack.enter_context(process)
            self._processes[module, threads] = process
        return self._processes[module, threads]


def run_process(command: list[str], expected_code: int = 0) -> Run:
    """Start a Python program and wait for its end; its numbers are a list in its last line, if any.

    Raises RuntimeError with what it wrote to standard error if it ends with another code.
    """
    with tempfile.TemporaryFile("w+") as errors:
        output = ""

        def work() -> list[float]:
            nonlocal output
            done = subprocess.run(
                [sys.executable, *command],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=ROOT,
                env=environment(ALL),
                check=False,
            )
            output = done.stdout
            if done.returncode != expected_code:
                errors.seek(0)
                raise RuntimeError(f"{command} ended with code {done.returncode}:\n{errors.read()}")
            return []

        seconds = timed(work).seconds
    last = output.strip().splitlines()[-1:] if output.strip() else []
    return Run(seconds, json.loads(last[0]) if last and last[0].startswith("[") else [])
