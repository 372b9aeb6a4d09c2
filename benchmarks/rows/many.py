"""(i) Five restarts of Powell's method on all cores, and (j) sweeps of many tiny runs."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

from benchmarks.bench import Bench
from benchmarks.comparison import Comparison
from benchmarks.sides import ALL, ROOT, environment, run_process
from benchmarks.timing import Run, Timing, alternate, check_same

TITLE = "Many networks, many runs"
TEXT = (
    "Whole processes. The restarts are those of (c), six epochs each, to the same last bit with one core"
    " and with all. A tiny run trains [35, 8, z, 8, 35] on eight letters for five epochs and writes its"
    " tables, without pictures; the sweep has 200 learning rates, five sizes z and ten seeds. The cluster"
    " is a scheduler of Dask and two workers on this machine, with a tenth of the runs."
)
POWELL = ["minimizer=powell", "neurons_per_layer=[20]", "latent_layer_neurons=10", "font_set=font2"]
RUNS, RUNS_A_SECOND = 10_000, 60
LONGEST_RESUME, LONGEST_COMPARISON = 5.0, 3.0
WORKERS = 2
SECONDS_FOR_THE_CLUSTER = 60


def compare(bench: Bench) -> Iterator[Comparison]:
    """Restarts first; the sweep is run once, for it takes minutes."""
    sizes = ["font_subset_size=4", "epochs=1"] if bench.quick else ["epochs=6"]
    words = [*POWELL, *sizes, "restarts=5", "plots=false"]
    restarts = {"all cores": [], "one core, --jobs 1": ["--jobs", "1"]}
    sides = {name: partial(trained, bench, [*words, *more]) for name, more in restarts.items()}
    timings = alternate(sides, bench.rounds(3))
    check_same(timings, tolerance=0)
    yield Comparison(
        "i", "five restarts of Powell's method", timings, at_least={"one core, --jobs 1": 1 / 0.55}
    )
    runs = RUNS // 100 if bench.quick else RUNS
    yield Comparison(
        "j",
        f"a sweep of {runs:,} runs",
        sweep_on_this_machine(bench, runs),
        at_most={
            "the sweep": runs / RUNS_A_SECOND,
            "--resume when all is done": LONGEST_RESUME,
            "--compare": LONGEST_COMPARISON,
        },
        compares=False,
    )
    if find_spec("distributed"):
        runs //= 10
        timings = {f"{WORKERS} workers of Dask": Timing([sweep_on_a_cluster(bench, runs)])}
        at_most = dict.fromkeys(timings, runs / RUNS_A_SECOND)
        yield Comparison("j", f"a sweep of {runs:,} runs", timings, at_most=at_most, compares=False)


def trained(bench: Bench, words: list[str]) -> Run:
    """One run, and the error that it ends with."""
    results = bench.folder / "restarts"
    seconds = program(*words, "--results", results, "--name", "run").seconds
    summary = json.loads((results / "run" / "summary.json").read_text())
    shutil.rmtree(results)
    return Run(seconds, [summary["accumulated_error"]])


def program(*words: str | Path) -> Run:
    """`python main.py` with these words."""
    return run_process(["main.py", *map(str, words), "--quiet"])


def sweep_on_this_machine(bench: Bench, runs: int) -> dict[str, Timing]:
    """A sweep, and what can be asked of it afterwards."""
    results = bench.folder / "sweeps"
    place = results / "here"
    commands: dict[str, list[str | Path]] = {
        "the sweep": [sweep_config(bench, runs), "--results", results, "--name", "here"],
        "--resume when all is done": ["--resume", place],
        "--compare": ["--compare", place, "--results", results],
        "--runs": ["--runs", place],
    }
    return {name: Timing([program(*words)]) for name, words in commands.items()}


def sweep_on_a_cluster(bench: Bench, runs: int) -> Run:
    """The same with a scheduler and its workers."""
    config = sweep_config(bench, runs)
    with cluster(bench.folder) as address:
        return program(config, "--results", bench.folder / "cluster", "--scheduler", address)


def sweep_config(bench: Bench, runs: int) -> Path:
    """A sweep of so many tiny runs, a multiple of ten."""
    rates = [float(f"{1e-3 * 1.02**place:.6g}") for place in range(max(1, runs // 50))]
    sizes = [1, 2, 3, 4, 5] if runs >= 50 else [2]
    path = bench.folder / f"sweep_{runs}.json"
    config = {
        "epochs": 5,
        "font_subset_size": 8,
        "neurons_per_layer": [8],
        "plots": False,
        "sweep": [
            {"learning_rate": rates},
            {"latent_layer_neurons": sizes},
            {"seed": list(range(runs // len(rates) // len(sizes)))},
        ],
    }
    path.write_text(json.dumps(config))
    return path


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a scheduler that has its workers."""
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", "0", *common],
        *[["worker", "--nthreads", "1", "--local-directory", str(folder), *common]] * WORKERS,
    ]
    with ExitStack() as stack:
        for words in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                cwd=ROOT,
                env=environment(ALL),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.enter_context(process)
            stack.callback(process.terminate)
        yield address_in(file)


def address_in(file: Path) -> str:
    """The address in the file of a scheduler that is about to start."""
    end = monotonic() + SECONDS_FOR_THE_CLUSTER
    while not file.exists() or not file.read_text():
        if monotonic() > end:
            raise RuntimeError("the scheduler did not start")
        sleep(0.1)
    return json.loads(file.read_text())["address"]
