"""The command line: its options, and the config files and overrides it names."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner import VERSION
from runner.errors import UserError
from runner.strict_json import parse_json

DEFAULT_CONFIG = "config.json"

EXAMPLES = """\
examples:
  python main.py                                    the experiment of config.json
  python main.py font_set=font1 restarts=20         the same with other values
  python main.py experiments/all_96_characters.json
  python main.py --decode results/latest 0,0.2 1,0.2
"""


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    task: str  # a key of runner.tasks.TASKS
    configs: list[Path]
    overrides: dict[str, Any]
    results: Path
    name: str | None
    quiet: bool
    folder: Path
    points: list[str]


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
    configs = [] if given.decode else [Path(word) for word in others]
    return Options(
        task="decode" if given.decode else "data" if given.data else "run",
        configs=configs or [Path(DEFAULT_CONFIG)],
        overrides=_overrides(settings),
        results=given.results,
        name=given.name,
        quiet=given.quiet,
        folder=given.decode or given.results,
        points=others if given.decode else [],
    )


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
