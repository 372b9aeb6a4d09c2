"""From a config to a result, in memory: nothing is written and nothing is printed."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from autoencoder.network import Network
from autoencoder.objective import Problem
from autoencoder.plan import Plan
from autoencoder.recorder import Report
from autoencoder.streams import Stream, generator
from autoencoder.training import train
from fonts import FontError, FontSet, load_fonts
from runner.config import Config
from runner.errors import UserError
from runner.result import FontResult, noise_of

LARGEST_MEMORY = 4 * 2**30


def run_experiment(config: Config, report: Report | None = None) -> FontResult:
    """Train what `config` describes; `report(epoch, error)` hears of every epoch.

    Raises UserError for a font that does not fit the config and for a network too large to train.
    """
    return prepare(config).run(report)


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

    def run(self, report: Report | None = None) -> FontResult:
        """Train."""
        start = perf_counter()
        restarts = train(self.problem, self.plan, report)
        seconds = perf_counter() - start
        return FontResult(self.config, self.font, self.problem, restarts, seconds)


def prepare(config: Config) -> FontExperiment:
    """Everything that can be checked before training; raises UserError if it cannot be trained."""
    if config.sweep:
        raise UserError("sweep: sweeps are not built yet; set it to []")
    if config.mode not in EXPERIMENTS:
        raise UserError(f"mode: {config.mode} is not built yet; use {', '.join(EXPERIMENTS)}")
    return EXPERIMENTS[config.mode](config)


EXPERIMENTS = {"DEFAULT": FontExperiment.prepare, "DAE": FontExperiment.prepare}


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
