"""Run what a config describes: arguments, config, training, files in results/."""

import os
import sys
from pathlib import Path

from runner.command_line import Options, parse_arguments
from runner.errors import UserError


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; returns the exit code."""
    try:
        options = parse_arguments(arguments)
        return decode(options.decode, options) if options.decode else run(options)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130


def run(options: Options) -> int:
    """Check every config, then load what trains them, then run them in turn."""
    from runner.config import load_config

    configs = [load_config(path, options.overrides) for path in options.configs]
    from runner.run import run_and_save

    return max([run_and_save(config, options) for config in configs])


def decode(folder: Path, options: Options) -> int:
    """Decode latent points of a finished run."""
    from runner.decode import decode_and_save
    from runner.terminal import Terminal

    decode_and_save(folder, options.points, Terminal(options.quiet))
    return 0


if __name__ == "__main__":
    # The matrices are small: more threads cost time, and could change the order of a sum.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main(sys.argv[1:]))
