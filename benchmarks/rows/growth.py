"""(f) How the cost of a step grows as width, depth, characters and restarts double."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from benchmarks.bench import Bench
from benchmarks.comparison import Comparison
from benchmarks.rows.adam_step import OURS, RECIPE
from benchmarks.sides import Side

TITLE = "Growth"
TEXT = """\
One step of ours, float64, one thread, while one size doubles and the others stay: hidden layers [20, 8],
32 characters, 1 network. Beside it the matrix products of that step alone, in NumPy. More characters are
noisy copies (mode `DAE`). Where and why a step leaves the line of the products:

- Everywhere at first: a step is some ninety calls of NumPy on small arrays, the products a third of it.
- Width: at × 32 the products are a third still, because Adam's ten passes over 375,000 parameters wait
  for memory.
- Depth: it stays at some three times the products, because every layer brings its calls and its
  activations along.
- Characters: it stays at three times the products; the exponentials of all units and pixels grow with them.
- Networks: it stays at three and a half times the products; with 32 of them the activations cost almost as
  much as the products, the loss two thirds of that, Adam less than half."""
LIMIT = Side("matrix products alone", "products")
SIZES = [1, 2, 4, 8, 16, 32]
STEPS = 100


def _width(factor: int) -> dict:
    return {"neurons_per_layer": [20 * factor, 8 * factor]}


def _depth(factor: int) -> dict:
    return {"neurons_per_layer": [20] * factor}


def _characters(factor: int) -> dict:
    return {"mode": "DAE", "noisy_copies": factor}


def _restarts(factor: int) -> dict:
    return {"restarts": factor}


# What grows, in the words of the axis.
GROWTHS = {
    "hidden layers × width": _width,
    "hidden layers a side": _depth,
    "copies of 32 characters": _characters,
    "networks together": _restarts,
}


def compare(bench: Bench) -> Iterator[Comparison]:
    """Every size of every growth."""
    for name, changes in GROWTHS.items():
        for size in SIZES[:-1] if changes is _depth else SIZES:  # a config has 20 layers at most
            steps = bench.steps(max(20, STEPS // size))
            config = {**RECIPE, **changes(size), "epochs": steps}
            timings = bench.workers.compare([OURS, LIMIT], growth_task(config, steps), 1, bench.rounds())
            yield Comparison("f", f"{name}: {size}", timings, "µs a step", 1e6 / steps)


def growth_task(config: dict, steps: int) -> dict:
    """The config, and the shapes of its matrix products."""
    units = [35, *config["neurons_per_layer"], config["latent_layer_neurons"]]
    layers = list(pairwise([*units, *units[-2::-1]]))
    batch = 32 * config.get("noisy_copies", 1)
    shapes = {"layers": layers, "batch": batch, "restarts": config.get("restarts", 1)}
    return {"config": config, **shapes, "steps": steps, "precision": "float64"}


def curves(comparisons: list[Comparison]) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each growth its sizes, and the microseconds of ours and of the matrix products."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for comparison in comparisons:
        name, _, size = comparison.title.rpartition(": ")
        point = float(size), comparison.value(OURS.name), comparison.value(LIMIT.name)
        found.setdefault(name, []).append(point)
    return {name: tuple(np.array(points).T) for name, points in found.items()}
