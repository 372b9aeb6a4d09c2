"""`--prune`: remove the runs that came to nothing, once somebody has said yes."""

import os
import shutil
import sys
from pathlib import Path

from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.runs import KILLED, UNREADABLE, found_runs, known_run, lines_of
from runner.storage.latest import LATEST, followed, point_to
from runner.storage.locks import locked
from runner.storage.record import RunRecord

# What can be removed: all else is finished, at work, or nothing that we know.
UNFINISHED = ("failed", "interrupted", KILLED)


def prune(place: Path, is_sure: bool, terminal: Terminal) -> None:
    """Remove what failed or was interrupted, after asking unless somebody is sure.

    Of a folder of results these are the runs in it; sweeps stay, because `--resume` needs what they have.
    A run or a sweep is removed whole if it is named itself.

    Raises UserError if there is nobody to ask, and for a run that is named and finished or running.
    """
    if (place / "run.json").exists():
        going, staying = [_named(place)], []
    else:
        runs = [run for run in found_runs(place) if run.status in UNFINISHED]
        going = [run for run in runs if not run.config.get("sweep")]
        staying = [run for run in runs if run.config.get("sweep")]
    for run in staying:
        terminal.say(f"{run.name} stays: --resume {run.path} goes on with it; to remove it, name it")
    if not going:
        terminal.say(f"{place}: nothing to remove")
    elif is_sure or _agreed(going):
        removed = [run for run in going if _is_removed(run)]
        terminal.say(f"{_runs(len(removed))} removed")
        _mend_latest(going[0].path.parent)
    else:
        terminal.say("nothing is removed")


def _named(place: Path) -> RunRecord:
    """The run or sweep that is named. Raises UserError if it is none that can be removed."""
    run = known_run(place.resolve())
    if run.status not in UNFINISHED:
        raise UserError(f"{place}: is {run.status}; --prune removes only what failed or was interrupted")
    return run


def _agreed(runs: list[RunRecord]) -> bool:
    """Whether a person wants these to be removed. Raises UserError if there is none to ask."""
    if not sys.stdin.isatty():
        raise UserError(f"--prune: would remove {_runs(len(runs))}, and nobody is there to ask; add --yes")
    print("\n".join(lines_of(runs)))
    try:
        return input(f"Remove {_runs(len(runs))}? [y/N] ").strip().casefold() in ("y", "yes")
    except EOFError:  # Ctrl-D
        print()
        return False


def _is_removed(run: RunRecord) -> bool:
    """Remove a run unless somebody went on with it while we asked.

    Raises UserError if the disk does not let us.
    """
    with locked(run.path) as is_mine:
        known = "running" if run.status == KILLED else run.status
        if not is_mine or known_run(run.path, may_be_killed=False).status != known:
            return False
        try:
            shutil.rmtree(run.path)
        except OSError as error:
            raise UserError(f"{run.path}: cannot be removed ({error.strerror})") from None
    return True


def _mend_latest(results: Path) -> None:
    """Let `latest` lead to the newest run that is left, if it leads to none any more."""
    latest = results / LATEST
    if os.path.lexists(latest) and not followed(latest).exists():
        latest.unlink()
        if runs := [run for run in found_runs(results) if run.status != UNREADABLE]:
            point_to(runs[-1].path)


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count:,} runs"
