"""The pictures of a result, made of parts that ask the result what there is to draw."""

from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure

from runner.figures.curves import learning_curves
from runner.figures.decoded import interpolations, points_figure, rows_of
from runner.figures.maps import class_map, error_map, glyph_map, labelled_map
from runner.figures.pictures import (
    denoising,
    picture_errors,
    pixel_values,
    reconstruction_rows,
    reconstructions,
)
from runner.figures.style import drawable, picture_grid
from runner.result.learning import learning
from runner.result.result import Result

Named = Iterator[tuple[str, Figure]]
# The values of a picture stand beside each other; of more pixels none could be told from the next.
MOST_PIXELS_IN_A_ROW = 160


def draw_figures(result: Result) -> Named:
    """Yield the name and the figure of every picture that a result has, drawn one at a time."""
    learned = learning(result)
    yield "error.png" if learned.is_logarithmic else "loss.png", learning_curves(learned)
    if result.data.is_few:
        yield from _each_picture(result)
    else:
        yield from _many_pictures(result)
    if result.test is not None:
        yield "denoising.png", _denoising(result)
    yield from _decoder(result)


def _names(result: Result) -> list[str]:
    return list(map(drawable, result.data.judged.captions))


def _each_picture(result: Result) -> Named:
    """Every picture reconstructed, at its code, and with its error."""
    data, names = result.data, _names(result)
    given, outputs = data.as_ink(result.inputs[0]), data.as_ink(result.outputs)
    missed = None if result.wrong is None else result.wrong.max(axis=1)
    yield "reconstructions.png", reconstructions(given, outputs, result.wrong, names, data.cell)
    yield "latent_map.png", _map_of_few(result, missed)
    pixels, labels = data.as_ink(result.pixels), result.plane.labels
    yield "latent_glyphs.png", glyph_map(result.places, pixels, data.cell, labels, data.noun)
    yield f"{data.noun}_errors.png", picture_errors(result.errors, missed, names, data.noun)
    if result.wrong is not None and data.rows * data.columns <= MOST_PIXELS_IN_A_ROW:
        yield "pixel_values.png", pixel_values(result.pixels, result.outputs, result.wrong, names)


def _map_of_few(result: Result, missed: np.ndarray | None) -> Figure:
    """By class, or where there are none by name."""
    data, plane = result.data, result.plane
    if data.judged.labels is not None:
        return _class_map(result)
    wanted = plane.project(result.generated.codes)
    return labelled_map(result.places, _names(result), missed, wanted, plane.labels, data.noun)


def _class_map(result: Result) -> Figure:
    data, title = result.data, _map_title(result)
    return class_map(result.places, data.judged.labels, data.class_names, result.plane.labels, title)


def _map_title(result: Result) -> str:
    return f"Latent space: one dot for each {result.data.part}{result.data.noun}"


def _many_pictures(result: Result) -> Named:
    """All of them as dots, and some reconstructed."""
    data = result.data
    if data.judged.labels is not None:
        yield "latent_map.png", _class_map(result)
    else:
        title = _map_title(result)
        yield "latent_map.png", error_map(result.places, result.errors, result.plane.labels, title)
    given, outputs = data.as_ink(result.inputs[0][result.shown]), data.as_ink(result.shown_outputs)
    yield "reconstructions.png", reconstruction_rows(given, outputs, data.cell)


def _denoising(result: Result) -> Figure:
    """Noise and what becomes of it: that of the training where these pictures were trained on, and new."""
    data, rows, test = result.data, result.shown, result.test
    assert test is not None
    boxes, said = [[test.inputs[0][rows], test.outputs[0][rows]]], "new noise"
    if data.test is None:
        boxes.insert(0, [result.inputs[0][rows], result.outputs[rows]])
        said = "top: noise of the training set; bottom: new noise"
    names = [_names(result)[row] for row in rows]
    return denoising(data.as_ink(np.array(boxes)).transpose(2, 0, 1, 3), names, data.cell, said)


def _decoder(result: Result) -> Named:
    """What it draws all over its region, between codes, at random and where it was asked."""
    data, names, region = result.data, _names(result), result.region
    places = region.coordinates(result.grid.codes)
    title = f"The decoder's pictures {region.words}"
    grid = data.as_ink(result.grid.pictures)
    yield "decoded_grid.png", picture_grid(grid, places, data.cell, region.labels, title)
    if result.pairs:
        yield "interpolations.png", _interpolations(result)
    if result.samples is not None:
        samples = data.as_ink(result.samples)
        yield "samples.png", rows_of(samples, data.cell, "Decoded random draws from the prior")
    if result.config.generate:
        drawn = result.generated if data.is_ink else result.generated.negative()
        yield "generated.png", points_figure(drawn, names, data.cell, f"Generated {data.noun}s")


def _interpolations(result: Result) -> Figure:
    data, names = result.data, _names(result)
    pixels = data.as_ink(result.pixels)
    ends = [(pixels[pair.first], pixels[pair.second]) for pair in result.pairs]
    titles = [f"{pair.kind}: {names[pair.first]} to {names[pair.second]}" for pair in result.pairs]
    between = result.between if data.is_ink else result.between.negative()
    return interpolations(between, ends, titles, names, data.cell)
