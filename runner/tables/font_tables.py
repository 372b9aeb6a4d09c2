"""The CSV files of a run on a font: each function returns a header and rows.

Coordinates come wide (a row a character), pixels tidy (a row a pixel), as plotting libraries like
them.
"""

from collections.abc import Callable, Iterator

import numpy as np

from fonts import FontSet
from runner.font_model import Decoded, FontModel
from runner.font_result import FontResult
from runner.storage.csv_text import Table, as_texts, places_of_pixels


def metrics(result: FontResult) -> Table:
    """A row an epoch; epoch 0 is the untrained network."""
    history = result.best.history
    columns = [history.loss, history.error, history.seconds, history.evaluations]
    header = ["epoch", "loss", "error", "seconds", "evaluations"]
    values = (column.tolist() for column in columns)
    return header, zip(range(len(history.loss)), *values, strict=True)


def latent(result: FontResult) -> Table:
    """A row a character: where its code lies and how well it was learned."""
    font = result.font
    header = ["index", "name", "character", "code_point", "x", "y", *_axes(result.model)]
    rows = zip(
        range(len(font)),
        font.names,
        # A control character has no picture of its own in a table; its code point says which it is.
        [character if ord(character) >= ord(" ") else None for character in font.characters],
        [f"U+{ord(character):04X}" for character in font.characters],
        *result.plane.project(result.codes).T.tolist(),
        *result.codes.T.tolist(),
        result.errors.tolist(),
        result.wrong.sum(axis=1).tolist(),
        strict=True,
    )
    return [*header, "error", "wrong_pixels"], rows


def reconstructions(result: FontResult) -> Table:
    """A row a pixel of every input and output; mode DAE has noisy training and test inputs too."""
    kinds = {"input": result.font.pixels, "output": result.outputs}
    if result.test is not None:
        kinds |= {
            "noisy_input": result.inputs[0],
            "test_input": result.test.inputs[0],
            "test_output": result.test.outputs[0],
        }
    rows = (
        (index, name, kind, *pixel)
        for index, name in enumerate(result.font.names)
        for kind, pictures in kinds.items()
        for pixel in _pixels(result.font, pictures[index])
    )
    return ["index", "name", "kind", "row", "column", "value"], rows


def interpolations(result: FontResult) -> Table:
    """A row a pixel of the points between the closest, the median and the farthest pair of codes."""
    names, model, decoded = result.font.names, result.model, result.between
    rows = (
        (pair.kind, names[pair.first], names[pair.second], step + 1, *rest)
        for index, pair in enumerate(result.pairs)
        for step in range(decoded.pictures.shape[1])
        for rest in _decoded_pixels(model, decoded, (index, step))
    )
    return ["pair", "from", "to", "step", *_decoded_header(model)], rows


def generated(result: FontResult) -> Table:
    """A row a pixel of the points that `generate` asks for."""
    return decoded_points(result.model, result.generated)


def decoded_points(model: FontModel, decoded: Decoded) -> Table:
    """A row a pixel of decoded latent points `(points,)`."""
    rows = (
        (point, *rest)
        for point in range(len(decoded.codes))
        for rest in _decoded_pixels(model, decoded, (point,))
    )
    return ["point", *_decoded_header(model)], rows


def decoded_grid(result: FontResult) -> Table:
    """A row a pixel of the decoded plane; `grid_row` 0 is the top."""
    decoded = result.grid
    rows = (
        (*place, *rest)
        for place in np.ndindex(decoded.distance.shape)
        for rest in _decoded_pixels(result.model, decoded, place)
    )
    return ["grid_row", "grid_column", *_decoded_header(result.model)], rows


def restarts(result: FontResult) -> Table:
    """A row a restart; its seed alone, with `restarts` 1, gives the same network."""
    rows = (
        (
            restart.seed,
            float(error),
            int(wrong),
            len(restart.history.loss) - 1,
            float(restart.history.seconds[-1]),
        )
        for restart, error, wrong in zip(
            result.restarts, result.restart_errors, result.restart_wrong_pixels, strict=True
        )
    )
    return ["seed", "error", "wrong_pixels", "epochs", "seconds"], rows


TABLES: dict[str, Callable[[FontResult], Table]] = {
    "metrics.csv": metrics,
    "latent.csv": latent,
    "reconstructions.csv": reconstructions,
    "interpolations.csv": interpolations,
    "generated.csv": generated,
    "grid.csv": decoded_grid,
    "restarts.csv": restarts,
}


def _axes(model: FontModel) -> list[str]:
    return [f"z{i + 1}" for i in range(model.network.latent_size)]


def _decoded_header(model: FontModel) -> list[str]:
    return [*_axes(model), "nearest", "nearest_distance", "row", "column", "value"]


def _decoded_pixels(model: FontModel, decoded: Decoded, place: tuple[int, ...]) -> Iterator:
    """The pixels of one decoded picture, each behind its code and the character nearest to it."""
    code = as_texts(decoded.codes[place].tolist())
    nearest = model.font.names[decoded.nearest[place]]
    distance = str(decoded.distance[place])
    for pixel in _pixels(model.font, decoded.pictures[place]):
        yield (*code, nearest, distance, *pixel)


def _pixels(font: FontSet, picture: np.ndarray) -> Iterator[tuple[str, str, float]]:
    return zip(*places_of_pixels(len(picture), font.columns), picture.tolist(), strict=True)
