"""Where the nats of a variational autoencoder go."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from runner.figures.style import GREEN, INK, ORANGE, PALE, label_plainly, new_figure, thinned
from runner.numbers import nats_text
from runner.result.concentration import concentration

if TYPE_CHECKING:
    from vae.likelihood import Losses

MOST_VERTICES = 2000
# Less than this is drawn as this, in nats.
LEAST = 1e-3


def nats_lost(losses: "Losses", noun: str) -> Figure:
    """What the pictures lose by their codes, those that lose most first."""
    misplaced, normal = losses.amortization_gap, losses.approximation_gap
    means = [part.mean() for part in (losses.negative_log_likelihood, normal, misplaced)]
    whole, drawn, by_normal, by_code = map(nats_text, (sum(means), *means))
    title = f"Where the nats go: {whole} = {drawn} that the decoder cannot draw + {by_normal} + {by_code}"
    curves = {
        f"{by_code}: the encoder misplaces": (misplaced, ORANGE),
        f"{by_normal}: the posterior is no normal": (normal, GREEN),
    }
    figure, axes = new_figure((8, 4.5), title, concentration(misplaced, noun))
    for name, (values, color) in curves.items():
        points = thinned(np.maximum(np.sort(values)[::-1], LEAST), MOST_VERTICES)
        axes.plot(
            100 * (points[:, 0] + 0.5) / len(values), points[:, 1], color=color, linewidth=2, label=name
        )
    axes.legend(loc="best", frameon=False, labelcolor="linecolor", fontsize=9)
    axes.set_yscale("log")
    label_plainly(axes.yaxis)
    axes.set_xlim(0, 100)
    axes.set_xlabel(f"percent of the {noun}s, those that lose most first")
    axes.set_ylabel(f"nats lost of one {noun}", color=INK)
    axes.grid(axis="y", color=PALE)
    return figure
