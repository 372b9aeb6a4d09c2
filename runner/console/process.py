"""Settings of a whole process that does nothing else than run configs."""

import gc
import os


def tune_process() -> None:
    """Make this process fast, and its sums the same everywhere; to be called before NumPy is imported."""
    # Libraries make half a million objects to stay; looking through them for garbage all the time would
    # take a tenth of a run.
    gc.set_threshold(50_000, 20, 100)
    # More threads change the order of the sums in large products, and cost time in small ones. Worker
    # processes inherit it.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
