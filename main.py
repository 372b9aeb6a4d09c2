"""Run what a config describes: arguments, config, training, files in results/."""

import gc
import sys

from runner.config.errors import UserError
from runner.console.installation import remedy
from runner.console.process import tune_process
from runner.console.signals import Interrupted, as_interruption, hear_signals, ignore_signals


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; returns the exit code."""
    try:
        with as_interruption():
            from runner.cli.options import parse_arguments
            from runner.cli.tasks import TASKS

            options = parse_arguments(arguments)
            return TASKS[options.task](options)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        if (sentence := remedy(error)) is None:
            raise
        print(f"error: {sentence}", file=sys.stderr)
        return 2
    except Interrupted as interruption:
        print("\ninterrupted", file=sys.stderr)
        return interruption.exit_code


if __name__ == "__main__":
    hear_signals()
    tune_process()
    code = main(sys.argv[1:])
    ignore_signals()  # Nothing is left to be saved, and the interpreter should end in peace.
    gc.freeze()  # Else it would look through all objects once more: a second after TensorFlow.
    sys.exit(code)
