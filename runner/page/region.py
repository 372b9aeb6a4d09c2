"""Where the decoder is asked to draw everywhere, as `views.js` shows it."""

from functools import singledispatch
from typing import Any

import numpy as np

from latent.region import LARGEST_QUANTILE, SMALLEST_QUANTILE, NormalPrior, RangeOfCodes, Region
from runner.result.result import GRID_SIDE

QUANTILE_STEPS = 401
SHARES = """The axes are shares of the prior, a standard normal: each picture stands for the same share of
it."""
BOX = "The pictures fill what is seen of the map."
OTHERS = " All numbers but those of the two axes are those of the code at the point."


@singledispatch
def region_facts(region: Region) -> dict[str, Any]:
    """The ranges of its axes (left, right, bottom, top), and how many pictures fill them.

    Half a step of the grid lies around its outermost pictures. `quantiles`, if there are any, lead from
    the axes to the `varied` latent numbers; without them the axes are those of the plane.
    """
    raise NotImplementedError(type(region).__name__)


@region_facts.register
def _prior(region: NormalPrior) -> dict[str, Any]:
    from scipy.special import ndtri

    is_plane = region.latent > 1
    low, high = _widened(SMALLEST_QUANTILE, LARGEST_QUANTILE)
    shares = np.linspace(low, high, QUANTILE_STEPS)
    return {
        "varied": region.varied[: region.latent],
        "ranges": [low, high, *((low, high) if is_plane else (-1, 1))],
        "columns": GRID_SIDE,
        "rows": GRID_SIDE if is_plane else 1,
        "quantiles": {"shares": shares.tolist(), "values": ndtri(shares).tolist()},
        "help": SHARES + OTHERS * (region.latent > 2),
    }


@region_facts.register
def _range(region: RangeOfCodes) -> dict[str, Any]:
    (left, bottom), (right, top) = region.low.tolist(), region.high.tolist()
    is_plane = top > bottom
    return {
        "ranges": [*_widened(left, right), *(_widened(bottom, top) if is_plane else (bottom - 1, top + 1))],
        "columns": GRID_SIDE,
        "rows": GRID_SIDE if is_plane else 1,
        "quantiles": None,
        "help": BOX + OTHERS * (len(region.plane.origin) > 2),
    }


def _widened(low: float, high: float) -> tuple[float, float]:
    """The range with half a step more at each end, and some width in any case."""
    half = (high - low) / (GRID_SIDE - 1) / 2 or 1.0
    return low - half, high + half
