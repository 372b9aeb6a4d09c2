"""The pictures that an encoder misplaces most, for a layer over the map of a page."""

from typing import Any

import numpy as np

from runner.numbers import nats_text
from runner.page.facts import one, picture_classes, picture_names
from runner.page.html_page import template
from runner.page.packing import packed, packed_levels
from runner.result.concentration import concentration
from runner.result.result import Result


def misplaced_facts(result: Result) -> dict[str, Any] | None:
    """Which they are, the worst first: their codes, where these should be, and what that costs.

    They are on the page whether or not the map has room for them. None where that is not known.
    """
    losses, rows = result.losses, result.misplaced
    if losses is None or not len(rows):
        return None
    names = picture_names(result, rows.tolist())
    if not result.data.is_few:  # of which many have one name: the row of the tables tells them apart
        names = [f"{name} #{row}" for name, row in zip(names, rows.tolist(), strict=True)]
    return {
        "names": names,
        "classes": picture_classes(result.data, rows),
        "pixels": packed_levels(result.data.judged.levels(rows)),
        "codes": packed(result.codes.means[rows].astype(np.float32)),
        "best": packed(losses.best.means[rows].astype(np.float32)),
        "nats": [float(f"{lost:.3g}") for lost in losses.amortization_gap[rows].tolist()],
    }


def misplaced_parts(result: Result) -> dict[str, str]:
    """The button and the panel of the layer as HTML; nothing of it where there are none."""
    losses, noun = result.losses, result.data.noun
    if losses is None or not len(result.misplaced):
        return {"misplaced_button": "", "misplaced": ""}
    misplaced, normal = losses.amortization_gap.mean(), losses.approximation_gap.mean()
    words = {
        "noun": noun,
        "one": one(noun),
        "lost": nats_text(misplaced + normal),
        "by_code": nats_text(misplaced),
        "by_normal": nats_text(normal),
        "held": concentration(losses.amortization_gap, noun),
    }
    button, panel = (template(f"{name}.html") for name in ("misplaced_button", "misplaced"))
    return {"misplaced_button": button.substitute(words), "misplaced": panel.substitute(words)}
