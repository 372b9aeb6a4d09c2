"""Run what a config describes: arguments, config, training, files in results/."""

import os
import sys

from runner.command_line import parse_arguments
from runner.errors import UserError
from runner.interruption import Interrupted, raise_on_signals
from runner.tasks import TASKS


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; returns the exit code."""
    try:
        options = parse_arguments(arguments)
        return TASKS[options.task](options)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except Interrupted as interruption:
        print("\ninterrupted", file=sys.stderr)
        return interruption.exit_code


if __name__ == "__main__":
    # The fonts' matrices are small: more threads cost time, and could change the order of a sum.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    raise_on_signals()
    sys.exit(main(sys.argv[1:]))
