"""Everything between a config file and a results folder; for notebooks `load_run` and `train`."""

import sys

VERSION = "0.1.0"

# Here, because it is loaded first: what comes next cannot even be read by an older Python.
if sys.version_info < (3, 10):  # noqa: UP036
    sys.stderr.write(
        "error: Latent Lab needs Python 3.10 or newer, and this is"
        f" {sys.version_info[0]}.{sys.version_info[1]}; try: python3.12 main.py, or: make run\n"
    )
    sys.exit(2)


def __getattr__(name):
    """What is for notebooks and scripts is loaded when it is asked for: a command needs none of it."""
    if name in ("load_run", "train"):
        from runner import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
