"""`python -m tests.soak [NAME…]`: every promise at full length, and a scoreboard at the end.

`--write` also writes the scoreboard into docs/promises.md. The exit code is 1 if a promise is not kept.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.table import Table

from tools.reference import PROMISES_PAGE, write_block

from . import (
    configs,
    cost,
    covers,
    data,
    determinism,
    disks,
    divergence,
    kills,
    memory,
    resuming,
    signals,
    sizes,
    surroundings,
    tables,
    unsafe,
)
from .finding import Finding, lines
from .modes import MODES, has_mnist

FONTS = [mode for mode in MODES if not mode.startswith("VAE")]
HERE = [mode for mode in MODES if mode != "VAE of MNIST" or has_mnist()]
FEW = dict.fromkeys(HERE, 2)
KIB, MIB = 2**10, 2**20
DISKS = [64 * KIB, 256 * KIB, MIB, 2 * MIB, 8 * MIB]
LEFT = [0, 1, 4 * KIB, 20 * KIB, 100 * KIB, 300 * KIB]


def _kills(folder: Path) -> Iterator[Finding]:
    yield from kills.random_moments(folder / "moments", kills.kills_of(200, HERE))
    yield kills.every_step_of_a_save(folder / "steps", stride=2)


def _cost(folder: Path) -> Iterator[Finding]:
    modes = {"adam": 3, "powell": 3} | ({"VAE of MNIST": 2} if has_mnist() else {})
    yield cost.lost(folder, modes, longest=28)
    yield cost.paid(rounds=9)


def _signals(folder: Path) -> Iterator[Finding]:
    yield signals.while_it_trains(folder / "trains", HERE)
    yield signals.random_moments(folder / "moments", dict.fromkeys(FONTS, 6) | {"VAE": 6})
    yield signals.twice_in_a_row(folder / "twice", [0.0, 0.01, 0.1, 0.3, 0.6])
    yield signals.a_sweep(folder / "sweep")


def _configs(folder: Path) -> Iterator[Finding]:
    yield configs.wrong_configs(folder / "wrong", 10_000, in_processes=30)
    yield configs.typos(folder / "typos", rounds=40)


def _covers(folder: Path) -> Iterator[Finding]:
    for mode in covers.MODES:
        yield covers.one_by_one(folder / mode, mode)
    for kind in covers.KINDS:
        yield covers.combinations(folder / kind, kind, strength=2)
    yield covers.in_processes(folder / "processes", count=30)


def _data(folder: Path) -> Iterator[Finding]:
    yield data.flipped_bits(folder / "flipped", 6000)
    yield data.wrong_files(folder / "wrong", in_processes=4)
    yield data.known_set(50)


def _disks(folder: Path) -> Iterator[Finding]:
    yield disks.too_small(folder / "small", DISKS)
    yield disks.filled_up(folder / "full", LEFT)
    yield disks.cannot_be_written(folder / "read_only")


def _determinism(folder: Path) -> Iterator[Finding]:
    yield determinism.at_once(folder / "at_once", 16)
    yield determinism.same_bytes(folder / "same", FONTS)


def _surroundings(folder: Path) -> Iterator[Finding]:
    yield surroundings.no_network(folder / "network")
    yield surroundings.headless(folder / "headless")


def _divergence(folder: Path) -> Iterator[Finding]:
    yield divergence.run_off(folder, [*divergence.CASES, *divergence.IMAGE_CASES])


def _others(folder: Path) -> Iterator[Finding]:
    yield resuming.every_folder(folder / "resume")
    yield sizes.oversized(folder / "sizes")
    yield tables.characters(folder / "tables")
    yield unsafe.loading()


# Each with what it may take, in minutes on two quiet cores.
PARTS: dict[str, tuple[float, Callable[[Path], Iterator[Finding]]]] = {
    "kills": (6, _kills),
    "cost": (3, _cost),
    "signals": (4, _signals),
    "configs": (1, _configs),
    "covers": (12, _covers),
    "disks": (1, _disks),
    "data": (0.5, _data),
    "divergence": (1, _divergence),
    "determinism": (0.5, _determinism),
    "surroundings": (0.5, _surroundings),
    "memory": (1.5, lambda folder: iter([memory.long_life(folder, 200)])),
    "others": (0.5, _others),
}


def main() -> int:
    """Run the parts that are named, or all; print what came out."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--write", action="store_true", help="write the scoreboard into docs/promises.md")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part {', '.join(unknown)}; choose from {', '.join(PARTS)}")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    findings = _findings(given.parts or list(PARTS))
    if given.write:
        write_block(PROMISES_PAGE, "promises", _markdown(findings))
    _print(findings)
    return int(any(finding.failures for finding in findings))


def _findings(parts: list[str]) -> list[Finding]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name in parts:
            minutes, part = PARTS[name]
            start = monotonic()
            for finding in part(Path(folder) / name):
                print(f"{finding.promise}: {finding.figure} ({finding.verdict})", flush=True)
                if finding.failures:
                    print(lines(finding.failures), flush=True)
                found.append(finding)
            print(f"  {name}: {(monotonic() - start) / 60:.1f} of {minutes:g} minutes", flush=True)
    return found


def _rows(findings: list[Finding]) -> list[tuple[str, ...]]:
    return [(f.promise, f.done, f.figure, f.target, f.verdict) for f in findings]


HEADER = ("promise", "what was done", "figure", "target", "verdict")


def _markdown(findings: list[Finding]) -> str:
    rows = [HEADER, ("---",) * len(HEADER), *_rows(findings)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _print(findings: list[Finding]) -> None:
    """A table for people; plain lines for files and pipes."""
    if not sys.stdout.isatty():
        print(_markdown(findings))
        return
    table = Table(*HEADER)
    for row in _rows(findings):
        table.add_row(*row, style="red" if row[-1] == "MISSED" else "")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
