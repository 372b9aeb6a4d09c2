"""Run every experiment with five seeds, and put what came out beside what was published.

`python -m tools.reproduce` (or `make reproduce`) runs what has not been run yet, two at a time on two
cores; stopped and called again, it goes on where it was. The tables of docs/results.md and the pictures are
made from the files it leaves in `results/reproduce/`.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from runner.compare.measures import MEASURES
from runner.config.file import load_config
from runner.config.keys import Config
from runner.console.process import tune_process
from tools.reference import DOCUMENTS, RESULTS_PAGE, ROOT, write_block
from training import cores

EXPERIMENTS = ROOT / "experiments"
RESULTS = ROOT / "results" / "reproduce"
SEEDS = range(5)
# Where a picture of the documents comes from.
PICTURES = {
    "three_fonts.png": "beyond_96_characters-seed0/plots/latent_glyphs.png",
    "denoising.png": "04_denoise_ours-seed0/plots/denoising.png",
    "digits_map.png": "14_mnist_adam_ours-seed0/plots/latent_map.png",
    "digits_manifold.png": "14_mnist_adam_ours-seed0/plots/decoded_grid.png",
}

# Row 8: each network of the documents, and the experiment of each minimizer on it.
MINIMIZER_RUNS = {
    "32 letters, [35, 20, 10, 20, 35]": {
        "Powell": "01_latent10_published",
        "L-BFGS": "08_latent10_lbfgs",
        "Adam": "08_latent10_adam",
        "Adam of the slides": "08_latent10_adam_deck",
    },
    "32 letters, [35, 20, 8, 2, 8, 20, 35]": {
        "Powell": "02_latent2_published",
        "L-BFGS": "08_latent2_lbfgs",
        "Adam": "08_latent2_adam",
        "Adam of the slides": "08_latent2_adam_deck",
    },
    "10 letters, [35, 10, 5, 2, 5, 10, 35]": {
        "Powell": "03_ten_letters_published",
        "L-BFGS": "08_ten_letters_lbfgs",
        "Adam": "08_ten_letters_adam",
        "Adam of the slides": "08_ten_letters_adam_deck",
    },
}


@dataclass(frozen=True)
class Job:
    """One experiment with one seed."""

    experiment: str
    seed: int

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.experiment}-seed{self.seed}"

    @property
    def config(self) -> Config:
        """The experiment's config; pictures are drawn for the first seed only."""
        changes = {"seed": self.seed, "plots": self.seed == SEEDS[0]}
        return load_config(EXPERIMENTS / f"{self.experiment}.json", changes)

    def read(self, file: str) -> dict:
        """A JSON file of its folder; empty if it is not there."""
        path = RESULTS / self.name / file
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def is_done(self) -> bool:
        """Whether it was finished with the config that it has now."""
        return self.read("run.json").get("status") == "done" and (
            self.read("config.json") == self.config.model_dump()
        )

    def run(self) -> str:
        """Run it from the start; returns its name."""
        from runner.console.terminal import Terminal
        from runner.run import run_and_save

        shutil.rmtree(RESULTS / self.name, ignore_errors=True)
        with cores.at_most(1):  # There are as many such processes.
            run_and_save(self.config, RESULTS, self.name, Terminal(quiet=True))
        return self.name


def experiment_names() -> list[str]:
    """Every experiment, those that take longest first, so that no core waits at the end."""
    names = sorted(path.stem for path in EXPERIMENTS.glob("*.json"))
    configs = {name: load_config(EXPERIMENTS / f"{name}.json") for name in names}

    def work(name: str) -> int:
        config = configs[name]
        return config.noisy_copies * config.epochs * (10_000 if config.minimizer == "powell" else 1)

    return sorted(names, key=work, reverse=True)


def seeds_of(experiment: str) -> range:
    """Five seeds for a font; one for images, whose figures differ little between seeds."""
    return SEEDS[:1] if Job(experiment, 0).config.data == "images" else SEEDS


def reproduce() -> None:
    """Run what is missing, then write the table and the pictures."""
    run_missing([Job(name, seed) for name in experiment_names() for seed in seeds_of(name)])
    write_documents()


def run_missing(jobs: list[Job]) -> None:
    """Run those that are not done yet, as many at a time as there are cores."""
    from joblib import Parallel, delayed

    missing = [job for job in jobs if not job.is_done()]
    print(f"{len(jobs) - len(missing)} of {len(jobs)} runs are there already", flush=True)
    parallel = Parallel(n_jobs=os.cpu_count(), return_as="generator_unordered")
    for count, name in enumerate(parallel(delayed(job.run)() for job in missing), start=1):
        print(f"{count:4} of {len(missing)}  {name}", flush=True)


