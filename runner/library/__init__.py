"""The runner as a library, for notebooks and scripts: `from runner import load_run, train`."""

from runner.library.run import Run, load_run, train

__all__ = ["Run", "load_run", "train"]
