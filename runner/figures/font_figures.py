"""The pictures of an experiment on a font. Each function takes arrays and returns a `Figure`."""

from collections.abc import Iterator

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from autoencoder.recorder import History
from runner.figures.latent_figures import (
    decoded_grid,
    decoded_points,
    interpolations,
    latent_glyphs,
    latent_map,
    plane_labels,
)
from runner.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    in_rows,
    label_plainly,
    new_figure,
    new_sheet,
    rectangles,
    show_pixels,
    text_width,
    thinned,
)
from runner.font_result import DenoisingTest, FontResult

PUBLISHED = "published"
# So many points of all curves together are drawn without delay; of each, enough to look smooth.
MOST_VERTICES, FEWEST_ON_A_CURVE = 100_000, 60


def draw_figures(result: FontResult) -> Iterator[tuple[str, Figure]]:
    """Yield the name and the figure of every picture that a result has."""
    font, names, plane = result.font, result.font.labels, result.plane
    cell = (font.rows, font.columns)
    places = plane.project(result.codes)
    labels = plane_labels(result.network.latent_size)
    histories = [restart.history for restart in result.restarts]
    yield "error.png", error_curve(histories, result.best_index, limits(result))
    yield (
        "reconstructions.png",
        reconstructions(result.inputs[0], result.outputs, result.wrong, names, cell),
    )
    if result.test is not None:
        yield "denoising.png", denoising(result.inputs[0], result.outputs, result.test, names, cell)
    wanted = plane.project(result.generated.codes)
    yield "latent_map.png", latent_map(places, names, result.wrong.any(axis=1), wanted, labels)
    yield "latent_glyphs.png", latent_glyphs(places, font.pixels, cell, labels)
    yield "character_errors.png", character_errors(result.errors, result.wrong, names)
    yield "pixel_values.png", pixel_values(font.pixels, result.outputs, result.wrong, names)
    yield "decoded_grid.png", decoded_grid(result.grid, plane.project(result.grid.codes), cell, labels)
    if result.pairs:
        ends = [(font.pixels[pair.first], font.pixels[pair.second]) for pair in result.pairs]
        titles = [f"{pair.kind}: {names[pair.first]} to {names[pair.second]}" for pair in result.pairs]
        yield "interpolations.png", interpolations(result.between, ends, titles, names, cell)
    if result.config.generate:
        yield "generated.png", decoded_points(result.generated, names, cell, "Generated characters")


def limits(result: FontResult) -> dict[str, float]:
    """The figures that the error curve is held against."""
    size, summary = result.network.latent_size, result.summary
    values = {f"PCA of size {size}": summary["pca_accumulated_error"]}
    if result.test is not None:
        values = {"best possible denoiser": summary["bayes_accumulated_error"]}
    if result.config.published:
        values[PUBLISHED] = result.config.published.error
    return {name: float(value) for name, value in values.items() if value > 0}


