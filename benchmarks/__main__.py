"""`python -m benchmarks`: every row, a table on the terminal, docs/benchmarks.md and its picture."""

import argparse
import importlib
import shutil
from time import perf_counter

from rich.console import Console

from benchmarks.bench import Bench
from benchmarks.report import Section, draw, markdown, show
from benchmarks.sides import ROOT, Side, Workers
from runner.figures.style import png

ROWS = (
    "adam_step",
    "learned",
    "powell",
    "denoiser",
    "vae_epoch",
    "convolutions",
    "growth",
    "startup",
    "many",
)
DOCUMENTS = ROOT / "docs"


def main() -> None:
    """Run the rows that are asked for; only all of them, in full, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these of {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="everything once, to see that it works")
    given = parser.parse_args()
    if unknown := set(given.rows) - set(ROWS):
        parser.error(f"no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    console, start = Console(), perf_counter()
    sections = [run(name, given.quick, console) for name in given.rows or ROWS]
    minutes = (perf_counter() - start) / 60
    console.print(f"{minutes:.1f} minutes in all")
    if not given.quick and not given.rows:
        comparisons = [comparison for section in sections for comparison in section.comparisons]
        (DOCUMENTS / "benchmarks.md").write_text(markdown(sections, minutes), encoding="utf-8")
        (DOCUMENTS / "benchmarks.png").write_bytes(png(draw(comparisons)))


def run(name: str, quick: bool, console: Console) -> Section:
    """Run one row and print what it finds as it comes."""
    module = importlib.import_module(f"benchmarks.rows.{name}")
    sides = [value for value in vars(module).values() if isinstance(value, Side)]
    missing = sorted(
        {side.needs for side in [*sides, *getattr(module, "SIDES", [])] if not side.is_installed}
    )
    console.rule(module.TITLE)
    if missing:
        console.print(f"not installed and left out: {', '.join(missing)}")
    comparisons = []
    with Workers() as workers:
        bench = Bench(quick, workers)
        try:
            for comparison in module.compare(bench):
                show(comparison, console)
                comparisons.append(comparison)
        finally:
            shutil.rmtree(bench.folder)
    return Section(module.TITLE, module.TEXT, comparisons, missing)


if __name__ == "__main__":
    main()
