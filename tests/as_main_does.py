"""Tune this process as `main.py` does; to be imported before NumPy is."""

from runner.console.process import tune_process

tune_process()
