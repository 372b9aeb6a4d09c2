"""(c) One epoch of Powell's method on [35, 20, 10, 20, 35]: a line search along every weight."""

from collections.abc import Iterator

import numpy as np

from benchmarks.bench import THREADS, Bench
from benchmarks.comparison import Comparison
from benchmarks.problems import prepared
from benchmarks.sides import Side
from benchmarks.timing import check_same
from training.streams import Stream, generator

TITLE = "An epoch of Powell's method"
TEXT = (
    "The documented system, [35, 20, 10, 20, 35] on 32 characters: the same evaluations, the same end"
    " point, to the last bit. The slides show no code; *the documents' way* is our reading of them:"
    " SciPy, autograd's NumPy, matrix products of all characters at once, the weights of each layer a"
    " Python list of rows, and nothing remembered between evaluations. SciPy's own share is some 10"
    " µs an evaluation in every side. The rest of ours are the layers from a changed weight on."
)
CONFIG = {
    "minimizer": "powell",
    "neurons_per_layer": [20],
    "latent_layer_neurons": 10,
    "font_set": "font2",
    "epochs": 1,
}
SIDES = [
    Side("ours", "powell_ours"),
    Side("SciPy on plain NumPy", "powell_scipy", {"how": "plain"}, needs="scipy"),
    Side("the documents' way", "powell_scipy", {"how": "documents"}, needs="autograd"),
]


def compare(bench: Bench) -> Iterator[Comparison]:
    """One thread and all; a quick run takes ten letters."""
    config = {**CONFIG, "font_subset_size": 10, "neurons_per_layer": [6]} if bench.quick else CONFIG
    problem = prepared(config).problem
    path = bench.folder / "powell.npz"
    initial = problem.network.initial_parameters("normal", generator(0, Stream.WEIGHTS))
    np.savez(path, pixels=problem.targets, units=problem.network.sizes, initial=initial)
    task = {"config": config, "problem": str(path)}
    for threads, name in THREADS.items():
        timings = bench.workers.compare(SIDES, task, threads, bench.rounds())
        check_same(timings, tolerance=0)
        evaluations = timings["ours"].numbers[0]
        yield Comparison(
            "c",
            f"{evaluations:,.0f} evaluations, {name}",
            timings,
            "µs an evaluation",
            1e6 / evaluations,
            at_least={"the documents' way": 4},
        )
