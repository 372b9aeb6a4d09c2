"""The pictures of an experiment on a font. Each function takes arrays and returns a `Figure`."""

from collections.abc import Iterator

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, OffsetImage
from matplotlib.ticker import LogFormatter, MaxNLocator

from autoencoder.recorder import History
from runner.model import Decoded
from runner.result import DenoisingTest, FontResult
from runner.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PIXEL_COLORS,
    in_rows,
    mosaic,
    new_figure,
    new_sheet,
    show_pixels,
    spread,
)

LEVELS_ON_A_LINE = 6


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
        values["published"] = result.config.published.error
    return {name: float(value) for name, value in values.items() if value > 0}


def plane_labels(latent_size: int) -> tuple[str, str]:
    """The names of the two axes of the latent map."""
    if latent_size == 1:
        return "z1", ""
    if latent_size == 2:
        return "z1", "z2"
    return "first principal component of the codes", "second principal component"


def error_curve(histories: list[History], best: int, limits: dict[str, float]) -> Figure:
    """The accumulated error of every restart by epoch, the kept one in colour, limits as lines."""
    figure, axes = new_figure(8, 4.5, "Accumulated error by epoch")
    for index, history in enumerate(histories):
        if index != best:
            axes.plot(history.error, color=GREY, linewidth=0.7, alpha=0.5)
    axes.plot(histories[best].error, color=BLUE, linewidth=2)
    for (name, limit), color in zip(limits.items(), (GREEN, ORANGE), strict=False):
        axes.axhline(limit, color=color, linewidth=1.2, linestyle="--")
        axes.annotate(
            f"{name}:\n{limit:.4g}",
            xy=(1, limit),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=color,
            fontsize=9,
        )
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_minor_formatter(LogFormatter(minor_thresholds=(1, 0.4)))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("epoch")
    axes.set_ylabel("½ Σ (output − target)²")
    axes.grid(axis="y", color=PALE)
    if len(histories) > 1:
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
        f"{int(wrong.sum())} wrong pixels"
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


def latent_map(places, names, not_learned, wanted, labels) -> Figure:
    """Where the code of every character lies, with the points that were asked for."""
    figure, axes = new_figure(8, _map_height(labels), "Latent space: one point a character")
    _label_plane(axes, labels)
    axes.scatter(
        places[:, 0], places[:, 1], s=14, c=np.where(not_learned, ORANGE, BLUE), linewidths=0, zorder=3
    )
    legend = [Line2D([], [], marker="o", linestyle="", color=BLUE, label="learned")]
    if not_learned.any():
        legend.append(Line2D([], [], marker="o", linestyle="", color=ORANGE, label="with wrong pixels"))
    if len(wanted):
        axes.scatter(wanted[:, 0], wanted[:, 1], s=90, marker="+", color=GREEN, linewidths=2)
        legend.append(Line2D([], [], marker="+", linestyle="", color=GREEN, label="generated"))
    axes.legend(
        handles=legend,
        frameon=False,
        fontsize=9,
        loc="lower left",
        bbox_to_anchor=(0.6, 1),
        ncols=3,
        borderpad=0,
    )
    spots = _beside(axes, places, (15, 13), offset=(6, 7))
    for name, missed, spot in zip(names, not_learned, spots, strict=True):
        color = ORANGE if missed else INK
        axes.text(
            spot[0], spot[1], name, fontsize=10, color=color, ha="center", va="center", parse_math=False
        )
    return figure


def latent_glyphs(places, pixels, cell, labels) -> Figure:
    """Every character drawn at its code, or beside it where the codes lie too close."""
    figure, axes = new_figure(8, _map_height(labels), "Latent space: each character at its code")
    _label_plane(axes, labels)
    height = 22.0
    size = (height * cell[1] / cell[0], height)
    spots = _beside(axes, places, (size[0] + 6, size[1] + 6))
    axes.scatter(places[:, 0], places[:, 1], s=8, color=BLUE, linewidths=0)
    axes.add_collection(LineCollection(list(zip(places, spots, strict=True)), colors=BLUE, linewidths=0.7))
    for spot, picture in zip(spots, pixels, strict=True):
        image = OffsetImage(
            picture.reshape(cell),
            zoom=height / cell[0],
            cmap=PIXEL_COLORS,
            norm=Normalize(0, 1),
            interpolation="nearest",
        )
        frame = {"edgecolor": GREY, "linewidth": 0.5}
        axes.add_artist(AnnotationBbox(image, spot, pad=0.12, bboxprops=frame))
    return figure


def character_errors(errors, wrong, names) -> Figure:
    """The accumulated error of each character as a bar."""
    figure, axes = new_figure(
        max(6, 0.27 * len(names) + 1),
        3.6,
        "Accumulated error of each character",
        f"{int((~wrong.any(axis=1)).sum())} of {len(names)} learned",
    )
    colors = np.where(wrong.any(axis=1), ORANGE, BLUE)
    axes.bar(range(len(names)), errors, color=colors)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=9, parse_math=False)
    axes.set_xlim(-0.7, len(names) - 0.3)
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
    axes.bar(x[targets > 0.5], 1, bottom=(bottom[:, None] + 0 * x)[targets > 0.5], width=1, color=PALE)
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


