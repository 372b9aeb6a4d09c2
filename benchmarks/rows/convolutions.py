"""(k) An epoch of the convolutional variational autoencoder of MNIST."""

from collections.abc import Iterator

from benchmarks.bench import THREADS, Bench
from benchmarks.comparison import Comparison
from benchmarks.rows.vae_epoch import EPOCH, TOLERANCE, write_vae_problem
from benchmarks.sides import Side
from benchmarks.timing import check_same

TITLE = "An epoch of the convolutional variational autoencoder"
TEXT = (
    "MNIST, 28×28 → 32@14×14 → 64@7×7 → 2 and back, relu, Adam, single precision, the same initial weights"
    " and order of images; seconds for 60,000 images, measured on the first 6,000 of them, medians of 3."
    " Compilation is not counted, and noise differs, as for the dense one."
)
IMAGES, ROUNDS = 6_000, 3
OURS = Side("ours", "vae_ours", needs="tensorflow")
PLAIN = Side("Keras fit", "convolutions_keras", {"compile": {}}, needs="tensorflow")
FEWER_CALLS = Side(
    "Keras fit, 20 steps a call",
    "convolutions_keras",
    {"compile": {"steps_per_execution": 20}},
    needs="tensorflow",
)
SIDES = [OURS, PLAIN, FEWER_CALLS]
AIMS = {PLAIN.name: 1 / 0.6}
KEYS = {"mode": "VAE", "layer_kind": "convolutional", "neurons_per_layer": [32, 64]}


def compare(bench: Bench) -> Iterator[Comparison]:
    """Two sizes of batches, one thread and all."""
    from images.datasets import load_images

    images = load_images("mnist").train_images[: 1_000 if bench.quick else IMAGES].reshape(-1, 784)
    problem = write_vae_problem(images, KEYS, bench.folder)
    for batch in (100, 1_000):
        task = {"config": {**KEYS, "batch_size": batch}, "problem": problem}
        for threads, name in THREADS.items():
            timings = bench.workers.compare(SIDES, task, threads, bench.rounds(ROUNDS))
            check_same(timings, TOLERANCE)
            title, factor = f"batch {batch:,}, {name}", EPOCH / len(images)
            yield Comparison("k", title, timings, "s an epoch", factor, at_least=AIMS)
