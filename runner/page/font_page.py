"""`explore.html` of an experiment on a font."""

from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from latent.plane import Plane
from runner.figures.font_figures import limits
from runner.figures.latent_figures import plane_labels
from runner.font_model import FontModel
from runner.font_result import FontResult
from runner.page.facts import config_tables, counted, headline, number_text, summary_table
from runner.page.html_page import bokeh_script, html_page, layer_bars, own_script, template
from runner.page.packing import packed, packed_network, packed_plane
from runner.page.plots import bounds, error_plot, glyph_map, item

SCRIPTS = ("forward.js", "theme.js", "pixels.js", "map.js", "glyphs.js", "fonts.js")
TERRITORY_SIDE = 120
# So many values of a layer are computed at once: a few calls for a small network, a bounded memory for all.
MOST_VALUES = 100_000
ABOVE_LINE = (-0.2, 1.0)
DENOISING = " It learned to draw clean characters from noisy ones."
SLICE = """ The map is the plane of the first two principal components of the codes: a slice through
more dimensions, on which a character may lie only nearly."""


def font_page(result: FontResult) -> str:
    """The page as HTML."""
    config, font, latent = result.config, result.font, result.network.latent_size
    title = f"{counted(len(font), 'character')} through {counted(latent, 'number')}"
    data_name = " + ".join(Path(name).name for name in config.font_set)
    body = template("fonts.html").substitute(
        headline=escape(headline(config, data_name, int(result.summary["epochs_run"]))),
        title=title,
        note=escape(config.note),
        pixels=font.rows * font.columns,
        numbers=counted(latent, "number"),
        more=(DENOISING if config.mode == "DAE" else "") + (SLICE if latent > 2 else ""),
        bars=layer_bars(result.network.sizes),
        limits="".join(f"<li class=limit>{escape(text)}</li>" for text in _limit_texts(result)),
        summary=summary_table(result.summary),
        config=config_tables(config),
    )
    scripts = [bokeh_script(), own_script(*SCRIPTS)]
    return html_page(f"{title} · {data_name}", body, scripts, font_data(result))


def font_data(result: FontResult) -> dict[str, Any]:
    """What the page's scripts work with."""
    config, font, network = result.config, result.font, result.network
    labels = plane_labels(network.latent_size)
    places = result.plane.project(result.codes)
    learned = ~result.wrong.any(axis=1)
    pixels = font.pixels.reshape(-1, font.rows, font.columns)
    layers = packed_network(network, result.best.parameters)
    histories = [restart.history.error for restart in result.restarts]
    return {
        "cell": [font.rows, font.columns],
        "names": font.labels,
        "pixels": packed(font.pixels.astype(np.uint8)),
        "codes": packed(result.codes),
        "wrong": result.wrong.sum(axis=1).tolist(),
        "generated": config.generate,
        "noise": config.noise_probability,
        "plane": packed_plane(result.plane, labels),
        "encoder": layers[: network.encoder_depth],
        "decoder": layers[network.encoder_depth :],
        "map": item(
            glyph_map(places, pixels, learned, labels, territories(result.model, result.plane, places))
        ),
        "curve": item(error_plot(histories, result.best_index, limits(result))),
    }


def territories(model: FontModel, plane: Plane, places: np.ndarray) -> tuple[tuple[float, ...], np.ndarray]:
    """How many pixels the decoder's pictures differ from the nearest character, all over the map.

    Returns the extent `(left, right, bottom, top)` around `places` `(characters, 2)`, and the numbers
    `(rows, columns)`, the top row first.
    """
    # Along a line all rows are the same, and the characters stand above it.
    one_line = not places[:, 1].any()
    extent = (*bounds(places[:, 0]), *(ABOVE_LINE if one_line else bounds(places[:, 1])))
    middles = (np.arange(TERRITORY_SIDE) + 0.5) / TERRITORY_SIDE
    across = extent[0] + middles * (extent[1] - extent[0])
    down = np.zeros(1) if one_line else extent[3] - middles * (extent[3] - extent[2])
    points = np.stack(np.meshgrid(across, down), axis=-1)
    at_once = max(MOST_VALUES // (TERRITORY_SIDE * max(model.network.sizes)), 1)
    parts = (points[start : start + at_once] for start in range(0, len(points), at_once))
    return extent, np.concatenate([model.decode(plane.lift(part)).distance for part in parts])


def _limit_texts(result: FontResult) -> list[str]:
    return [f"{name}: {number_text(value)}" for name, value in limits(result).items()]
