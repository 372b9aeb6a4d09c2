"""`main.py` with checkpoints at a chosen interval, so that kills hit more of them: SECONDS words…

The file that runs is `main.py` itself; with the real interval a run of two seconds would save nothing.
"""

import os
import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).parents[2]
    sys.path[0] = str(root)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Before the imports that take long, as in `main.py`.
    from runner.interruption import raise_on_signals

    raise_on_signals()
    try:
        from runner import checkpoints

        checkpoints.SECONDS_BETWEEN_SAVES = float(sys.argv.pop(1))
        checkpoints.LARGEST_SHARE = 1.0
    except KeyboardInterrupt as interruption:
        sys.exit(interruption.exit_code)
    runpy.run_path(str(root / "main.py"), run_name="__main__")
