"""The pictures of a result, made of parts that ask the result what there is to draw."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from matplotlib.figure import Figure

from runner.figures.bars import picture_errors
from runner.figures.curves import learning_curves
from runner.figures.decoded import interpolations, points_figure, rows_of
from runner.figures.grids import picture_grid
from runner.figures.maps.dots import class_map, error_map
from runner.figures.maps.named import glyph_map, labelled_map, sample_map
from runner.figures.misplaced import misplaced_map, misplaced_pictures
from runner.figures.nats import nats_lost
from runner.figures.pictures import (
    MOST_ROWS,
    denoising,
    pages,
    pixel_values,
    reconstruction_rows,
    reconstructions,
    values_across,
)
from runner.figures.texts import caption, drawable
from runner.result.decoding import Decoded
from runner.result.learning import learning
from runner.result.result import SAMPLES_OF_A_CLASS, Result
from runner.sampling import spread

Drawings = Iterator[tuple[str, Callable[[], Figure]]]
# The values of a picture stand beside each other; of more pixels none could be told from the next.
MOST_PIXELS_IN_A_ROW = 160
# A map has room for fewer.
MOST_THUMBNAILS = 600


def draw_figures(result: Result) -> Iterator[tuple[str, Figure]]:
    """Yield the name and the figure of every picture that a result has, drawn one at a time."""
    return ((name, draw()) for name, draw in drawings(result))


def drawings(result: Result) -> Drawings:
    """Yield the name of every picture that a result has, and what draws it."""
    curves = "error.png" if result.codes.log_variances is None else "loss.png"
    yield curves, lambda: learning_curves(learning(result))
    if result.losses is not None:
        yield "nats.png", partial(nats_lost, result.losses, result.data.noun)
    if len(result.misplaced):
        yield "misplaced.png", partial(_misplaced, result)
        yield "misplaced_map.png", partial(_misplaced_map, result)
    yield from _of_each(result) if result.data.is_few else _of_many(result)
    if result.noise is not None:
        yield from _of_noise(result)
    yield from _of_the_decoder(result)


def _misplaced(result: Result) -> Figure:
    """The pictures themselves, and what the decoder makes of the codes that they have and should have."""
    assert result.losses is not None
    data, rows = result.data, result.misplaced
    labels, pixels = data.judged.labels_of(rows), data.judged.levels(rows)
    drawn = [result.model.decode(means[rows], labels) for means in (result.codes.means, _best(result))]
    names = [drawable(data.judged.captions[row]) for row in rows]
    boxes = data.as_ink(np.stack([pixels, *drawn], axis=1))
    nats = result.losses.amortization_gap[rows]
    return misplaced_pictures(boxes, names, nats, data.cell, data.noun)


def _misplaced_map(result: Result) -> Figure:
    plane, rows = result.plane, result.misplaced
    best = plane.project(_best(result)[rows])
    return misplaced_map(result.places, result.places[rows], best, plane.labels, result.data.noun)


def _best(result: Result) -> np.ndarray:
    assert result.losses is not None
    return result.losses.best.means


def _names(result: Result) -> list[str]:
    return list(map(drawable, result.data.judged.captions))


def _missed(result: Result) -> np.ndarray | None:
    """Which of the judged pictures have wrong pixels; None where none can have."""
    return None if result.wrong is None else result.wrong.max(axis=1)


def _of_each(result: Result) -> Drawings:
    """Every picture reconstructed, at its code, and with its error."""
    count = len(result.data.judged)
    for name, rows, part in _pages("reconstructions", count, (1, 2), result):
        yield name, partial(_reconstructions, result, rows, part)
    yield "latent_map.png", partial(_map_of_few, result)
    yield "latent_glyphs.png", partial(_glyph_map, result)
    yield f"{result.data.noun}_errors.png", partial(_errors, result)
    if result.data.is_binary and result.data.rows * result.data.columns <= MOST_PIXELS_IN_A_ROW:
        yield "pixel_values.png", partial(_pixel_values, result)


def _pages(
    name: str, count: int, shape: tuple[int, int], result: Result
) -> Iterator[tuple[str, slice, str]]:
    """The file, the rows and what to say of each page of `count` boxes of `shape` pictures."""
    found = pages(count, shape, result.data.cell)
    for number, rows in enumerate(found, start=1):
        part = f": {rows.start + 1} to {min(rows.stop, count)} of {count}" if len(found) > 1 else ""
        yield f"{name}_{number}.png" if number > 1 else f"{name}.png", rows, part


def _reconstructions(result: Result, rows: slice, part: str) -> Figure:
    data = result.data
    given, outputs = data.as_ink(result.inputs[0][rows]), data.as_ink(result.outputs[rows])
    wrong = None if result.wrong is None else result.wrong[rows]
    return reconstructions(given, outputs, wrong, _names(result)[rows], data.cell, part)


def _map_of_few(result: Result) -> Figure:
    """By class, or where there are none by name."""
    data, plane = result.data, result.plane
    if data.judged.labels is not None:
        return _class_map(result)
    wanted = plane.project(result.generated.codes)
    return labelled_map(result.places, _names(result), _missed(result), wanted, plane.labels, data.noun)


def _glyph_map(result: Result) -> Figure:
    data = result.data
    return glyph_map(result.places, data.as_ink(result.pixels), data.cell, result.plane.labels, data.noun)


def _errors(result: Result) -> Figure:
    return picture_errors(result.errors, _missed(result), _names(result), result.data.noun)


def _pixel_values(result: Result) -> Figure:
    """Of more pictures than go on a page a fair sample."""
    assert result.wrong is not None
    count = len(result.data.judged)
    rows = spread(count, MOST_ROWS * values_across(result.pixels.shape[1]))
    names = [_names(result)[row] for row in rows]
    part = f": a sample of {len(rows)}" if len(rows) < count else ""
    return pixel_values(result.pixels[rows], result.outputs[rows], result.wrong[rows], names, part)


def _of_many(result: Result) -> Drawings:
    """All of them as dots, and some reconstructed."""
    has_classes = result.data.judged.labels is not None
    yield "latent_map.png", partial(_class_map if has_classes else _error_map, result)
    yield "latent_glyphs.png", partial(_sample_map, result)
    yield "reconstructions.png", partial(_reconstruction_rows, result)


def _class_map(result: Result) -> Figure:
    data, title = result.data, _map_title(result)
    return class_map(result.places, data.judged.labels, data.class_names, result.plane.labels, title)


def _error_map(result: Result) -> Figure:
    return error_map(result.places, result.errors, result.plane.labels, _map_title(result))


def _sample_map(result: Result) -> Figure:
    data, rows = result.data, result.data.sample(MOST_THUMBNAILS)
    pixels = data.as_ink(data.judged.levels(rows))
    return sample_map(result.places, rows, pixels, data.cell, result.plane.labels, data.noun)


def _map_title(result: Result) -> str:
    data = result.data
    return f"Latent space: the codes of {len(data.judged):,} {data.part}{data.noun}s"


def _reconstruction_rows(result: Result) -> Figure:
    data = result.data
    given, outputs = data.as_ink(result.inputs[0][result.shown]), data.as_ink(result.shown_outputs)
    return reconstruction_rows(given, outputs, data.cell)


def _of_noise(result: Result) -> Drawings:
    """Noise and what becomes of it: that of the training where these pictures were trained on, and new."""
    down = 1 if result.data.test else 2
    for name, rows, part in _pages("denoising", len(result.shown), (down, 2), result):
        yield name, partial(_denoising, result, rows, part)


def _denoising(result: Result, page: slice, part: str) -> Figure:
    data, rows, test = result.data, result.shown[page], result.test
    assert test is not None
    boxes, said = [[test.inputs[0][rows], test.outputs[0][rows]]], result.other_noise or "new noise"
    if data.test is None:
        boxes.insert(0, [result.inputs[0][rows], result.outputs[rows]])
        said = f"top: noise of the training set; bottom: {said}"
    names = [_names(result)[row] for row in rows]
    return denoising(data.as_ink(np.array(boxes)).transpose(2, 0, 1, 3), names, data.cell, said, part)


def _of_the_decoder(result: Result) -> Drawings:
    """What it draws all over its region, between codes, at random and where it was asked."""
    yield from _grids(result)
    if len(result.data.judged) > 1:
        yield "interpolations.png", partial(_interpolations, result)
    if result.codes.log_variances is not None:
        yield "samples.png", partial(_samples, result)
    if result.config.generate:
        yield "generated.png", partial(_generated, result)


def _grids(result: Result) -> Drawings:
    """One, or of a network that is given classes one for each that is drawn."""
    if result.grid.class_names is None:
        yield "decoded_grid.png", lambda: _grid(result, result.grid)
        return
    for index, label in enumerate(result.drawn_classes.tolist()):
        name = f"decoded_grid_{index + 1}.png" if index else "decoded_grid.png"
        given = f"as {caption(result.data.class_names[label])}"
        yield name, partial(_grid_of_class, result, index, given)


def _grid_of_class(result: Result, index: int, given: str) -> Figure:
    return _grid(result, result.grid.take((index,)), given)


def _grid(result: Result, grid: Decoded, given: str = "") -> Figure:
    data, region = result.data, result.region
    words = f"The decoder's pictures {region.words}", "; ".join(filter(None, [given, region.elsewhere]))
    places = region.coordinates(grid.codes)
    return picture_grid(data.as_ink(grid.pictures), places, data.cell, region.labels, words)


def _interpolations(result: Result) -> Figure:
    data, names = result.data, _names(result)
    pixels = data.as_ink(result.pixels)
    ends = [(pixels[pair.first], pixels[pair.second]) for pair in result.pairs]
    titles = [
        f"{pair.kind}: {caption(names[pair.first])} to {caption(names[pair.second])}"
        for pair in result.pairs
    ]
    if result.between.class_names is not None:
        given = result.between.class_names[:, 0]
        titles = [f"{title}, as {caption(name)}" for title, name in zip(titles, given, strict=True)]
    between = result.between if data.is_ink else result.between.negative()
    return interpolations(between, ends, titles, names, data.cell)


def _samples(result: Result) -> Figure:
    data, title = result.data, "Decoded random draws from the prior"
    assert result.samples is not None
    given = ", ".join(caption(data.class_names[label]) for label in result.drawn_classes)
    said = f"{SAMPLES_OF_A_CLASS} of each: {given}" if given else ""
    return rows_of(data.as_ink(result.samples), data.cell, title, said)


def _generated(result: Result) -> Figure:
    data = result.data
    drawn = result.generated if data.is_ink else result.generated.negative()
    return points_figure(drawn, _names(result), data.cell, f"Generated {data.noun}s")
