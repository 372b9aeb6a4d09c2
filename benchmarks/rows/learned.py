"""(b) From the start of a process to all 32 characters learned, imports and compilation included."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.comparison import Comparison
from benchmarks.problems import write_font_problem
from benchmarks.sides import ROOT, Side, run_process
from benchmarks.timing import Run, Timing, alternate, check_same
from runner.config.file import load_config

TITLE = "From start to all 32 characters learned"
TEXT = (
    "Whole processes with all threads: `config.json`, 2,000 epochs in every side (`patience` is off),"
    " and each must have learned 32 of 32 characters in the end. Ours is `python main.py` without"
    " pictures and page; it checks the config, and writes all tables and the model. The others are"
    " scripts that read the examples and the initial weights, train and count. Keras `fit` as one"
    " writes it takes so long that it runs once."
)
CHARACTERS = 32.0
SIDES = [
    Side("autograd's tape", "fonts_autograd", needs="autograd"),
    Side("PyTorch, eager", "fonts_torch", needs="torch"),
    Side("JAX, lax.scan", "fonts_jax", needs="jax"),
    Side("Keras fit, 100 steps a call", "fonts_keras", {"how": "repeated"}, needs="keras"),
]
KERAS = Side("Keras fit, an epoch a step", "fonts_keras", {"how": "epochs"}, needs="keras")


def shipped_config() -> dict:
    """The keys of config.json for its mode, to be trained to the end."""
    return load_config(ROOT / "config.json", {"patience": None}).model_dump()


def run_ours(folder: Path) -> Run:
    """Run main.py, and read from its summary how many characters were learned."""
    command = [
        "main.py",
        "patience=null",
        "plots=false",
        "explorer=false",
        "--quiet",
        "--results",
        str(folder),
    ]
    run = run_process(command)
    summary = json.loads((folder / "latest" / "summary.json").read_text(encoding="utf-8"))
    return Run(run.seconds, [summary["characters_learned"]])


def run_script(side: Side, problem: str) -> Run:
    """Run a peer's script, which prints how many characters it learned."""
    return run_process(["-m", f"benchmarks.peers.{side.module}", problem, *side.options.values()])


def compare(bench: Bench) -> Iterator[Comparison]:
    """All sides; none is allowed to be quick, because they would not learn."""
    problem = write_font_problem(shipped_config(), bench.folder)
    calls = {"ours": partial(run_ours, bench.folder / "results")}
    calls |= {side.name: partial(run_script, side, problem) for side in SIDES if side.is_installed}
    timings = alternate(calls, bench.rounds())
    if KERAS.is_installed and not bench.quick:
        timings[KERAS.name] = Timing([run_script(KERAS, problem)])
    check_same({"the aim": Timing([Run(0, [CHARACTERS])]), **timings}, tolerance=0)
    aims = {side.name: 2.0 for side in SIDES}
    yield Comparison("b", "python main.py plots=false explorer=false", timings, at_least=aims)
