"""Run what a config describes: arguments, config, training, files in results/."""

import gc
import os
import sys

from runner.errors import UserError
from runner.interruption import Interrupted, as_interruption, hear_signals, ignore_signals


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; returns the exit code."""
    try:
        with as_interruption():
            from runner.command_line import parse_arguments
            from runner.tasks import TASKS

            options = parse_arguments(arguments)
            return TASKS[options.task](options)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except Interrupted as interruption:
        print("\ninterrupted", file=sys.stderr)
        return interruption.exit_code


def tune_process() -> None:
    """Make a whole process fast that does nothing else; to be called before NumPy is imported."""
    # Libraries make half a million objects to stay; looking through them for garbage all the time, and once
    # more at the end, would take a tenth of a run, and a second after TensorFlow.
    gc.set_threshold(50_000, 20, 100)
    # More threads change the order of the sums in large products, and cost time in small ones.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"


if __name__ == "__main__":
    hear_signals()
    tune_process()
    code = main(sys.argv[1:])
    ignore_signals()  # Nothing is left to be saved, and the interpreter should end in peace.
    gc.freeze()
    sys.exit(code)
