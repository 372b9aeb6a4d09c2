"""What the scripts of a page work with."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from runner.data import Data
from runner.figures.style import CLASS_COLORS
from runner.page.curve import curve_facts
from runner.page.facts import picture_classes, picture_names
from runner.page.laboratory import laboratory_facts
from runner.page.misplaced import misplaced_facts
from runner.page.moments import moments_facts
from runner.page.packing import packed, packed_levels, packed_networks, packed_plane, packed_spread
from runner.page.region import region_facts
from runner.result.learning import learning
from runner.result.result import MOST_MOVING, Result

MOST_SHOWN_PIXELS = 8_000_000
# So many pixels of few pictures find room in a page, whatever they show.
MOST_DRAWN_PIXELS = 700_000


def draws_each(result: Result) -> bool:
    """Whether the map draws every picture at its code; otherwise dots stand for them."""
    return result.data.is_few and result.pixels.size <= MOST_DRAWN_PIXELS


def shown_rows(result: Result) -> np.ndarray:
    """The judged pictures that are on the map, in its order: each that is drawn, or a fair sample."""
    if draws_each(result):
        return np.arange(len(result.pixels))
    most = min(MOST_MOVING, MOST_SHOWN_PIXELS // result.pixels.shape[1])
    return result.shuffled[: max(most, 1)]


def contents(result: Result, rows: np.ndarray) -> dict[str, Any]:
    """Everything that can be pointed at; `rows` are the pictures on the map."""
    data, codes = result.data, result.codes.means[rows]
    is_drawn = draws_each(result)
    encoder, decoder = packed_networks(*result.model.layers())
    return {
        "cell": data.cell,
        "isInk": data.is_ink,
        "isBinary": data.is_binary,
        "isKnown": result.known is not None,
        "names": picture_names(result, rows.tolist()),
        **_classes(data, rows),
        "errors": [float(f"{error:.4g}") for error in result.errors[rows]],
        "wrong": None if result.wrong is None else result.wrong[rows].sum(axis=1).tolist(),
        "pixels": packed_levels(result.pixels[rows]),
        "codes": packed(codes if is_drawn else codes.astype(np.float32)),
        "generated": result.config.generate,
        "noise": {
            "kind": result.config.noise,
            "probability": result.config.noise_probability,
            "amount": result.config.max_noise,
        },
        "plane": packed_plane(result.plane),
        "region": region_facts(result.region),
        "encoder": encoder,
        "spread": packed_spread(result.model.spread_layer()) if encoder else None,
        "decoder": decoder,
        "isConditional": result.model.classes > 0,
        "isDrawn": is_drawn,
        "misplaced": misplaced_facts(result),
        "moments": moments_facts(result, rows, has_encoder=encoder is not None) if decoder else None,
        "laboratory": laboratory_facts(result, holds_all=is_drawn),
        "curve": curve_facts(learning(result)),
    }


def _classes(data: Data, rows: np.ndarray) -> dict[str, Sequence]:
    names = [] if data.judged.labels is None else data.class_names
    return {"classes": picture_classes(data, rows), "classNames": names, "colors": CLASS_COLORS}