def error_curve(histories: list[History], best: int, limits: dict[str, float]) -> Figure:
    """The accumulated error of every restart by epoch, the kept one in colour, limits as lines."""
    texts = {name: f"{name}:\n{limit:.4g}" for name, limit in limits.items()}
    right = 0.3 + text_width(f"{name}:" for name in limits)
    figure, axes = new_figure((8, 4.5), "Accumulated error by epoch", right=right)
    most = max(MOST_VERTICES // len(histories), FEWEST_ON_A_CURVE)
    curves = [thinned(history.error, most) for history in histories]
    kept = curves.pop(best)
    axes.add_collection(LineCollection(curves, colors=GREY, linewidths=0.7, alpha=0.5))
    axes.plot(*kept.T, color=BLUE, linewidth=2)
    for name, limit in limits.items():
        color = ORANGE if name == PUBLISHED else GREEN
        axes.axhline(limit, color=color, linewidth=1.2, linestyle="--")
        beside = axes.get_yaxis_transform()
        axes.text(1.01, limit, texts[name], transform=beside, va="center", color=color, fontsize=9)
    axes.set_yscale("log")
    label_plainly(axes.yaxis)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("epoch")
    axes.set_ylabel("½ Σ (output − target)²")
    axes.grid(axis="y", color=PALE)
    if curves:
        lines = [Line2D([], [], color=BLUE, linewidth=2), Line2D([], [], color=GREY, linewidth=0.7)]
        axes.legend(lines, ["kept", "other restarts"], frameon=False, loc="lower left", fontsize=9)
    return figure


def reconstructions(inputs, outputs, wrong, names, cell) -> Figure:
    """Each training input beside its reconstruction; wrong pixels are outlined."""
    rows, columns = cell
    across = max(1, min(8, 112 // (2 * columns + 4)))
    down, row, column = in_rows(len(names), across)
    height, width = rows + 4, 2 * columns + 4
    image = np.full((down * height, across * width), np.nan)
    marks: list[tuple[int, int]] = []
    for index in range(len(names)):
        top, left = row[index] * height + 3, column[index] * width + 2
        image[top : top + rows, left : left + columns] = inputs[index].reshape(cell)
        right = left + columns + 1
        image[top : top + rows, right : right + columns] = outputs[index].reshape(cell)
        wrong_rows, wrong_columns = np.nonzero(wrong[index].reshape(cell))
        marks += zip(right + wrong_columns, top + wrong_rows, strict=True)
    figure, axes = show_pixels(
        image,
        0.09,
        "Inputs (left) and reconstructions (right)",
        f"{len(marks)} wrong pixel{'s' * (len(marks) != 1)}"
        + (", outlined: they differ from the character by more than ½" if marks else ""),
    )
    for index, name in enumerate(names):
        axes.text(
            column[index] * width + 2 + columns,
            row[index] * height + 2.1,
            name,
            ha="center",
            va="bottom",
            fontsize=8,
            color=ORANGE if wrong[index].any() else INK,
            parse_math=False,
        )
    if marks:
        x, y = zip(*marks, strict=True)
        axes.scatter(x, y, s=36, marker="s", facecolors="none", edgecolors=ORANGE, linewidths=1.6)
    return figure


def denoising(noisy, outputs, test: DenoisingTest, names, cell) -> Figure:
    """The 2×2 box of each character: top, a training input and its output; bottom, a test input and its."""
    rows, columns = cell
    across = max(1, min(8, 112 // (2 * columns + 4)))
    down, row, column = in_rows(len(names), across)
    height, width = 2 * rows + 5, 2 * columns + 4
    image = np.full((down * height, across * width), np.nan)
    for index in range(len(names)):
        top, left = row[index] * height + 3, column[index] * width + 2
        boxes = [[noisy[index], outputs[index]], [test.inputs[0, index], test.outputs[0, index]]]
        for i, j in np.ndindex(2, 2):
            y, x = top + i * (rows + 1), left + j * (columns + 1)
            image[y : y + rows, x : x + columns] = boxes[i][j].reshape(cell)
    figure, axes = show_pixels(
        image,
        0.09,
        "Noise in (left), restored (right)",
        "top: noise of the training set; bottom: new noise",
    )
    for index, name in enumerate(names):
        middle, top = column[index] * width + 2 + columns, row[index] * height + 2.1
        axes.text(middle, top, name, ha="center", va="bottom", fontsize=8, color=INK, parse_math=False)
    return figure


def character_errors(errors, wrong, names) -> Figure:
    """The accumulated error of each character as a bar."""
    missed = wrong.any(axis=1)
    figure, axes = new_figure(
        (max(6, 0.27 * len(names) + 1.2), 3.6),
        "Accumulated error of each character",
        f"{int((~missed).sum())} of {len(names)} learned",
        bottom=0.2 + text_width(names),
    )
    corners = np.column_stack([np.arange(len(names)) - 0.4, np.zeros(len(names))])
    sizes = np.column_stack([np.full(len(names), 0.8), errors])
    axes.add_collection(rectangles(corners, sizes, np.where(missed, ORANGE, BLUE)))
    axes.yaxis.set_major_formatter("{x:g}")
    # Texts, not tick labels: a tick is five artists.
    axes.set_xticks([])
    looks = {"fontsize": 9, "color": INK, "rotation": 90, "ha": "center", "va": "top"}
    below = axes.get_xaxis_transform()
    for place, name in enumerate(names):
        axes.text(place, -0.02, name, transform=below, parse_math=False, fontdict=looks)
    axes.set_xlim(-0.7, len(names) - 0.3)
    axes.set_ylim(0, 1.05 * errors.max() or 1)
    axes.set_ylabel("½ Σ (output − target)²")
    return figure


def pixel_values(targets, outputs, wrong, names) -> Figure:
    """Expected and actual value of every pixel, the ½ line between them, and the hits of each character."""
    characters, pixels = targets.shape
    across = max(1, min(4, 160 // pixels))
    down, row, column = in_rows(characters, across)
    left, bottom = column * (pixels + 6), -row * 1.9
    x = left[:, None] + np.arange(pixels)
    figure, axes = new_sheet(
        across * (pixels + 6) * 0.07,
        down * 0.72,
        "Expected and actual value of each pixel, and how many of them hit",
        "expected: grey bars · actual: dots · a miss lies on the wrong side of the ½ line",
    )
    set_pixels = np.stack(np.broadcast_arrays(x - 0.5, bottom[:, None]), axis=-1)[targets > 0.5]
    axes.add_collection(rectangles(set_pixels, 1, PALE, edgecolors=PALE))
    middles = [((a - 0.5, b + 0.5), (a + pixels - 0.5, b + 0.5)) for a, b in zip(left, bottom, strict=True)]
    axes.add_collection(LineCollection(middles, colors=GREY, linewidths=0.7))
    floors = [((a - 0.5, b), (a + pixels - 0.5, b)) for a, b in zip(left, bottom, strict=True)]
    axes.add_collection(LineCollection(floors, colors=GREY, linewidths=0.3))
    values = bottom[:, None] + outputs
    for mask, color in ((~wrong, BLUE), (wrong, ORANGE)):
        axes.scatter(x[mask], values[mask], s=5, color=color, linewidths=0)
    for index, name in enumerate(names):
        hits = pixels - int(wrong[index].sum())
        axes.text(
            left[index],
            bottom[index] + 1.12,
            f"{name}   {hits}/{pixels}",
            fontsize=8,
            color=INK if hits == pixels else ORANGE,
            parse_math=False,
        )
    axes.set_xlim(-2, across * (pixels + 6))
    axes.set_ylim(bottom.min() - 0.25, 1.65)
    return figure
