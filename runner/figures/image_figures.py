"""The pictures of an experiment on images. Each function takes arrays and returns a `Figure`."""

from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from runner.figures.latent_figures import plane_labels
from runner.figures.style import (
    BLUE,
    CLASS_COLORS,
    GREY,
    INK,
    PALE,
    mosaic,
    new_figure,
    picture_grid,
    show_pixels,
    text_width,
)
from runner.image_result import ImageResult

ACROSS = 10


def draw_figures(result: ImageResult) -> Iterator[tuple[str, Figure]]:
    """Yield the name and the figure of every picture that a result has."""
    history, shape = result.history, result.shape
    labels = plane_labels(result.codes[0].shape[1])
    places = result.plane.project(result.codes[0])
    yield "loss.png", loss_curves(history.loss, history.validation_loss)
    images = result.images
    yield "latent_map.png", latent_map(places, images.test_labels, images.class_names, labels)
    yield "manifold.png", manifold(result.grid, result.grid_codes, shape)
    inputs = result.test_pixels[: len(result.reconstructions)] / 255
    yield "reconstructions.png", reconstructions(inputs, result.reconstructions, shape)
    yield "samples.png", rows_of(result.samples, shape, "Decoded random draws from the prior")
    if result.config.generate:
        yield "generated.png", rows_of(result.generated, shape, "Generated images")


def loss_curves(training: np.ndarray, validation: np.ndarray) -> Figure:
    """The training loss and the −ELBO of the test set by epoch."""
    figure, axes = new_figure((8, 4.5), "Loss by epoch")
    epochs = np.arange(1, len(training) + 1)
    axes.plot(epochs, training, color=GREY, linewidth=1.5, label="training")
    axes.plot(epochs, validation, color=BLUE, linewidth=2, label="−ELBO of the test set")
    if len(validation):
        best = int(np.argmin(validation))
        note = f"{validation[best]:.2f}"
        axes.annotate(
            note, (epochs[best], validation[best]), (0, 5), textcoords="offset points", ha="right"
        )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("epoch")
    axes.set_ylabel("nats an image")
    axes.grid(axis="y", color=PALE)
    axes.legend(frameon=False, fontsize=9)
    return figure


def latent_map(places, labels, class_names, plane: tuple[str, str]) -> Figure:
    """The mean code of every test image, coloured by class; a class's name stands at its median."""
    right = 0.2 if labels is None else 0.6 + text_width(class_names)
    figure, axes = new_figure((9, 7.6), "Latent space: one point a test image", right=right)
    if labels is None:
        axes.scatter(places[:, 0], places[:, 1], s=4, color=BLUE, alpha=0.5, linewidths=0)
    else:
        for label, name in enumerate(class_names):
            members = places[labels == label]
            if not len(members):
                continue
            color = CLASS_COLORS[label % len(CLASS_COLORS)]
            axes.scatter(
                members[:, 0], members[:, 1], s=4, color=color, alpha=0.6, linewidths=0, label=name
            )
            x, y = np.median(members, axis=0)
            box = {"facecolor": "white", "edgecolor": color, "pad": 1.5, "alpha": 0.85}
            axes.text(x, y, name.removeprefix("digit "), fontsize=9, color=INK, ha="center", bbox=box)
        axes.legend(frameon=False, fontsize=9, markerscale=4, loc="upper left", bbox_to_anchor=(1, 1))
    axes.set_xlabel(plane[0])
    axes.set_ylabel(plane[1])
    axes.grid(color=PALE)
    axes.set_axisbelow(True)
    return figure


def manifold(pictures, codes, shape: tuple[int, int]) -> Figure:
    """What the decoder draws at the quantiles of the prior."""
    labels = ("z1", "z2" if codes.shape[-1] > 1 else "")
    title = "The decoder's pictures at the quantiles 0.05…0.95 of the prior"
    return picture_grid(pictures, codes, shape, labels, title)


def reconstructions(inputs, outputs, shape: tuple[int, int]) -> Figure:
    """Test images above what the network makes of them."""
    blank = -len(inputs) % ACROSS
    pairs = np.stack([_pad(inputs, blank), _pad(outputs, blank)])
    rows = pairs.reshape(2, -1, ACROSS, *shape).swapaxes(0, 1).reshape(-1, ACROSS, *shape)
    image = mosaic(rows, gap=2)
    title = "Test images (odd rows) and their reconstructions (even rows)"
    return show_pixels(image, 7.5 / image.shape[1], title)[0]


def rows_of(pictures, shape: tuple[int, int], title: str) -> Figure:
    """Pictures `(pictures, pixels)` in rows of ten."""
    padded = _pad(pictures, -len(pictures) % ACROSS)
    image = mosaic(padded.reshape(-1, ACROSS, *shape), gap=2)
    return show_pixels(image, 7.5 / image.shape[1], title)[0]


def _pad(pictures: np.ndarray, blank: int) -> np.ndarray:
    """`pictures` with so many empty ones behind them."""
    return np.concatenate([pictures, np.full((blank, pictures.shape[1]), np.nan)])
