"""The autoencoder of a font (modes DEFAULT and DAE): what is trained, and how it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from autoencoder.network import Network
from autoencoder.objective import Problem
from autoencoder.plan import Plan
from autoencoder.training import train
from fonts import FontError, FontSet, load_fonts
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.font_result import FontResult, noise_of
from runner.storage.csv_text import Table
from runner.tables.font_tables import TABLES
from training.streams import Stream, generator
from training.watch import Watch

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LARGEST_MEMORY = 4 * 2**30


@dataclass(frozen=True)
class FontExperiment:
    """The autoencoder of a font, ready to be trained."""

    config: Config
    font: FontSet
    problem: Problem
    plan: Plan

    @classmethod
    def prepare(cls, config: Config) -> "FontExperiment":
        """Load the font and lay out the network, or say what does not fit."""
        font = load_font_set(config)
        network = build_network(config, font)
        plan = training_plan(config)
        copies = config.noisy_copies if config.mode == "DAE" else 1
        check_size(network, plan, copies * len(font))
        return cls(config, font, build_problem(config, font, network), plan)

    def run(self, watch: Watch) -> FontResult:
        """Train."""
        start = perf_counter()
        restarts = train(self.problem, self.plan, watch)
        seconds = watch.earlier_seconds + perf_counter() - start
        return FontResult(self.config, self.font, self.problem, restarts, seconds)

    @property
    def data_sha256(self) -> str:
        """The content hash of the characters."""
        return self.font.sha256

    def tables(self, result: FontResult) -> dict[str, Table]:
        """The CSV files by name."""
        return {name: table(result) for name, table in TABLES.items()}

    def figures(self, result: FontResult) -> Iterator[tuple[str, "Figure"]]:
        """The pictures by name."""
        # Half a second of imports that a run without pictures does not need.
        from runner.figures.font_figures import draw_figures

        return draw_figures(result)

    def pages(self, result: FontResult) -> dict[str, str]:
        """The interactive page and the notebook by name."""
        # Bokeh takes half a second to import.
        from runner.page.font_page import font_page
        from runner.page.notebook import font_notebook

        return {"explore.html": font_page(result), "notebook.html": font_notebook(result)}

    def describe(self, result: FontResult) -> list[str]:
        """The last words of a run: what was trained, what it learned, and the figures beside it."""
        return describe(result)


def describe(result: FontResult) -> list[str]:
    """The last words of a run: what was trained, what it learned, and the figures beside it."""
    config, summary = result.config, result.summary
    wrong = summary["total_wrong_pixels"]
    published = (
        f"published: {config.published.error:.4g}, {config.published.source}" if config.published else ""
    )
    pca = f"PCA of size {config.latent_layer_neurons}: {summary['pca_accumulated_error']:.4g}"
    rows = [
        (
            "characters learned",
            f"{summary['characters_learned']} of {summary['characters']}",
            f"{wrong} wrong pixel{'s' * (wrong != 1)}",
        ),
        ("accumulated error", f"{summary['accumulated_error']:.4g}", pca),
    ]
    if result.test is not None:
        bayes = f"the best possible denoiser: {summary['bayes_accumulated_error']:.4g}"
        rows.append(("error on new noise", f"{summary['test_accumulated_error']:.4g}", bayes))
    if published:
        rows[-1] = (*rows[-1][:2], f"{rows[-1][2]}; {published}")
    if summary["restarts"] > 1:
        learned = f"{summary['restarts_learned_all']} of {summary['restarts']}"
        rows.append(("restarts that learned all", learned, f"seed {result.best.seed} is kept"))
    headline = (
        f"{result.network.sizes} learned {' + '.join(config.font_set)} with {config.minimizer}:"
        f" {summary['epochs_run']} epochs in {summary['training_seconds']:.1f} s"
    )
    lines = [headline, *(f"  {name:25} {value:>10}   ({beside})" for name, value, beside in rows)]
    if result.diverged:
        lines.append("  The training diverged; these are its best parameters until then.")
        lines.append("  Write a smaller learning_rate.")
    return lines


def load_font_set(config: Config) -> FontSet:
    """The characters that `config` asks for."""
    try:
        font = load_fonts(config.font_set)
        if config.characters is not None:
            return font.only(config.characters)
        if config.font_subset_size is not None:
            return font.first(config.font_subset_size)
        return font
    except FontError as error:
        raise UserError(str(error)) from None


def build_network(config: Config, font: FontSet) -> Network:
    """The autoencoder of `config` for the cells of `font`."""
    return Network.mirrored(
        [font.rows * font.columns, *config.neurons_per_layer, config.latent_layer_neurons],
        (config.encoder_activation, config.latent_activation, config.decoder_activation),
        bias=config.bias,
        beta=config.beta,
    )


def build_problem(config: Config, font: FontSet, network: Network) -> Problem:
    """The characters themselves as inputs, or in mode DAE noisy copies of them, and as targets."""
    if config.mode == "DEFAULT":
        return Problem(network, font.pixels, font.pixels, config.loss, config.precision)
    noise = noise_of(config)
    targets = np.tile(font.pixels, (config.noisy_copies, 1))

    def noisy(epoch: int) -> np.ndarray:
        return noise.corrupt(targets, generator(config.seed, Stream.NOISE, epoch))

    return Problem(
        network,
        noisy(0),
        targets,
        config.loss,
        config.precision,
        fresh_inputs=noisy if config.fresh_noise else None,
        copies=config.noisy_copies,
    )


def training_plan(config: Config) -> Plan:
    """The keys of `config` that say how to train."""
    return Plan(**{name: getattr(config, name) for name in Plan.__dataclass_fields__})


def check_size(network: Network, plan: Plan, examples: int) -> None:
    """Raise UserError if training would need more than LARGEST_MEMORY, before anything is allocated."""
    weights = network.parameter_count
    most_weights = int((LARGEST_MEMORY / 8) ** 0.5)
    if plan.minimizer == "powell" and weights > most_weights:
        raise UserError(
            f"minimizer: powell keeps a matrix of weights × weights and fits {most_weights:,} weights;"
            f" neurons_per_layer gives {weights:,}, so take fewer or another minimizer"
        )
    # Parameters, gradient, best, moments and scratch; units, deltas and scratch of every layer.
    one_network = 8 * (7 * weights + 4 * examples * sum(network.sizes))
    if one_network > LARGEST_MEMORY:
        raise UserError(
            f"neurons_per_layer: {weights:,} weights need {one_network / 2**30:.0f} GiB to train;"
            f" {LARGEST_MEMORY / 2**30:.0f} GiB are allowed, so take fewer neurons or layers"
        )
    if one_network * plan.restarts > LARGEST_MEMORY:
        raise UserError(
            f"restarts: got {plan.restarts}; at most {LARGEST_MEMORY // one_network} networks of this"
            " size can be trained together"
        )
    # Of each epoch the recorder keeps two arrays, two numbers, and what Python spends on them.
    one_epoch = 300 + 16 * plan.restarts
    if one_epoch * plan.epochs > LARGEST_MEMORY:
        raise UserError(
            f"epochs: got {plan.epochs:,}; the history of {plan.restarts:,} restarts fits at most"
            f" {LARGEST_MEMORY // one_epoch:,}"
        )
