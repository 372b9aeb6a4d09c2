"""Run what the slides published with twenty seeds, and say where their figure lies among ours.

A figure of the slides is that of one run. `python -m tools.quantiles` (or `make quantiles`) runs what has
not been run yet, beside the runs of `tools.reproduce`, which are the first five seeds; stopped and called
again, it goes on where it was.
"""

from collections.abc import Sequence
from statistics import median

from runner.console.process import tune_process
from tools.reference import RESULTS_PAGE, write_block
from tools.reproduce import Job, experiment_names, measure_of, run_missing

SEEDS = range(20)
# The row whose program is not public, so that nobody knows what its figures are draws of.
UNKNOWN = "13_"


def published_figures() -> dict[str, float]:
    """The experiments on fonts that the slides have a figure of, those that take longest first."""
    names = [name for name in experiment_names() if name.endswith("_published")]
    configs = {name: Job(name, 0).config for name in names if not name.startswith(UNKNOWN)}
    return {
        name: config.published.error
        for name, config in configs.items()
        if config.published and config.data == "font"
    }


def run_and_write() -> None:
    """Run what is missing, then write the table."""
    run_missing([Job(name, seed) for name in published_figures() for seed in SEEDS])
    write_block(RESULTS_PAGE, "quantiles", quantiles_table())


def quantiles_table() -> str:
    """A row for each figure that there are runs beside."""
    lines = [
        "| # | setting | published | seeds | lowest | median | highest | the published figure |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, figure in sorted(published_figures().items()):
        if errors := errors_of(name):
            spread = [f"{error:.3g}" for error in (min(errors), median(errors), max(errors))]
            row, setting = str(int(name[:2])), Job(name, 0).config.note
            cells = [row, setting, f"{figure:.4g}", str(len(errors)), *spread, place(figure, errors)]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def errors_of(experiment: str) -> list[float]:
    """The errors of the seeds that were run."""
    done = [job for job in (Job(experiment, seed) for seed in SEEDS) if job.is_done()]
    summaries = [job.read("summary.json") for job in done]
    return [summary[measure_of(summary)[0]] for summary in summaries]


def place(figure: float, errors: Sequence[float]) -> str:
    """Above how many of the errors a figure lies."""
    lower = sum(error < figure for error in errors)
    extremes = {0: f"below all {len(errors)}", len(errors): f"above all {len(errors)}"}
    return extremes.get(lower, f"above {lower} of {len(errors)}")


if __name__ == "__main__":
    tune_process()
    run_and_write()
