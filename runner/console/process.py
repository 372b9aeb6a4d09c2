"""Settings of a whole process that does nothing else than run configs."""

import gc
import io
import os
import sys


def tune_process() -> None:
    """Make this process fast, and its sums the same everywhere; to be called before NumPy is imported."""
    # Libraries make half a million objects to stay; looking through them for garbage all the time would
    # take a tenth of a run.
    gc.set_threshold(50_000, 20, 100)
    # More threads change the order of the sums in large products, and cost time in small ones. Worker
    # processes inherit it.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # A code page of Windows, or LANG=C, has no −, ½ or Σ; they are no reason to lose a run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
