"""Run what a config describes: arguments, config, training, files in results/."""

import os
import sys

from runner.command_line import parse_arguments
from runner.errors import UserError


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; returns the exit code.

    Each step is imported when its turn has come, so that help and mistakes are answered at once.
    """
    try:
        options = parse_arguments(arguments)
        if options.decode:
            from runner.decode import decode_and_save
            from runner.terminal import Terminal

            decode_and_save(options.decode, options.points, Terminal(options.quiet))
            return 0
        from runner.config_file import load_config

        configs = [load_config(path, options.overrides) for path in options.configs]
        from runner.run import run_and_save

        return max([run_and_save(config, options) for config in configs])
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    # The matrices are small: more threads cost time, and could change the order of a sum.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main(sys.argv[1:]))