def write_documents() -> None:
    """The tables and the pictures of the documents."""
    from runner.figures.style import png
    from tools.minimizer_figure import draw_minimizers

    write_block(RESULTS_PAGE, "results", results_table())
    write_block(RESULTS_PAGE, "minimizers", minimizers_table())
    for name, source in PICTURES.items():
        shutil.copyfile(RESULTS / source, DOCUMENTS / name)
    (DOCUMENTS / "minimizers.png").write_bytes(png(draw_minimizers(minimizer_curves())))


def results_table() -> str:
    """A row for each published setting: published, ours as published, ours with our recipe, limit."""
    lines = [
        "| # | setting | published | ours, as published: mean (best) | our recipe: mean (best)"
        " | linear (PCA) or Bayes limit |",
        "|---|---|---|---|---|---|",
    ]
    for name in sorted(path.stem for path in EXPERIMENTS.glob("*_published.json")):
        published, recipe = figures(name), name.replace("_published", "_ours")
        has_recipe = (EXPERIMENTS / f"{recipe}.json").exists()
        config = Job(name, 0).config
        said = f"{config.published.error:g}" if config.published else "pictures"
        cells = [str(int(name[:2])), config.note, said, spread(published)]
        cells += [spread(figures(recipe)) if has_recipe else "", published["limit"]]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def minimizers_table() -> str:
    """Row 8: for each network and minimizer the error reached, the evaluations and the seconds it took."""
    lines = [
        "| network | minimizer | accumulated error: mean (best) | evaluations | seconds |",
        "|---|---|---|---|---|",
    ]
    for network, experiments in MINIMIZER_RUNS.items():
        for minimizer, experiment in experiments.items():
            summaries = [Job(experiment, seed).read("summary.json") for seed in SEEDS]
            evaluations, seconds = (
                mean(summary[key] for summary in summaries) for key in ("evaluations", "training_seconds")
            )
            cells = [
                network,
                minimizer,
                spread(figures(experiment)),
                f"{evaluations:,.0f}",
                f"{seconds:.3g}",
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def minimizer_curves() -> dict[str, dict[str, list[Path]]]:
    """The `metrics.csv` files behind that table."""
    return {
        network: {
            minimizer: [RESULTS / Job(experiment, seed).name / "metrics.csv" for seed in SEEDS]
            for minimizer, experiment in experiments.items()
        }
        for network, experiments in MINIMIZER_RUNS.items()
    }


def figures(experiment: str) -> dict:
    """The errors of the seeds, how many learned everything, and the limit beside them."""
    summaries = [Job(experiment, seed).read("summary.json") for seed in seeds_of(experiment)]
    error, limit, limit_name = measure_of(summaries[0])
    counts = error == "accumulated_error"
    return {
        "errors": [summary[error] for summary in summaries],
        "limit": limit_text(summaries, limit, limit_name) if limit else "",
        "excesses": [
            summary["test_excess_error"] for summary in summaries if "test_excess_error" in summary
        ],
        "learned": sum(s["total_wrong_pixels"] == 0 for s in summaries) if counts else None,
    }


def measure_of(summary: dict) -> tuple[str, str | None, str]:
    """The error of a run, its limit, and what that is called."""
    return next(measure for measure in MEASURES if measure[0] in summary)


def limit_text(summaries: list[dict], limit: str, name: str) -> str:
    """`1.56 ± 0.008 Bayes`; a limit that is computed exactly has no standard error."""
    error = summaries[0].get(limit.replace("_accumulated_error", "_standard_error"))
    beside = f" ± {error:.1g}" if error else ""
    return f"{mean(summary[limit] for summary in summaries):.3g}{beside} {name}"


def spread(found: dict) -> str:
    """`mean (best)`, and how many of the seeds learned every character, or how far above Bayes they are."""
    errors = found["errors"]
    if len(errors) == 1:
        return f"{errors[0]:.2f}"
    text = f"{mean(errors):.3g} ({min(errors):.3g})"
    if found["excesses"]:
        return f"{text}, {mean(found['excesses']):.2g} above Bayes"
    return text if found["learned"] is None else f"{text}, {found['learned']}/{len(errors)} learned all"


if __name__ == "__main__":
    tune_process()
    reproduce()
