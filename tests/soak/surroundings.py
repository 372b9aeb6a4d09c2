"""Machines that lack something: a display, a home, a network, data, a reader of what is said."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .finding import Finding, skipped
from .folders import broken
from .modes import IMAGES, prepare
from .processes import Running, run, words_of
from .stopping import NAME, PLACE

BARE = {"PATH": os.environ["PATH"], "LANG": "C"}
KEYS = {"epochs": 30, "neurons_per_layer": [8]}
# unshare: a network namespace in which there is nothing, not even this machine itself.
NO_NETWORK = ["unshare", "--net"]


def headless(workspace: Path, with_images: bool = True) -> Finding:
    """No DISPLAY, no HOME, another language, a home that is not there or read-only, no MPLCONFIGDIR."""
    read_only = workspace / "home"
    read_only.mkdir(parents=True)
    read_only.chmod(0o555)
    homes: dict[str, dict[str, str]] = {
        "no HOME": {},
        "HOME is not there": {"HOME": "/nonexistent"},
        "read-only HOME": {"HOME": str(read_only)},
        "LANG=tr_TR, TERM=dumb": {"LANG": "tr_TR.UTF-8", "TERM": "dumb"},
    }
    cases = [(name, BARE | home, KEYS) for name, home in homes.items()]
    if with_images:
        cases.append(("no HOME, mode VAE", BARE, {**IMAGES, "epochs": 2}))
    failures = []
    for index, (name, environment, keys) in enumerate(cases):
        folder = prepare(workspace / str(index), "VAE")
        ended = run([*words_of(keys), *NAME], folder, env=environment)
        wrong = ended.failures(0) + broken(folder) + ["no picture"] * (not _has_pictures(folder / PLACE))
        wrong += [f"said {ended.complained!r}"] * bool(ended.complained)
        failures += [f"{name}: {line}" for line in wrong]
    failures += [f"closed pipe: {line}" for line in _without_a_reader(workspace / "pipe")]
    done = f"{len(cases)} environments: no DISPLAY, no HOME, read-only HOME, LANG=C; a closed pipe"
    return Finding("headless", done, f"{len(cases) + 1 - len(failures)} ran", f"{len(cases) + 1}", failures)


def _has_pictures(run_folder: Path) -> bool:
    return any((run_folder / "plots").glob("*.png"))


def _without_a_reader(folder: Path) -> Iterator[str]:
    """`python main.py | true`."""
    reading, writing = os.pipe()
    os.close(reading)
    running = Running([*words_of(KEYS), *NAME], prepare(folder, "adam"), stdout=writing)
    os.close(writing)
    ended = running.wait()
    yield from ended.failures(0) + broken(folder)
    if ended.complained:
        yield f"said {ended.complained!r}"


def no_network(workspace: Path) -> Finding:
    """Neither network nor data: mode VAE says so in one message, the others do not notice."""
    promise = "no network and no data"
    can = shutil.which("unshare") and subprocess.run([*NO_NETWORK, "true"], check=False).returncode == 0
    if not can:
        return skipped(promise, "this user may not make a network namespace")
    home = workspace / "home"
    home.mkdir(parents=True)
    environment = {**BARE, "HOME": str(home)}
    failures, seconds = [], 0.0
    for mode in ("DEFAULT", "DAE", "VAE"):
        folder = prepare(workspace / mode, "adam")
        words = [*words_of({"mode": mode, "epochs": 20, "plots": False}), *NAME, "--quiet"]
        ended = run(words, folder, prefix=NO_NETWORK, env=environment)
        wrong = ended.failures(2 if mode == "VAE" else 0) + broken(folder)
        if mode == "VAE":
            seconds = ended.seconds
            known = "error: vae_dataset: the data set mnist was not found; tried in this order:"
            wrong += [] if ended.complained.startswith(known) else [ended.complained[:300]]
            wrong += ["written"] * (folder / "results").exists()
        failures += [f"{mode}: {line}" for line in wrong]
    done = "a network namespace and a home with nothing in them; DEFAULT, DAE, VAE"
    figure = f"{len(failures)} wrong; VAE: one message after {seconds:.1f} s"
    return Finding(promise, done, figure, "0", failures)
