"""(e) An epoch of the variational autoencoder of MNIST."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bench import THREADS, Bench
from benchmarks.comparison import Comparison
from benchmarks.sides import Side
from benchmarks.timing import check_same
from runner.config.file import load_config
from runner.models.variational import fitting_plan

TITLE = "An epoch of the variational autoencoder"
TEXT = (
    "MNIST, relu, Adam, single precision, the same initial weights and order of images; seconds for"
    " 60,000 images, measured on the first 12,000 of them, medians of 3. Compilation is not counted."
    " Each side draws its own noise, so the mean losses of the first epoch agree within 3 % only."
    " *Matrix products alone* are those of forward and backward pass in NumPy: what the machine's"
    " arithmetic takes, without activations, losses and updates."
)
EPOCH, IMAGES = 60_000, 12_000
ROUNDS = 3
# With other noise, the first epoch of the very same program differs by 0.6 %, of a deep network by more.
TOLERANCE = 0.03
OURS = Side("ours", "vae_ours", needs="tensorflow")
PLAIN = Side("Keras fit", "vae_keras", {"compile": {}}, needs="tensorflow")
COMPILED = Side(
    "Keras fit, jit_compile", "vae_keras", {"compile": {"jit_compile": True}}, needs="tensorflow"
)
FEWER_CALLS = Side(
    "Keras fit, jit_compile, 20 steps a call",
    "vae_keras",
    {"compile": {"jit_compile": True, "steps_per_execution": 20}},
    needs="tensorflow",
)
TORCH = Side("PyTorch, eager", "vae_torch", needs="torch")
JAX = Side("JAX, lax.scan", "vae_jax", needs="jax")
LIMIT = Side("matrix products alone", "products")
SIDES = [OURS, PLAIN, COMPILED, FEWER_CALLS, TORCH, JAX, LIMIT]
AIMS = {PLAIN.name: 1 / 0.4, TORCH.name: 1 / 0.65, JAX.name: 1 / 0.75, LIMIT.name: 0.5}


def compare(bench: Bench) -> Iterator[Comparison]:
    """Two networks, two sizes of batches, one thread and all."""
    from images.datasets import load_images

    images = load_images("mnist").train_images[: 2_000 if bench.quick else IMAGES].reshape(-1, 784)
    for hidden in ([256], [256, 256, 256]):
        keys = {"mode": "VAE", "neurons_per_layer": hidden}
        problem = write_vae_problem(images, keys, bench.folder)
        for batch in (100, 500):
            task = vae_task(problem, hidden, batch, len(images) // batch)
            for threads, name in THREADS.items():
                timings = bench.workers.compare(SIDES, task, threads, bench.rounds(ROUNDS))
                check_same(timings, TOLERANCE)
                yield Comparison(
                    "e",
                    f"{'-'.join(map(str, [784, *hidden, 2]))}, batch {batch}, {name}",
                    timings,
                    "s an epoch",
                    EPOCH / len(images),
                    at_least=AIMS,
                )


def vae_task(problem: str, hidden: list[int], batch: int, steps: int) -> dict:
    """What every side reads some of: the config, the file, and the shapes of the matrix products."""
    config = {"mode": "VAE", "neurons_per_layer": hidden, "latent_layer_neurons": 2, "batch_size": batch}
    units = [784, *hidden]
    latent = [(hidden[-1], 2)] * 2 + [(2, hidden[-1])]
    layers = [*pairwise(units), *latent, *pairwise(reversed(units))]
    shapes = {"layers": layers, "batch": batch, "steps": steps, "precision": "float32"}
    return {"config": config, "problem": problem, **shapes}


def write_vae_problem(images: np.ndarray, keys: dict[str, Any], folder: Path) -> str:
    """Images `(n, 784)` and Glorot's initial weights for a config, under the names that it gives them."""
    plan = fitting_plan(load_config(None, keys), (28, 28, 1))
    random = np.random.default_rng(0)
    arrays: dict[str, Any] = {"images": images}
    for layer in plan.layers:
        *places, inputs, outputs = layer.kernel_shape
        limit = np.sqrt(6 / (np.prod(places) * (inputs + outputs)))
        kernel = random.uniform(-limit, limit, layer.kernel_shape)
        arrays[f"{layer.name}_kernel"] = kernel.astype(np.float32)
        arrays[f"{layer.name}_bias"] = np.zeros(layer.units, np.float32)
    path = folder / f"vae{len(plan.layers)}.npz"
    np.savez(path, **arrays)
    return str(path)
