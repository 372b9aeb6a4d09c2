"""SIGKILL at random moments, and at every single step of a save."""

import io
import os
import shutil
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from .finding import Finding
from .folders import broken, differences
from .modes import FONT
from .processes import ROOT, in_process, side_by_side, words_of
from .stopping import Trial, reference, stopped_and_resumed


def random_moments(workspace: Path, kills: dict[str, int], seed: int = 0) -> list[Finding]:
    """So many SIGKILLs of each mode, the trials by turns with one and two; then resumed and compared."""
    trials = []
    for mode, count in kills.items():
        known = reference(workspace, mode)
        # 1, 2, 1, 2, …: three kills in two trials. One in ten has the real interval.
        numbers = [1 + trial % 2 for trial in range(2 * count)]
        while sum(numbers) > count:
            numbers.pop()
        trials += [
            Trial(known, [signal.SIGKILL] * number, seed + i, None if i % 10 == 9 else 0.02)
            for i, number in enumerate(numbers)
        ]
    outcomes = side_by_side(stopped_and_resumed, trials)
    hits = sum(len(outcome.stops) for outcome in outcomes)
    twice = sum(len(outcome.stops) == 2 for outcome in outcomes)
    half = [line for outcome in outcomes for line in outcome.broken + outcome.untidy]
    unequal = [line for outcome in outcomes for line in outcome.unequal]
    done = f"{hits} SIGKILLs at random moments, {len(kills)} modes"
    equal = len(trials) - len({line.partition(": ")[0] for line in unequal})
    return [
        Finding("a killed run leaves no broken file", done, f"{len(half)} broken", "0", half),
        Finding(
            "a resumed run equals an uninterrupted one",
            f"every CSV and model.npz of {len(trials)} runs, {twice} of them killed twice",
            f"{equal} of {len(trials)} equal",
            "100 %",
            unequal,
        ),
    ]


# Where a kill between two of them would be seen on the disk.
STEPS = {"open", "mkdir", "write", "flush", "truncate", "fsync", "chmod", "replace", "unlink", "rmdir"}
FILES = (io.BufferedWriter, io.BufferedRandom, io.FileIO)
SAVED_RUNS = {
    "adam": {**FONT, "epochs": 3, "font_subset_size": 4},
    "powell": {**FONT, "epochs": 1, "minimizer": "powell", "font_subset_size": 2, "neurons_per_layer": [1]},
}


def every_step_of_a_save(workspace: Path, stride: int = 1) -> Finding:
    """Kill a run before and after every `stride`-th call that touches the disk; resume and compare."""
    found = side_by_side(
        lambda kind: in_process(_kill_at_every_step, workspace / kind, kind, stride), SAVED_RUNS
    )
    points, failures = sum(count for count, _ in found), [line for _, wrong in found for line in wrong]
    return Finding(
        "a kill during the save itself",
        f"killed at {points} writes, fsyncs, replaces, … of checkpoints and files, half a file written",
        f"{points - len(failures)} old or new, resumed equal",
        "all",
        failures,
    )


def _kill_at_every_step(workspace: Path, kind: str, stride: int) -> tuple[int, list[str]]:
    """The number of places, and what was wrong; every run is a fork of this process."""
    sys.path.insert(0, str(ROOT))
    workspace.mkdir(parents=True, exist_ok=True)
    os.chdir(workspace)
    from main import main
    from runner.storage import checkpoints

    # A save at every step of adam; a few while Powell's method goes on.
    checkpoints.SECONDS_BETWEEN_SAVES = 0.0 if kind == "adam" else 0.1
    checkpoints.LARGEST_SHARE = 1e9
    words = [*words_of(SAVED_RUNS[kind]), "--quiet", "--name"]
    Path("config.json").write_text("{}")
    # The first run makes the imports, which later ones, all forks of this process, find done.
    main([*words, "whole"])
    steps = _counted(lambda: main([*words, "counted"]))
    wrong, places = [], range(1, steps + 1, stride)
    for place in places:
        name = f"killed_{place}"
        _in_fork(lambda name=name, place=place: _killed_at(place, lambda: main([*words, name])))
        wrong += [f"{kind}, step {place}: {line}" for line in _resumed(Path("results") / name, main)]
        shutil.rmtree(Path("results") / name, ignore_errors=True)
    return len(places), wrong


def _resumed(path: Path, main) -> list[str]:
    """What is wrong after a kill: broken files, damaged checkpoints, another end."""
    failures = broken(path)
    if not (path / "config.json").exists():
        return failures  # Nothing had begun.
    code = _in_fork(lambda: sys.exit(_resume_and_tell(path, main)))
    complaints = path / "complaints"
    if complaints.exists():
        failures.append(complaints.read_text())
        complaints.unlink()
    if code != 0:
        failures.append(f"resumed with exit code {code}")
    return failures + differences(Path("results") / "whole", path)


def _resume_and_tell(path: Path, main) -> int:
    from runner.storage.checkpoints import CheckpointStore

    load = CheckpointStore.load

    def told(store):
        complaints = load(store)
        if complaints:
            (path / "complaints").write_text("; ".join(complaints))
        return complaints

    CheckpointStore.load = told
    return main(["--resume", str(path), "--quiet"])


def _in_fork(function) -> int:
    """The exit code of a copy of this process that only calls `function`."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = function() or 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        finally:
            sys.setprofile(None)
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _counted(function) -> int:
    """Call it; the number of its steps."""
    events = []
    sys.setprofile(lambda frame, event, called: events.append(_is_step(event, called)))
    function()
    sys.setprofile(None)
    return sum(events)


def _killed_at(place: int, function) -> None:
    """Call it and end at its step `place`; what was being written is then cut in half."""
    left = [place]

    def profile(frame, event, called):
        left[0] -= _is_step(event, called)
        if left[0] == 0:
            if called.__name__ == "write" and event == "c_return":
                os.ftruncate(called.__self__.fileno(), os.fstat(called.__self__.fileno()).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(profile)
    function()


def _is_step(event: str, called) -> bool:
    """Whether something is about to be done to the disk, or has just been done."""
    if event not in ("c_call", "c_return") or called.__name__ not in STEPS:
        return False
    owner = getattr(called, "__self__", None)
    return isinstance(owner, FILES) or getattr(owner, "__name__", "") in ("posix", "io", "_io")


def kills_of(total: int, modes: Iterable[str]) -> dict[str, int]:
    """So many kills, shared out; the modes that load TensorFlow get a few of them."""
    slow = {mode: 10 if mode == "VAE" else 6 for mode in modes if mode.startswith("VAE")}
    fonts = [mode for mode in modes if mode not in slow]
    left = total - sum(slow.values())
    shares = {mode: left // len(fonts) + (i < left % len(fonts)) for i, mode in enumerate(fonts)}
    return {**shares, **slow}
