"""The command line: its options, and the config files and overrides it names."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner import VERSION
from runner.config.errors import UserError
from runner.config.strict_json import parse_json
from runner.sweep.workers import Execution

DEFAULT_CONFIG = "config.json"

EXAMPLES = """\
examples:
  python main.py                                    the experiment of config.json
  python main.py font_set=font1 restarts=20         the same with other values
  python main.py experiments/beyond_96_characters.json
  python main.py --decode results/latest 0,0.2 1,0.2
  python main.py --resume results/latest            go on with what was interrupted
  python main.py --compare results/a results/b      what differs, and the numbers side by side
"""


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    task: str  # a key of runner.cli.tasks.TASKS
    configs: list[Path]
    overrides: dict[str, Any]
    results: Path
    name: str | None
    quiet: bool
    run: Path
    folders: list[Path]
    points: list[str]
    execution: Execution


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python main.py",
        description="Train the autoencoder that a config describes; pictures and tables go to results/.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="CONFIG.json | key=value",
        help="configs to run (default: config.json), and keys to set in each of them",
    )
    parser.add_argument(
        "--results",
        type=Path,
        default=Path("results"),
        metavar="DIR",
        help="where the folders of runs go (default: results)",
    )
    parser.add_argument("--name", help="name of the run's folder (default: date, time and method)")
    parser.add_argument(
        "--decode",
        type=Path,
        metavar="RUN",
        help="decode latent points of a finished run, e.g. results/latest 0,0.2 1,0.2",
    )
    parser.add_argument("--resume", type=Path, metavar="RUN", help="go on with an interrupted run or sweep")
    parser.add_argument("--compare", action="store_true", help="compare the runs and sweeps that are named")
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="runs of a sweep at once (default: one for each core)"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="run a sweep on a Dask cluster, e.g. tcp://host:8786"
    )
    parser.add_argument(
        "--shard",
        type=_shard,
        default=(1, 1),
        metavar="K/N",
        help="run the K-th of N parts of a sweep; all parts share the folder --name",
    )
    parser.add_argument("--data", action="store_true", help="fetch and verify the image data sets")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    parser.add_argument("--version", action="version", version=f"Latent Lab {VERSION}")
    return parser


def parse_arguments(arguments: list[str]) -> Options:
    """Read the command line; prints help and leaves for `--help` and `--version`."""
    # A leading space tells argparse that a point such as -1,0.5 is not an option.
    given = _parser().parse_intermixed_args([f" {word}" if _is_point(word) else word for word in arguments])
    settings = [word for word in given.words if "=" in word]
    others = [word for word in given.words if "=" not in word]
    task = _task(given)
    return Options(
        task=task,
        configs=[Path(word) for word in others if task == "run"] or [Path(DEFAULT_CONFIG)],
        overrides=_overrides(settings),
        results=given.results,
        name=given.name,
        quiet=given.quiet,
        run=given.decode or given.resume or given.results,
        folders=[Path(word) for word in others if task == "compare"],
        points=others if task == "decode" else [],
        execution=Execution(given.jobs, given.scheduler, given.shard),
    )


def _task(given: argparse.Namespace) -> str:
    """The one thing to do. Raises UserError if several are asked for."""
    tasks = [task for task in ("decode", "resume", "compare", "data") if getattr(given, task)]
    if len(tasks) > 1:
        raise UserError(f"--{tasks[0]} and --{tasks[1]} are two things; ask for one of them")
    return tasks[0] if tasks else "run"


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError
    return count


def _shard(text: str) -> tuple[int, int]:
    number, shards = map(int, text.split("/"))
    if not 1 <= number <= shards:
        raise ValueError
    return number, shards


def _is_point(word: str) -> bool:
    return re.match(r"-[\d.][^=]*,", word) is not None


def _overrides(words: list[str]) -> dict[str, Any]:
    """The keys to set. Raises UserError for one that is set twice."""
    pairs = [_override(word) for word in words]
    overrides = dict(pairs)
    if len(overrides) < len(pairs):
        keys = [key for key, _ in pairs]
        raise UserError(f"key set twice: {', '.join(sorted({key for key in keys if keys.count(key) > 1}))}")
    return overrides


def _override(word: str) -> tuple[str, Any]:
    """`key=value`: the value is JSON where it can be read as such, and a bare word otherwise."""
    key, _, text = word.partition("=")
    try:
        return key, parse_json(text)
    except ValueError as error:
        if text[:1] in ("[", "{", '"'):
            raise UserError(f"{key}: {error}") from None
        return key, text