def decoded_grid(decoded: Decoded, places, cell, labels) -> Figure:
    """What the decoder draws at each point of a grid over the latent plane."""
    down, across = decoded.distance.shape
    image = mosaic(decoded.pictures.reshape(down, across, *cell))
    title = "The decoder's pictures across the latent space"
    figure, axes = show_pixels(image, 7 / image.shape[1], title, margin=0.6)
    axes.set_axis_on()
    axes.spines[:].set_visible(False)
    axes.tick_params(colors=INK, labelsize=9, length=0)
    steps = np.arange(0, across, 2)
    axes.set_xticks(steps * (cell[1] + 1) + (cell[1] + 1) / 2, [f"{places[0, i, 0]:.1f}" for i in steps])
    axes.set_xlabel(labels[0])
    if down > 1:
        steps = np.arange(0, down, 2)
        axes.set_yticks(
            steps * (cell[0] + 1) + (cell[0] + 1) / 2, [f"{places[i, 0, 1]:.1f}" for i in steps]
        )
        axes.set_ylabel(labels[1])
    else:
        axes.set_yticks([])
    return figure


def interpolations(decoded: Decoded, ends, titles, names, cell) -> Figure:
    """For each pair the two characters and the pictures between their codes."""
    steps = [
        [first, *pictures, last] for (first, last), pictures in zip(ends, decoded.pictures, strict=True)
    ]
    pictures = np.reshape(steps, (len(steps), -1, *cell))
    gap = 4
    image = mosaic(pictures, gap)
    figure, axes = show_pixels(
        image,
        7.5 / image.shape[1],
        "Between two codes: five equally spaced points",
        "below each picture: the nearest character, and how many pixels differ from it",
    )
    height, width = cell[0] + gap, cell[1] + gap
    for row, title in enumerate(titles):
        axes.text(gap - 0.5, row * height + gap - 1.2, title, fontsize=9, color=INK, parse_math=False)
        for step, (index, distance) in enumerate(
            zip(decoded.nearest[row], decoded.distance[row], strict=True), start=1
        ):
            _caption(
                axes,
                step * width + gap + cell[1] / 2 - 0.5,
                (row + 1) * height,
                names[index],
                distance,
            )
    return figure


def decoded_points(decoded: Decoded, names, cell, title: str) -> Figure:
    """Latent points `(points,)` and what they decode to."""
    across = min(8, len(decoded.codes))
    down, row, column = in_rows(len(decoded.codes), across)
    pictures = np.full((down * across, *cell), np.nan)
    pictures[: len(decoded.codes)] = decoded.pictures.reshape(-1, *cell)
    gap = 4
    image = mosaic(pictures.reshape(down, across, *cell), gap)
    figure, axes = show_pixels(
        image,
        1.1 * across / image.shape[1],
        title,
        "above: the latent point; below: the nearest character, and how many pixels differ from it",
    )
    height, width = cell[0] + gap, cell[1] + gap
    for index, code in enumerate(decoded.codes):
        middle = column[index] * width + gap + cell[1] / 2 - 0.5
        point = "(" + ", ".join(f"{value:.3g}" for value in code) + ")"
        axes.text(middle, row[index] * height + gap - 1, point, ha="center", fontsize=8, color=INK)
        nearest, distance = names[decoded.nearest[index]], decoded.distance[index]
        _caption(axes, middle, (row[index] + 1) * height, nearest, distance)
    return figure


def _caption(axes, x, y, name, distance) -> None:
    """The nearest character below a picture, and how far from it the picture is."""
    text = name if distance == 0 else f"{name} +{distance}"
    axes.text(x, y + 0.8, text, ha="center", fontsize=8, color=GREY, parse_math=False)


def _label_plane(axes, labels) -> None:
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.margins(0.07)
    axes.grid(color=PALE)
    axes.set_axisbelow(True)
    if not labels[1]:
        axes.set_yticks([])
        axes.set_ylim(-0.1, 1)


def _map_height(labels) -> float:
    """Inches; a latent space of one dimension needs a strip only."""
    return 7.2 if labels[1] else 4.0


def _beside(axes, places, size, offset=(0, 0)) -> np.ndarray:
    """Where to draw boxes of `size` points, `offset` from their `places`, so that none covers another.

    Fixes the limits of the axes, because the answer holds for these alone.
    """
    axes.update_datalim(places)
    axes.autoscale_view()
    axes.set_autoscale_on(False)
    axes.figure.draw_without_rendering()
    points = axes.transData.transform(places) * 72 / axes.figure.dpi + offset
    if not places[:, 1].any():  # all on one line: stack them in turn
        level = places[:, 0].argsort().argsort() % LEVELS_ON_A_LINE
        points[:, 1] += (level + 0.7) * 1.15 * size[1]
    spots = spread(points, size) * axes.figure.dpi / 72
    return axes.transData.inverted().transform(spots)
