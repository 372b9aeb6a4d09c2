"""The command line: its options, and the config files and overrides it names."""

import argparse
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner import VERSION
from runner.cli.overrides import overrides_of
from runner.config.errors import UserError, did_you_mean, listed, shown
from runner.storage.latest import followed
from runner.sweep.workers import Execution

DEFAULT_CONFIG, RESULTS = "config.json", Path("results")
# Options that have a value, and which of them each task uses.
OPTIONAL = ("results", "name", "jobs", "scheduler", "shard", "yes")
USED: dict[str, tuple[str, ...]] = {
    "run": ("results", "name", "jobs", "scheduler", "shard"),
    "resume": ("jobs", "scheduler", "shard"),
    "compare": ("results", "name"),
    "decode": (),
    "encode": (),
    "export": (),
    "data": (),
    "runs": (),
    "gallery": ("name",),
    "prune": ("yes",),
}
ON_A_FOLDER = ("decode", "encode", "export", "resume", "runs", "gallery", "prune")
TASK_OPTIONS = tuple(task for task in USED if task != "run")
NEGATIVE_POINT = re.compile(r"-[\d.][\d.eE+,-]*")

EXAMPLES = """\
examples:
  python main.py                                    the experiment of config.json
  python main.py font_set=font1 restarts=20         the same with other values
  python main.py experiments/beyond_96_characters.json
  python main.py --decode results/latest 0,0.2 1,0.2
  python main.py --encode results/latest font3      where characters or pictures lie that it has not seen
  python main.py --export results/latest keras      a variational autoencoder as files of Keras
  python main.py --resume results/latest            go on with what was interrupted
  python main.py --compare results/a results/b      what differs, and the numbers side by side
  python main.py --runs results                     what is there; --prune results removes what failed
  python main.py --gallery results                  all pages and an index, as a folder for any web server
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
    unseen: str
    is_sure: bool
    execution: Execution


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python main.py",
        description="Train the autoencoder that a config describes; pictures and tables go to results/.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
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
        metavar="DIR",
        help="where the folders of runs go (default: results)",
    )
    parser.add_argument("--name", help="name of the run's folder (default: date, time and method)")
    _add_tasks(parser)
    _add_sweep_options(parser)
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    parser.add_argument("--version", action="version", version=f"Latent Lab {VERSION}")
    return parser


def _add_tasks(parser: argparse.ArgumentParser) -> None:
    """What can be asked for instead of a run."""
    parser.add_argument(
        "--decode",
        type=Path,
        metavar="RUN",
        help="decode latent points of a finished run, e.g. results/latest 0,0.2 1,0.2; of a class 3:0,0.2",
    )
    parser.add_argument(
        "--encode",
        type=Path,
        metavar="RUN",
        help="write the codes of what a finished run has not seen, e.g. results/latest font3",
    )
    parser.add_argument(
        "--export",
        type=Path,
        metavar="RUN",
        help="write the network of a finished run as files of Keras, e.g. results/latest keras",
    )
    parser.add_argument("--resume", type=Path, metavar="RUN", help="go on with an interrupted run or sweep")
    parser.add_argument("--compare", action="store_true", help="compare the runs and sweeps that are named")
    parser.add_argument("--data", action="store_true", help="fetch and verify the image data sets")
    parser.add_argument("--runs", type=Path, metavar="DIR", help="list the runs in a folder, e.g. results")
    parser.add_argument(
        "--gallery",
        type=Path,
        metavar="DIR",
        help="write the pages of the runs in it, with an index, as a folder for any web server",
    )
    parser.add_argument(
        "--prune", type=Path, metavar="DIR", help="remove the runs in it that failed or were interrupted"
    )
    parser.add_argument("--yes", action="store_const", const=True, help="let --prune do so without asking")


def _add_sweep_options(parser: argparse.ArgumentParser) -> None:
    """Where and by how many the runs of a sweep are executed."""
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="cores to use, for a sweep runs at once (default: all)"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="run a sweep on a Dask cluster, e.g. tcp://host:8786"
    )
    parser.add_argument(
        "--shard",
        type=_shard,
        metavar="K/N",
        help="run the K-th of N parts of a sweep; all parts share the folder --name",
    )


def parse_arguments(arguments: list[str]) -> Options:
    """Read the command line; prints help and leaves for `--help` and `--version`.

    Raises UserError for what cannot be understood, and for whatever nothing would come of.
    """
    # A leading space tells argparse that a point such as -1,0.5 is not an option.
    words = [f" {word}" if NEGATIVE_POINT.fullmatch(word) else word for word in arguments]
    given, unknown = _parser().parse_known_intermixed_args(words)
    if unknown:
        raise UserError(_unknown_option(unknown[0], arguments))
    task = _task(given)
    _refuse_what_is_not_used(given, task)
    settings = [word for word in given.words if _is_setting(word)] if task == "run" else []
    others = [word for word in given.words if word not in settings]
    overrides = overrides_of(settings)
    return Options(
        task=task,
        configs=[_config(word) for word in others if task == "run"] or [Path(DEFAULT_CONFIG)],
        overrides=overrides,
        results=given.results or RESULTS,
        name=given.name,
        quiet=given.quiet,
        run=followed(next(filter(None, (getattr(given, name) for name in ON_A_FOLDER)), RESULTS)),
        folders=[followed(Path(word)) for word in others if task == "compare"],
        points=others if task == "decode" else [],
        unseen=_only_one(others) if task == "encode" else "",
        is_sure=bool(given.yes),
        execution=Execution(given.jobs, given.scheduler, given.shard or (1, 1)),
    )


def _config(word: str) -> Path:
    """The path of a config. Raises UserError for a key that is not set to anything."""
    if not os.path.lexists(word):
        from runner.config.keys import Config, exact_key

        if (key := exact_key(word)) in Config.model_fields:
            raise UserError(f"{word}: a key is set with a value: write {key}=…")
    return Path(word)


def _task(given: argparse.Namespace) -> str:
    """The one thing to do. Raises UserError if several are asked for."""
    tasks = [task for task in TASK_OPTIONS if getattr(given, task)]
    if len(tasks) > 1:
        raise UserError(f"--{tasks[0]} and --{tasks[1]} are two things; ask for one of them")
    return tasks[0] if tasks else "run"


def _refuse_what_is_not_used(given: argparse.Namespace, task: str) -> None:
    """Raise UserError for an option or a word of which nothing would come."""
    option = next(
        (name for name in OPTIONAL if getattr(given, name) is not None and name not in USED[task]), None
    )
    if option:
        place = "a run" if task == "run" else f"--{task}"
        raise UserError(f"--{option}: {place} does not use it; leave it out")
    if given.words and task in ("resume", "data", "runs", "gallery", "prune"):
        more = "; it goes on with one run or sweep, as that was configured" if task == "resume" else ""
        raise UserError(f"{given.words[0].strip()}: --{task} does not use it{more}")
    if task in ("decode", "encode", "export", "compare"):
        setting = next((word for word in given.words if _is_setting(word)), None)
        if setting:
            raise UserError(f"{setting}: --{task} looks at finished runs, whose keys are what they were")
    if task == "export" and [word.lower() for word in given.words] != ["keras"]:
        got = listed(given.words) if given.words else "nothing"
        raise UserError(f"--export: write what for: --export {given.export} keras; got {got}")


def _only_one(words: list[str]) -> str:
    """What is to be encoded."""
    if len(words) != 1:
        raise UserError(
            "--encode: name one font or one set of pictures, e.g. --encode results/latest font3;"
            f" got {len(words) or 'none'}"
        )
    return words[0]


def _is_setting(word: str) -> bool:
    """Whether a word sets a key; a path that exists is a path, whatever signs are in its name."""
    return "=" in word and not os.path.lexists(word)


def _unknown_option(option: str, arguments: list[str]) -> str:
    """What to write instead of an option that there is not."""
    from runner.config.keys import Config, exact_key

    name, _, value = option.lstrip("-").partition("=")
    key = exact_key(name)
    if key in Config.model_fields:
        rest = arguments[arguments.index(option) + 1 :] if option in arguments else []
        return f"{option}: keys are set without dashes: {key}={value or (rest or ['…'])[0]}"
    return f"{option}: no such option{did_you_mean(name, [*OPTIONAL, *USED, 'quiet'])}; --help lists all"


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"got {shown(text)}; must be a whole number, at least 1")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    if not re.fullmatch(r"\d{1,9}/\d{1,9}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"got {shown(text)}; write it as 2/10, the second of ten parts")
    number, shards = map(int, text.split("/"))
    if not 1 <= number <= shards:
        raise argparse.ArgumentTypeError(f"got {text}; the number of the part must be from 1 to {shards}")
    return number, shards
