"""Many runs in one process, as a notebook makes them."""

import gc
import resource
import sys
from pathlib import Path
from statistics import median

from .finding import Finding
from .processes import in_process, inside, words_of

MIB = 2**20
MOST_GROWTH = 16 * MIB
# Pictures take most of the time of a run.
RUNS_TO_A_PICTURED_ONE = 4


def long_life(workspace: Path, runs: int) -> Finding:
    """After a warm-up, the last third of the runs held against the first: memory, open files, figures."""
    warm_up = max(4, runs // 5)
    used, figures = in_process(_live, workspace, runs)
    third = -(-(runs - warm_up) // 3)
    first, last = used[warm_up : warm_up + third], used[-third:]
    growth = median(memory for memory, _ in last) - median(memory for memory, _ in first)
    files = last[-1][1] - first[0][1]
    failures = [f"{growth / MIB:.1f} MiB more"] * (growth > MOST_GROWTH)
    failures += [f"{files} more open files"] * (files > 0) + [f"{figures} figures"] * (figures > 0)
    return Finding(
        "long life",
        f"{runs} runs in one process, every fourth with pictures; from the first third to the last",
        f"{growth / MIB:+.1f} MiB, {files:+d} open files, {figures} figures",
        f"≤ {MOST_GROWTH / MIB:g} MiB, 0, 0",
        failures,
    )


def _live(workspace: Path, runs: int) -> tuple[list[tuple[int, int]], int]:
    """What is used after each run, and the figures that pyplot holds at the end."""
    from main import main

    used = []
    with inside(workspace):
        Path("config.json").write_text("{}")
        for index in range(runs):
            keys = {"epochs": 30, "neurons_per_layer": [8], "mode": ["DEFAULT", "DAE"][index % 2]}
            keys["plots"] = index % RUNS_TO_A_PICTURED_ONE == 0
            if main([*words_of({**keys, "seed": index}), "--quiet"]) != 0:
                raise RuntimeError("a run failed")
            used.append(_used())
    pyplot = sys.modules.get("matplotlib.pyplot")
    return used, len(pyplot.get_fignums()) if pyplot else 0


def _used() -> tuple[int, int]:
    """Resident bytes and open files."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize(), len(list(Path("/proc/self/fd").iterdir()))
