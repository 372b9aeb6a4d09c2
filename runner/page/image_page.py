"""`explore.html` of an experiment on images."""

from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import norm

from runner.figures.latent_figures import plane_labels
from runner.figures.style import CLASS_COLORS
from runner.image_result import GRID_SIDE, LARGEST_QUANTILE, SMALLEST_QUANTILE, ImageResult
from runner.page.facts import config_tables, counted, headline, summary_table
from runner.page.html_page import bokeh_script, html_page, layer_bars, own_script, template
from runner.page.packing import packed, packed_layer, packed_plane
from runner.page.plots import dot_map, item, loss_plot
from vae.trained import TrainedVae

SCRIPTS = ("forward.js", "theme.js", "pixels.js", "map.js", "grid.js", "images.js")
MOST_IMAGES, MOST_IMAGE_BYTES = 3000, 8_000_000
LARGEST_PAGE, LARGEST_DECODER = 5_000_000, 2_400_000
SUBSET_SEED = 0
# With the ten colours, enough for sixty classes.
MARKERS = ("circle", "square", "triangle", "diamond", "inverted_triangle", "star")
QUANTILE_STEPS = 401
# With this slope 1 / (1 + exp(−2·beta·x)) is the logistic function of the variational autoencoder.
BETA = 0.5


def image_page(result: ImageResult) -> str:
    """The page as HTML, with as many test images as fit LARGEST_PAGE, at most MOST_IMAGES."""
    tests = len(result.test_pixels)
    count = min(tests, MOST_IMAGES, max(MOST_IMAGE_BYTES // result.test_pixels.shape[1], 1))
    order = np.random.default_rng(SUBSET_SEED).permutation(tests)
    decoder = packed_decoder(result.trained)
    while len(page := _page(result, order[:count], decoder)) > LARGEST_PAGE and count > 1:
        count //= 2
    return page


def packed_decoder(trained: TrainedVae) -> list[dict[str, Any]] | None:
    """The decoder up to its pixels, float16; None if it is too large for the page."""
    most = np.finfo(np.float16).max
    layers = []
    for layer in trained.plan.decoder_layers(trained.pixels):
        kernel, bias = (trained.weights[f"{layer.name}_{part}"] for part in ("kernel", "bias"))
        parts = (np.clip(part, -most, most).astype(np.float16) for part in (kernel.T, bias))
        weights, bias = parts
        layers.append(packed_layer(weights, bias, layer.activation, BETA))
    # Keras ends with logits, the page with pixels.
    layers[-1]["activation"] = "logistic"
    size = sum(len(layer["weights"]["data"]) for layer in layers)
    return layers if size <= LARGEST_DECODER else None


def _page(result: ImageResult, rows: np.ndarray, decoder: list[dict[str, Any]] | None) -> str:
    config, latent = result.config, result.config.latent_layer_neurons
    name = Path(result.images.name).name
    title = f"{name} through {counted(latent, 'number')}"
    pixels, hidden = result.test_pixels.shape[1], config.neurons_per_layer
    body = template("images.html").substitute(
        headline=escape(headline(config, name, len(result.history.loss))),
        title=escape(title),
        note=escape(config.note),
        pixels=f"{pixels:,}",
        numbers=counted(latent, "number"),
        shown=counted(len(rows), "test image"),
        bars=layer_bars([pixels, *hidden, latent, *reversed(hidden), pixels]),
        summary=summary_table(result.summary),
        config=config_tables(config),
    )
    scripts = [bokeh_script(), own_script(*SCRIPTS)]
    return html_page(title, body, scripts, image_data(result, rows, decoder))


def image_data(
    result: ImageResult, rows: np.ndarray, decoder: list[dict[str, Any]] | None
) -> dict[str, Any]:
    """What the page's scripts work with; `rows` are the test images that it shows."""
    codes = result.codes[0][rows].astype(np.float32)
    labels = result.images.test_labels
    classes = np.zeros(len(rows), int) if labels is None else labels[rows]
    markers = [MARKERS[label // len(CLASS_COLORS) % len(MARKERS)] for label in classes.tolist()]
    axes = plane_labels(codes.shape[1])
    return {
        "cell": result.shape,
        "images": packed(result.test_pixels[rows]),
        "codes": packed(codes),
        "classes": classes.tolist(),
        "classNames": [] if labels is None else result.images.class_names,
        "colors": CLASS_COLORS,
        "plane": packed_plane(result.plane, axes),
        "quantiles": prior_quantiles(),
        "decoder": decoder,
        "map": item(dot_map(result.plane.project(codes), axes, classes, markers)),
        "curve": item(loss_plot(result.history.loss, result.history.validation_loss)),
    }


def prior_quantiles() -> dict[str, Any]:
    """The quantile function of the prior on a fine table of shares, and the sides of the grid.

    Half a step of the grid lies around its outermost pictures.
    """
    half = (LARGEST_QUANTILE - SMALLEST_QUANTILE) / (GRID_SIDE - 1) / 2
    shares = np.linspace(SMALLEST_QUANTILE - half, LARGEST_QUANTILE + half, QUANTILE_STEPS)
    return {"side": GRID_SIDE, "shares": shares.tolist(), "values": norm.ppf(shares).tolist()}
