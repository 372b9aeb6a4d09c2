"""The same config and seed under other circumstances, and many runs at once."""

import json
import os
from pathlib import Path

from .finding import Finding
from .folders import broken, differences
from .modes import FONT, MODES, prepare
from .processes import Running, run, side_by_side, words_of
from .stopping import PLACE

# Nothing is computed differently on another day; two time zones are never in the same one.
CIRCUMSTANCES: list[dict[str, str]] = [
    {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "1", "TZ": "Etc/GMT-14"},
    {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2", "PYTHONHASHSEED": "2", "TZ": "Etc/GMT+12"},
]
# Wide enough for products that more than one thread would share.
WIDE = {"epochs": 200, "plots": False, "neurons_per_layer": [64, 64], "noisy_copies": 20}


def same_bytes(workspace: Path, modes: list[str]) -> Finding:
    """One and two threads, two hash seeds, two days: one set of bytes."""
    failures = []
    for mode in modes:
        epochs = {} if mode in ("powell", "lbfgs") else WIDE
        words = [*words_of(MODES[mode] | epochs), "--name", "run", "--quiet"]
        folders = []
        for index, circumstances in enumerate(CIRCUMSTANCES):
            folders.append(prepare(workspace / f"{mode}_{index}", mode))
            failures += run(words, folders[-1], env=_environment(**circumstances)).failures(0)
        one, other = (folder / PLACE for folder in folders)
        failures += [f"{mode}: {line}" for line in differences(one, other)]
    done = f"{len(modes)} modes with 1 and 2 threads, other hash seeds, on two days"
    return Finding("same config, same seed", done, f"{len(failures)} files differ", "0", failures)


def _environment(**changes: str) -> dict[str, str]:

    return {**os.environ, **changes}


def at_once(workspace: Path, count: int) -> Finding:
    """So many runs of the same name started together in one `results/`, each with a seed of its own."""
    together, alone = prepare(workspace / "together", "adam"), prepare(workspace / "alone", "adam")
    keys = {**FONT, "epochs": 300}
    words = [[*words_of({**keys, "seed": seed}), "--quiet", "--name", "run"] for seed in range(count)]
    running = [Running(each, together) for each in words]
    failures = [line for process in running for line in process.wait().failures(0)]
    side_by_side(lambda seed: run([*words[seed][:-1], f"run_{seed}"], alone), range(count))
    found = {}
    for path in (together / "results").glob("run*"):
        found[json.loads((path / "config.json").read_text())["seed"]] = path
    failures += [f"seed {seed} was lost" for seed in set(range(count)) - set(found)]
    for seed, path in found.items():
        failures += [f"{path}: {line}" for line in differences(alone / "results" / f"run_{seed}", path)]
    failures += broken(together)
    latest = together / "results" / "latest"
    failures += ["latest leads nowhere"] * (latest.resolve() not in [p.resolve() for p in found.values()])
    done = f"{count} started at once with one name in one results/, each held against the same run alone"
    return Finding("runs side by side", done, f"{len(failures)} lost, mixed or broken", "0", failures)
