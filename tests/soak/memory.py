"""Many runs in one process, as a notebook makes them."""

import gc
import os
import resource
import sys
from pathlib import Path

from .finding import Finding
from .processes import in_process, inside

MIB = 2**20
MOST_GROWTH = 8 * MIB


def long_life(workspace: Path, runs: int) -> Finding:
    """From the end of a warm-up to the last run: memory, figures of pyplot, open files."""
    warm_up = max(5, runs // 5)
    before, after, figures = in_process(_live, workspace, runs, warm_up)
    growth, files = after[0] - before[0], after[1] - before[1]
    failures = [f"{growth / MIB:.1f} MiB more"] * (growth > MOST_GROWTH)
    failures += [f"{files} more open files"] * (files > 0) + [f"{figures} figures"] * (figures > 0)
    return Finding(
        "long life",
        f"{runs} runs with pictures in one process, the first {warm_up} as a warm-up",
        f"{growth / MIB:+.1f} MiB, {files:+d} open files, {figures} figures",
        f"≤ {MOST_GROWTH / MIB:g} MiB, 0, 0",
        failures,
    )


def _live(workspace: Path, runs: int, warm_up: int) -> tuple[tuple[int, int], tuple[int, int], int]:
    from main import main

    with inside(workspace):
        Path("config.json").write_text("{}")
        for index in range(runs):
            if index == warm_up:
                before = _used()
            mode = ["mode=DAE"] if index % 3 == 2 else []
            if main(["--quiet", "epochs=30", "neurons_per_layer=[8]", f"seed={index}", *mode]) != 0:
                raise RuntimeError("a run failed")
    pyplot = sys.modules.get("matplotlib.pyplot")
    return before, _used(), len(pyplot.get_fignums()) if pyplot else 0


def _used() -> tuple[int, int]:
    """Resident bytes and open files."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208
