"""Trainings that run off: they stop, keep their last finite state, and leave no NaN in any file."""

import json
from pathlib import Path

import numpy as np

from .finding import Finding
from .folders import broken
from .modes import prepare
from .processes import run, words_of

STEPS = ["adam", "rmsprop", "momentum", "gradient_descent"]
LINEAR = {"encoder_activation": "relu", "decoder_activation": "relu", "bias": True, "epochs": 200}
CASES: list[dict] = [
    *({**LINEAR, "minimizer": name, "learning_rate": 1e6} for name in STEPS),
    *({**LINEAR, "minimizer": name, "learning_rate": 1e308} for name in STEPS),
    *({**LINEAR, "minimizer": name, "learning_rate": 1e6, "loss": "cross_entropy"} for name in STEPS),
    *({"minimizer": name, "beta": 1e6, "epochs": 50} for name in ("adam", "lbfgs")),
    *({"minimizer": "powell", "beta": 1e6, "epochs": 1, "font_subset_size": 2, "neurons_per_layer": [2]},),
    {"beta": 1e-300, "epochs": 50},
    {**LINEAR, "minimizer": "adam", "learning_rate": 1e30, "precision": "float32", "restarts": 3},
    {**LINEAR, "minimizer": "momentum", "learning_rate": 1e6, "mode": "DAE", "fresh_noise": True},
    {**LINEAR, "minimizer": "gradient_descent", "learning_rate": 1e6, "batch_size": 5},
]
IMAGES = {"mode": "VAE", "vae_dataset": "images.npz", "neurons_per_layer": [16], "epochs": 30}
IMAGE_CASES: list[dict] = [
    {**IMAGES, "learning_rate": 1e6},
    {**IMAGES, "learning_rate": 1e38, "minimizer": "gradient_descent"},
    {**IMAGES, "beta": 1e6, "learning_rate": 10.0, "minimizer": "momentum"},
]
REFUSED: list[dict] = [
    {"beta": 1e308},
    {"beta": 0},
    {"learning_rate": -1},
    {**IMAGES, "vae_dataset": "nan.npz"},
]


def run_off(workspace: Path, cases: list[dict]) -> Finding:
    """Exit code 3 and status `failed`, or 0 and `done` where the numbers stayed finite after all."""
    folder = prepare(workspace / "runs", "VAE")
    images = np.full((20, 6, 5), np.nan)
    np.savez(folder / "nan.npz", x_train=images)
    failures, diverged = [], 0
    for index, keys in enumerate(cases):
        ended = run([*words_of(keys), "--name", f"run_{index}", "--quiet"], folder)
        if ended.code == 3:
            diverged += 1
        wrong = ended.failures(ended.code if ended.code in (0, 3) else 3)
        wrong += ["warnings"] * bool(ended.complained)
        path = folder / "results" / f"run_{index}"
        record = json.loads((path / "run.json").read_text())
        if (ended.code, record["status"]) not in {(0, "done"), (3, "failed")}:
            wrong.append(f"status {record['status']}")
        wrong += ["no model"] * (not (path / "model.npz").exists()) + broken(path)
        failures += [f"{keys}: {line}" for line in wrong]
    for keys in REFUSED:
        ended = run([*words_of(keys), "--name", "refused", "--quiet"], folder)
        wrong = ended.failures(2) + ["written"] * (folder / "results" / "refused").exists()
        failures += [f"{keys}: {line}" for line in wrong]
    return Finding(
        "divergence",
        f"{len(cases)} trainings with rates and slopes up to 10³⁰⁸, {diverged} of which diverged;"
        f" {len(REFUSED)} configs and data sets",
        f"{len(failures)} with NaN in a file, another exit code than 3, or not refused",
        "0",
        failures,
    )
