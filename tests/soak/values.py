"""Legal values of every key of a config, made from its schema, and covers of their combinations."""

import shutil
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any

import numpy as np
from allpairspy import AllPairs
from PIL import Image

from runner.config.file import load_config
from runner.config.keys import Config, kind_of
from runner.config.usage import unused_because

from .processes import ROOT

Keys = dict[str, Any]

SIDE, MANY = 8, 310
PARTS = ("characters", "font_subset_size")  # of a font; they exclude each other
# Values of each kind for the keys whose schema does not list them: the least, the largest, and some of
# what lies between; of sizes the largest that are cheap.
VALUES: dict[str, list] = {
    "vae_dataset": ["classes.npz", "bare.npz", "folder", "colors"],
    "noise_probability": [0.1, 0, 1.0],
    "neurons_per_layer": [[3], [], [4, 3], [2] * 20],
    "latent_layer_neurons": [2, 1, 3, 16],
    "font_set": ["font2", ["font3", "font2"], "own.bdf"],
    "font_subset_size": [None, 1, 6],
    "beta": [1, 1e-6, 1e6],
    "epochs": [2, 1],
    "image_size": [None, 1, 12],
    "seed": [0, 2**32 - 1],
    "characters": [None, "A-C", ["B", "A", "H"]],
    "fixed_bias": [0.0, 1, -1e6, 1e6],
    "epsilon": [1e-8, 1e-30, 1e6],
    "learning_rate": [0.01, 1e-300, 1e6, 1e308],
    "batch_size": [None, 1, 7, 10**9],
    "restarts": [1, 2],
    "max_noise": [1.0, 0, 0.5, 10],
    "test_noise": [None, *kind_of("test_noise").names],
    "test_noise_probability": [None, 0, 1],
    "noisy_copies": [1, 3],
    "latent_noise": [0.0, 0.01, 1],
    "generate": [[], [[0.0], [0.5]], [[1e9]]],  # each point with one number for all
    "kl_warmup_epochs": [0, 1, 10_000_000],
    "exact_posterior_epochs": [0, 1, 10_000_000],
    "patience": [None, 1, 10**9],
    "sweep": [[], [{"seed": [0, 1]}]],
    "samples": [None, 1, 100_000],  # of no range, which is passed over
    "published": [None, {"error": 0, "source": ""}, {"error": 17.68, "source": "slides, “π”\n🎉"}],
    "note": ["", "two\nlines 🎉", 2024],
}


def values_of(key: str) -> list:
    """Legal values of a key, its usual one first. Raises LookupError for a key without any."""
    if key in VALUES:
        return VALUES[key]
    names = list(kind_of(key).names) or (
        [False, True] if Config.model_fields[key].annotation is bool else []
    )
    if not names:
        raise LookupError(f"{key}: tests/soak/values.py has no values for it")
    return names


def settled(keys: Keys) -> Keys:
    """The same keys, so that no two exclude each other; points to generate are as long as codes."""
    size = keys.get("latent_layer_neurons", Config.model_fields["latent_layer_neurons"].default)
    points = [point * size for point in keys.get("generate", [])]
    one_bias = {"fixed_bias": 0.0} if keys.get("bias") and "fixed_bias" in keys else {}
    is_known = size <= 2 and not keys.get("conditional")
    exact = {} if is_known or "exact_posterior_epochs" not in keys else {"exact_posterior_epochs": 0}
    return {**keys, **one_bias, **exact, **({"generate": points} if points else {})}


def factors(kind: dict[str, list], limits: dict[str, list] | None = None) -> dict[str, list[Keys]]:
    """What is varied in configs of a kind: for each key that they use its values.

    `kind` has the values of the keys that make it, `limits` those of keys that are not varied fully. A
    part of a font is one or the other of two keys.
    """
    known = {**kind, **(limits or {})}
    config = load_config(None, {"noise": "uniform", **{key: values[0] for key, values in kind.items()}})
    used = [key for key in Config.model_fields if key in kind or unused_because(key, config) is None]
    varied = {
        key: [{key: value} for value in known.get(key, values_of(key))] for key in used if key not in PARTS
    }
    parts = [{key: value} for key in PARTS for value in values_of(key)[1:]]
    return {**varied, "part": [{}, *parts]} if config.data == "font" else varied


def covered(varied: dict[str, list[Keys]], strength: int = 2) -> Iterator[Keys]:
    """Configs in which every combination of so many factors' values occurs."""
    for row in AllPairs([range(len(values)) for values in varied.values()], n=strength):
        chosen = (values[index] for values, index in zip(varied.values(), row, strict=True))
        yield settled({key: value for keys in chosen for key, value in keys.items()})


def each_once(varied: dict[str, list[Keys]]) -> Iterator[Keys]:
    """Configs in which every value of every factor occurs: as few as there are."""
    count = max(map(len, varied.values()))
    for row in zip(*(islice(cycle(values), count) for values in varied.values()), strict=True):
        yield settled(dict(chain.from_iterable(keys.items() for keys in row)))


def write_data(folder: Path) -> None:
    """The fonts and images that the values name."""
    random = np.random.default_rng(0)
    shutil.copy(ROOT / "fonts" / "font2.bdf", folder / "own.bdf")

    def draw(count: int) -> np.ndarray:
        return random.integers(0, 256, (count, SIDE, SIDE), np.uint8)

    labels = np.arange(MANY) % 3
    parts = {"x_train": draw(20), "y_train": labels[:20], "x_test": draw(MANY), "y_test": labels}
    np.savez(folder / "classes.npz", **parts)
    np.savez(folder / "bare.npz", x_train=draw(12))
    for name in ("crosses", "rings"):
        (folder / "folder" / name).mkdir(parents=True)
        for number, picture in enumerate(draw(6)):
            Image.fromarray(picture).save(folder / "folder" / name / f"{number}.png")
    for number, picture in enumerate(random.integers(0, 256, (12, SIDE, SIDE, 3), np.uint8)):
        (folder / "colors" / f"{number % 2}").mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(folder / "colors" / f"{number % 2}" / f"{number}.png")
