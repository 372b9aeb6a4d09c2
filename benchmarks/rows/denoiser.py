"""(d) One step of the denoiser: 20 noisy copies of each of 32 characters."""

from collections.abc import Iterator

from benchmarks.bench import THREADS, Bench
from benchmarks.comparison import Comparison
from benchmarks.rows.adam_step import JAX_SCAN, JAX_STEP, OURS, TAPE, TORCH

TITLE = "The denoiser of 32 × 20 copies"
TEXT = (
    "One step of Adam on all 640 examples, network [35, 64, 64, 64, 64, 64, 35] with silu, as in"
    " `experiments/04_denoise_ours.json`, but with the same noise in every epoch, which all sides then"
    " share."
)
CONFIG = {
    "mode": "DAE",
    "noise_probability": 0.1,
    "noisy_copies": 20,
    "neurons_per_layer": [64, 64],
    "latent_layer_neurons": 64,
    "font_set": "font2",
    "encoder_activation": "silu",
    "latent_activation": "silu",
    "decoder_activation": "silu",
    "bias": True,
    "loss": "cross_entropy",
    "initialization": "he",
    "learning_rate": 0.01,
}
# Ours tries the network on 200 other sets of noise as well: of sixty epochs at every third, of a long
# training at hardly any.
STEPS = 600


def compare(bench: Bench) -> Iterator[Comparison]:
    """Both precisions, one thread and all."""
    steps = bench.steps(STEPS)
    for precision in ("float64", "float32"):
        config = {**CONFIG, "precision": precision, "epochs": steps}
        for threads, name in THREADS.items():
            sides = [OURS, TAPE, TORCH, JAX_STEP, JAX_SCAN]
            timings = bench.compare_training(sides, config, threads)
            yield Comparison("d", f"{precision}, {name}", timings, "µs a step", 1e6 / steps)
