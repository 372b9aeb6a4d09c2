"""(a) One step of Adam on the network and the recipe of config.json, alone and with restarts."""

from collections.abc import Iterator

from benchmarks.bench import THREADS, Bench
from benchmarks.comparison import Comparison
from benchmarks.sides import Side

TITLE = "One step of Adam"
TEXT = (
    "The network [35, 20, 8, 2, 8, 20, 35] on 32 characters, with the recipe of `config.json` at a"
    " constant learning rate. Ours is the whole training loop, with the history and the best"
    " parameters that it keeps; the others take bare steps. Compilation is not counted. `lax.scan`"
    " compiles all steps into one call."
)
RECIPE = {
    "neurons_per_layer": [20, 8],
    "latent_layer_neurons": 2,
    "font_set": "font2",
    "encoder_activation": "tanh",
    "decoder_activation": "tanh",
    "bias": True,
    "loss": "cross_entropy",
    "initialization": "glorot",
    "learning_rate": 0.02,
}
STEPS = {1: 500, 8: 200, 32: 100, 128: 40}  # by restarts
FEW = 8  # too few for threads, as one network shows well enough
OURS = Side("ours", "fonts_ours")
TAPE = Side("autograd's tape", "fonts_autograd", needs="autograd")
TORCH = Side("PyTorch, eager", "fonts_torch", needs="torch")
VMAP = Side("PyTorch, torch.func.vmap", "fonts_torch", needs="torch")
JAX_STEP = Side("JAX, a jit call a step", "fonts_jax", {"how": "step"}, needs="jax")
JAX_SCAN = Side("JAX, lax.scan", "fonts_jax", {"how": "scan"}, needs="jax")
ALONE_AIMS = {TAPE.name: 20, TORCH.name: 4, JAX_SCAN.name: 0.5}
TOGETHER_AIMS = {JAX_SCAN.name: 1 / 0.8}


def compare(bench: Bench) -> Iterator[Comparison]:
    """Every number of restarts, precision and number of threads."""
    for restarts, wanted in STEPS.items():
        steps = bench.steps(wanted)
        for precision in ("float64", "float32"):
            config = {**RECIPE, "epochs": steps, "restarts": restarts, "precision": precision}
            sides = [OURS, TAPE, TORCH, JAX_STEP, JAX_SCAN] if restarts == 1 else [OURS, VMAP, JAX_SCAN]
            # Every comparison costs a compilation or two; these say what more threads are good for.
            for threads, name in THREADS.items() if restarts != FEW else [(1, THREADS[1])]:
                networks = "1 network" if restarts == 1 else f"{restarts} networks together"
                yield Comparison(
                    "a",
                    f"{networks}, {precision}, {name}",
                    bench.compare_training(sides, config, threads),
                    "µs a network",
                    1e6 / steps / restarts,
                    at_least={1: ALONE_AIMS, 32: TOGETHER_AIMS}.get(restarts, {}),
                )
