"""(e) An epoch of the variational autoencoder of MNIST, and (l) of the plain one beside it."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bench import THREADS, Bench
from benchmarks.comparison import Comparison
from benchmarks.sides import ALL, Side
from benchmarks.timing import check_same
from runner.config.file import load_config
from runner.models.variational_plan import fitting_plan

TITLE = "An epoch of the variational autoencoder"
TEXT = (
    "MNIST, relu, Adam, single precision, the same initial weights and order of images; seconds for"
    " 60,000 images, measured on the first 12,000 of them, medians of 3. Compilation is not counted."
    " Each side draws its own noise, so the mean losses of the first epoch agree within 3 % only."
    " *Matrix products alone* are those of forward and backward pass in NumPy: what the machine's"
    " arithmetic takes, without activations, losses and updates. At last all 60,000 images, beside the"
    " plain autoencoder in NumPy, which is tested on 10,000 others after its epoch."
)
EPOCH, IMAGES = 60_000, 12_000
ROUNDS = 3
KEYS = {"mode": "VAE", "neurons_per_layer": [256]}
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
PLAIN_AUTOENCODER = Side(
    "the plain autoencoder, batch 256, and tested",
    "fonts_ours",
    {
        "config": {
            "data": "images",
            "neurons_per_layer": [256],
            "latent_layer_neurons": 2,
            "epochs": 1,
            "batch_size": 256,
            "encoder_activation": "relu",
            "decoder_activation": "relu",
            "bias": True,
            "loss": "cross_entropy",
            "initialization": "glorot",
            "minimizer": "adam",
            "precision": "float32",
        }
    },
)
SIDES = [OURS, PLAIN, COMPILED, FEWER_CALLS, TORCH, JAX, LIMIT]
AIMS = {PLAIN.name: 1 / 0.4, TORCH.name: 1 / 0.65, JAX.name: 1 / 0.75, LIMIT.name: 0.5}


def compare(bench: Bench) -> Iterator[Comparison]:
    """Two networks, two sizes of batches, one thread and all; and the plain autoencoder."""
    from images.datasets import load_images

    all_images = load_images("mnist").train_images.reshape(-1, 784)
    images = all_images[: 2_000 if bench.quick else IMAGES]
    for hidden in ([256], [256, 256, 256]):
        problem = write_vae_problem(images, {**KEYS, "neurons_per_layer": hidden}, bench.folder)
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
    task = vae_task(write_vae_problem(all_images, KEYS, bench.folder), [256], 100, len(all_images) // 100)
    timings = bench.workers.compare([OURS, PLAIN_AUTOENCODER], task, ALL, bench.rounds(ROUNDS))
    yield Comparison("l", "784-256-2, all 60,000 images, all threads", timings, "s an epoch")


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
