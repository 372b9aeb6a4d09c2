"""Which places of the map belong to which picture: what the decoder draws there, held against the set."""

import numpy as np

from runner.page.plots import glyph_extent
from runner.result.result import Result

TERRITORY_SIDE = 120
# So many values of a layer are computed at once: a few calls for a small network, a bounded memory for all.
MOST_VALUES = 100_000

Territories = tuple[tuple[float, ...], np.ndarray]


def territories(result: Result) -> Territories | None:
    """How many pixels the decoder's pictures differ from the nearest known one, all over the map.

    Returns the extent `(left, right, bottom, top)` of the map, and the numbers `(rows, columns)`, the top
    row first; None where drawings are not held against known pictures.
    """
    if result.known is None:
        return None
    extent, points = _points(result.places)
    widest = max(*result.model.sizes, len(result.known))
    at_once = max(MOST_VALUES // (TERRITORY_SIDE * widest), 1)
    parts = (points[start : start + at_once] for start in range(0, len(points), at_once))
    return extent, np.concatenate([result.decode(result.plane.lift(part)).distance for part in parts])


def _points(places: np.ndarray) -> tuple[tuple[float, ...], np.ndarray]:
    """The extent of the map, and points `(rows, columns, 2)` all over it; one row for a line."""
    extent = glyph_extent(places)
    middles = (np.arange(TERRITORY_SIDE) + 0.5) / TERRITORY_SIDE
    across = extent[0] + middles * (extent[1] - extent[0])
    down = extent[3] - middles * (extent[3] - extent[2]) if places[:, 1].any() else np.zeros(1)
    return extent, np.stack(np.meshgrid(across, down), axis=-1)
