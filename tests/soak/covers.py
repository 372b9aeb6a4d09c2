"""Every legal config leads somewhere good: it runs to its end, or is refused with the remedy."""

import io
import json
import random
import re
import shutil
import traceback
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from main import main
from runner.config.file import load_config
from runner.config.keys import Config

from .finding import Finding
from .folders import broken
from .processes import ROOT, inside, run, words_of
from .values import Keys, covered, factors, settled, values_of, write_data

FINISHED, FAILED, REFUSED, DIVERGED = range(4)
# What a refusal tells to do, or what is allowed.
REMEDY = re.compile(
    r"\b(write|give|take|use|choose|leave|put|set|install|must|needs?|at most|at least|allowed|has)\b|mean"
)
FIRST_ORDER = ["adam", "rmsprop", "momentum", "gradient_descent"]
SCIPY = {
    "minimizer": ["lbfgs", "powell"],
    "precision": ["float64"],
    "fresh_noise": [False],
    "latent_noise": [0.0],
}
FONT_MODES, MODES, DATA = ["DEFAULT", "DAE"], ["DEFAULT", "DAE", "VAE"], ["font", "images"]
FEWER = {f"{part}_activation": ["linear", "gelu", "sine"] for part in ("encoder", "latent", "decoder")}
# Every layer of a VAE is compiled; of three latent neurons log p(x) is known from below only.
SHALLOW = {**FEWER, "neurons_per_layer": [[3], [], [4, 3]], "latent_layer_neurons": [2, 1, 3]}
# Of each kind all configs are legal, and what is not varied is not used. Larger rates would end the
# trainings before anything else is tried.
KINDS: dict[str, dict[str, list]] = {
    f"{mode}, {data}": {
        **{"mode": [mode], "data": [data], "minimizer": FIRST_ORDER, "learning_rate": [0.01, 0.1]},
        **(SHALLOW if mode == "VAE" else {}),
        **({"conditional": [False]} if (mode, data) == ("VAE", "font") else {}),  # A font has no classes.
    }
    for mode in MODES
    for data in DATA
}
KINDS |= {
    f"{mode}, {data}, SciPy": {"mode": [mode], "data": [data], **SCIPY}
    for mode in FONT_MODES
    for data in DATA
}


def wrong_with(keys: Keys, words: Iterable[str] = ()) -> tuple[int | None, list[str]]:
    """The exit code of a config in the current folder, where its data are, and what is wrong with it."""
    Path("config.json").write_text(json.dumps(keys))
    results = Path("results")
    shutil.rmtree(results, ignore_errors=True)
    said, complained = io.StringIO(), io.StringIO()
    alone = ["--jobs", "1"] if keys.get("sweep") else []
    try:
        with redirect_stdout(said), redirect_stderr(complained), warnings.catch_warnings():
            warnings.simplefilter("error")
            code = main([*words, *alone])
    except BaseException:
        return None, [traceback.format_exc()[-1500:]]
    return code, _judged(code, said.getvalue(), complained.getvalue(), results)


def _judged(code: int, said: str, complained: str, results: Path) -> list[str]:
    """What is wrong with how a run ended."""
    if code == REFUSED:
        wrong = [] if complained.startswith("error: ") else [f"said {complained[:200]!r}"]
        wrong += [] if REMEDY.search(complained) else [f"no remedy: {complained}"]
        return wrong + ["something was written"] * results.exists()
    wrong = [f"complained: {complained[-300:]}"] * bool(complained) + broken(results)
    if code in (DIVERGED, FAILED) and "diverged" in said:
        return wrong
    return wrong + [f"exit code {code}: {said[-300:]}"] * (code != FINISHED)


def failures_of(configs: Iterable[Keys], codes: Counter) -> Iterator[str]:
    """What is wrong with each of some configs; counts their exit codes."""
    for keys in configs:
        code, wrong = wrong_with(keys)
        codes[code] += 1
        yield from (f"{json.dumps(keys)}: {line}" for line in wrong)


def combinations(
    workspace: Path, kind: str, strength: int, limits: dict[str, list] | None = None
) -> Finding:
    """A cover of all combinations of the values of so many keys, in configs of a kind."""
    failures, codes = [], Counter[int | None]()
    with inside(workspace):
        write_data(Path())
        failures += failures_of(covered(factors(KINDS[kind], limits), strength), codes)
    return _finding(f"{kind}, {strength} keys at a time", codes, failures)


def one_by_one(workspace: Path, mode: str) -> Finding:
    """Every value of every key in the shipped config."""
    failures, codes = [], Counter[int | None]()
    with inside(workspace):
        write_data(Path())
        failures += failures_of_words(single_keys(mode, Config.model_fields), codes)
    return _finding(f"mode {mode}, each key", codes, failures)


def single_keys(mode: str, keys: Iterable[str]) -> Iterator[list[str]]:
    """The shipped config with one key set on the command line, to every value; the rest is made small."""
    shipped = load_config(ROOT / "config.json", {"mode": mode})
    for key in keys:
        for value in values_of(key):
            data = value if key == "data" else shipped.data
            subset = {} if key == "characters" else {"font_subset_size": 6}
            small = subset if data == "font" else {"vae_dataset": "bare.npz"}
            small |= {"epochs": 2, "latent_layer_neurons": 2, "plots": False}
            given = {"mode": mode, **small, key: value}
            yield words_of(settled(given))


def failures_of_words(tasks: Iterable[list[str]], codes: Counter) -> Iterator[str]:
    """What is wrong with each of some command lines for the shipped config; counts their exit codes."""
    shipped = json.loads((ROOT / "config.json").read_text(encoding="utf-8"))
    for words in tasks:
        code, wrong = wrong_with(shipped, words)
        codes[code] += 1
        yield from (f"{' '.join(words)}: {line}" for line in wrong)


def in_processes(workspace: Path, count: int) -> Finding:
    """Some of those command lines, by real processes."""
    tasks = [words for mode in MODES for words in single_keys(mode, Config.model_fields)]
    failures, codes = [], Counter[int | None]()
    with inside(workspace) as folder:
        write_data(Path())
        shutil.copy(ROOT / "config.json", folder)
        for words in random.Random(0).sample(tasks, count):
            shutil.rmtree("results", ignore_errors=True)
            ended = run(words, folder)
            codes[ended.code] += 1
            wrong = _judged(ended.code, ended.said, ended.complained, Path("results"))
            failures += [f"{' '.join(words)}: {line}" for line in wrong]
    return _finding("key=value, real processes", codes, failures)


def _finding(what: str, codes: Counter, failures: list[str]) -> Finding:
    ends = ((FINISHED, "to their end"), (DIVERGED, "diverged"), (REFUSED, "refused"))
    return Finding(
        f"every legal config runs: {what}",
        f"{codes.total():,} configs: " + ", ".join(f"{codes[code]:,} {end}" for code, end in ends),
        f"{len(failures)} tracebacks, broken files, or refusals without the remedy",
        "0",
        failures,
    )
