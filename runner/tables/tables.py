"""The tables that every result has: each function returns a header and rows."""

from collections.abc import Callable

from runner.result.result import Result
from runner.storage.csv_text import Table
from runner.tables.decoded import generated, grid, interpolations
from runner.tables.examples import latent, reconstructions
from runner.tables.history import metrics, restarts

TABLES: dict[str, Callable[[Result], Table]] = {
    "metrics.csv": metrics,
    "latent.csv": latent,
    "reconstructions.csv": reconstructions,
    "interpolations.csv": interpolations,
    "generated.csv": generated,
    "grid.csv": grid,
    "restarts.csv": restarts,
}
