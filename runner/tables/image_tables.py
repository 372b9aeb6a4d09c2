"""The CSV files of a run on images: each function returns a header and rows."""

from collections.abc import Callable, Iterator
from itertools import repeat

import numpy as np

from runner.image_result import SHOWN_IMAGES, ImageResult
from runner.storage.csv_text import Table, as_texts, places_of_pixels


def metrics(result: ImageResult) -> Table:
    """A row an epoch; losses in nats, means over the images."""
    history = result.history
    names = ["loss", "reconstruction", "kl", "beta", "validation_loss", "seconds"]
    columns = (getattr(history, name).tolist() for name in names)
    return ["epoch", *names], zip(range(1, len(history.loss) + 1), *columns, strict=True)


def latent(result: ImageResult) -> Table:
    """A row a test image: its class, its place on the map, its code and its two terms of the loss."""
    means, log_variances = result.codes
    axes = _axes(result)
    labels = result.images.test_labels
    columns = [
        range(len(means)),
        labels.tolist() if labels is not None else repeat(None, len(means)),
        result.class_names or repeat(None, len(means)),
        *texts(result.plane.project(means).astype(means.dtype).T),
        *texts(means.T),
        *texts(log_variances.T),
        *texts(np.stack(result.per_image)),
    ]
    header = ["index", "label", "class_name", "x", "y", *axes, *(f"{axis}_log_var" for axis in axes)]
    return [*header, "reconstruction", "kl"], zip(*columns, strict=True)


def reconstructions(result: ImageResult) -> Table:
    """A row a pixel of the first test images and their reconstructions."""
    names = result.class_names or [f"image {i}" for i in range(SHOWN_IMAGES)]
    inputs = result.test_pixels[:SHOWN_IMAGES] / np.float32(255)
    rows = (
        (index, names[index], kind, *pixel)
        for index in range(len(inputs))
        for kind, pictures in (("input", inputs), ("output", result.reconstructions))
        for pixel in _pixels(pictures[index], result.shape[1])
    )
    return ["index", "name", "kind", "row", "column", "value"], rows


def generated(result: ImageResult) -> Table:
    """A row a pixel of the points that `generate` asks for."""
    header, rows = decoded_table(result.config.generate, result.generated, result.shape[1])
    return [header[0], *_axes(result), *header[-3:]], rows


def decoded_table(points: list[list[float]], pictures: np.ndarray, columns: int) -> Table:
    """A row a pixel of decoded latent points `(points, latent)`; `columns` is the width of a picture."""
    rows = (
        (*where, *pixel)
        for index, point in enumerate(points)
        for where in [as_texts([index, *point])]
        for pixel in _pixels(pictures[index], columns)
    )
    axes = [f"z{i + 1}" for i in range(len(points[0]))] if points else []
    return ["point", *axes, "row", "column", "value"], rows


def manifold(result: ImageResult) -> Table:
    """A row a pixel of the decoded quantiles of the prior; `grid_row` 0 is the top."""
    rows = (
        (*where, *pixel)
        for place in np.ndindex(result.grid_codes.shape[:2])
        for where in [as_texts([*place, *result.grid_codes[place].tolist()])]
        for pixel in _pixels(result.grid[place], result.shape[1])
    )
    return ["grid_row", "grid_column", *_axes(result), "row", "column", "value"], rows


TABLES: dict[str, Callable[[ImageResult], Table]] = {
    "metrics.csv": metrics,
    "latent.csv": latent,
    "reconstructions.csv": reconstructions,
    "generated.csv": generated,
    "grid.csv": manifold,
}


def texts(columns: np.ndarray) -> Iterator[list[str]]:
    """Numbers as text, column by column, each as short as its own precision allows."""
    return (column.astype(str).tolist() for column in columns)


def _axes(result: ImageResult) -> list[str]:
    return [f"z{i + 1}" for i in range(result.codes[0].shape[1])]


def _pixels(picture: np.ndarray, columns: int) -> Iterator[tuple[str, str, str]]:
    return zip(*places_of_pixels(len(picture), columns), picture.astype(str).tolist(), strict=True)
