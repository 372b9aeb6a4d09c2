"""`main.py` with checkpoints at a chosen interval, so that kills hit more of them: SECONDS words…

The file that runs is `main.py` itself; with the real interval a run of two seconds would save nothing.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).parents[2]
    sys.path[0] = str(root)
    from runner.console.process import tune_process
    from runner.console.signals import Interrupted, as_interruption, raise_on_signals

    # What `main.py` does first, for the imports here take as long as its own.
    raise_on_signals()
    tune_process()
    try:
        with as_interruption():
            from runner.storage import checkpoints
    except Interrupted as interruption:
        print("\ninterrupted", file=sys.stderr)
        sys.exit(interruption.exit_code)
    checkpoints.SECONDS_BETWEEN_SAVES = float(sys.argv.pop(1))
    checkpoints.LARGEST_SHARE = 1.0
    runpy.run_path(str(root / "main.py"), run_name="__main__")
