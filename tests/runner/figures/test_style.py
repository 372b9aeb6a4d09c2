"""The pieces that pictures are made of."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from runner.figures.maps.dots import ERROR_COLORS
from runner.figures.style import (
    BLUE,
    CLASS_COLORS,
    DOTS_PER_INCH,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    in_rows,
    label_plainly,
    new_figure,
    new_sheet,
    png,
    rectangles,
    show_pixels,
    text_width,
    thinned,
)

NAN = np.nan


# Colours

# What is seen without the cones for red, green and blue: Machado, Oliveira & Fernandes (2009), severity 1.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colors) -> np.ndarray:
    """Linear red, green and blue `(colors, 3)`."""
    levels = np.array([to_rgb(color) for color in colors])
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.clip(light, 1e-4, 1) @ np.transpose(to_xyz) / [0.9505, 1, 1.089]).T
    return np.column_stack([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISIONS)
def test_no_two_classes_look_alike_whatever_one_sees(vision):
    seen = lab(linear(CLASS_COLORS) @ np.transpose(VISIONS[vision]))
    apart = np.linalg.norm(seen[:, None] - seen[None], axis=-1)[~np.eye(len(seen), dtype=bool)]
    assert apart.min() > 15  # about 2 is what can just be told apart


def test_what_is_told_by_colour_stands_out_from_the_paper_as_wcag_asks():
    colors = [*CLASS_COLORS, BLUE, ORANGE, GREEN, PURPLE, GREY, INK, *ERROR_COLORS(np.linspace(0, 1, 20))]
    luminance = linear(colors) @ [0.2126, 0.7152, 0.0722]
    assert (1.05 / (luminance + 0.05)).min() >= 3


# Rows


@pytest.mark.parametrize(("items", "rows"), [(0, 0), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_items_are_laid_out_row_by_row(items, rows):
    count, row, column = in_rows(items, 3)
    assert count == rows
    assert list(zip(row, column, strict=True)) == [divmod(item, 3) for item in range(items)]


# Curves


def test_a_short_curve_is_drawn_whole():
    assert thinned(np.array([3.0, 1.0, 2.0]), 3).tolist() == [[0, 3], [1, 1], [2, 2]]
    assert thinned(np.array([]), 3).shape == (0, 2)


@pytest.mark.parametrize("length", [101, 1000, 99_999])
def test_a_long_curve_keeps_its_ends_its_peaks_and_its_places(length):
    values = np.random.default_rng(0).normal(size=length)
    values[[length // 3, length // 2]] = -100, 100
    points = thinned(values, 100)
    assert len(points) <= 100
    places = points[:, 0].astype(int)
    assert (places[0], places[-1]) == (0, length - 1)
    assert (np.diff(places) > 0).all()
    assert {length // 3, length // 2} <= set(places)
    assert np.array_equal(points[:, 1], values[places])


# Figures


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (41, 99, [50, 60, 70, 80, 90]),
        (4, 120, [5, 10, 20, 50, 100]),
        (0.002, 150, [0.01, 0.1, 1, 10, 100]),
    ],
)
def test_a_logarithmic_axis_has_plain_numbers_as_many_as_suit_its_range(low, high, expected):
    _, axes = new_figure((8, 4.5), "title")
    axes.set(yscale="log", ylim=(low, high))
    label_plainly(axes.yaxis)
    labels = [float(label.get_text()) for label in axes.get_yticklabels()]
    assert [label for label in labels if low <= label <= high] == expected
    assert len(axes.yaxis.get_minorticklocs()) == 0


def test_labels_and_titles_stay_inside_the_figure_and_cover_nothing():
    figure, axes = new_figure((5, 3), "A title", "and what else there is to say", right=1.5)
    axes.plot([0.00025, 0.00125])
    axes.set(xlabel="epoch", ylabel="½ Σ (output − target)²")
    axes.yaxis.set_major_formatter("{x:g}")
    png(figure)
    texts = [*figure.texts, axes.xaxis.label, axes.yaxis.label, *axes.get_xticklabels()]
    boxes = [text.get_window_extent() for text in [*texts, *axes.get_yticklabels()]]
    assert all(figure.bbox.containsx(box.x0) and figure.bbox.containsx(box.x1) for box in boxes)
    assert all(figure.bbox.containsy(box.y0) and figure.bbox.containsy(box.y1) for box in boxes)
    assert not any(box.overlaps(other) for i, box in enumerate(boxes) for other in boxes[:i])
    assert axes.get_position().x1 * 5 == pytest.approx(3.5)


def test_the_width_of_a_text_is_estimated_generously():
    text = "a name of some length"
    figure, axes = new_figure((4, 3), "")
    drawn = axes.text(0, 0, text, fontsize=9)
    inches = drawn.get_window_extent().width / figure.dpi
    assert inches < text_width(["short", text]) < 1.5 * inches
    assert text_width([]) == 0


def test_rectangles_stand_on_their_corners():
    drawn = rectangles(np.array([[0.0, 0.0], [2.0, 1.0]]), np.array([[1.0, 3.0], [2.0, 2.0]]), "red")
    boxes = [path.get_extents().bounds for path in drawn.get_paths()]
    assert boxes == [(0, 0, 1, 3), (2, 1, 2, 2)]


def test_a_png_begins_with_its_signature_and_has_the_size_asked_for():
    figure, _ = new_figure((4, 3), "title", "subtitle")
    content = png(figure)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert Image.open(io.BytesIO(content)).size == (4 * DOTS_PER_INCH, 3 * DOTS_PER_INCH)


def test_the_same_figure_is_the_same_bytes():
    def content():
        return png(show_pixels(np.eye(3), 0.2, "title")[0])

    assert content() == content()


def test_a_sheet_has_axes_of_exactly_the_inches_asked_for():
    figure, axes = new_sheet(8, 2, "title", margin=0.5)
    box = axes.get_position()
    width, height = figure.get_size_inches()
    assert (box.width * width, box.height * height) == pytest.approx((8, 2))
    assert (box.x0 * width, box.y0 * height) == pytest.approx((0.5, 0.5))
    assert box.x1 < 1
    assert box.y1 < 1


def test_pixels_run_from_paper_to_ink_and_gaps_are_neither():
    figure, axes = show_pixels(np.array([[0, 1, NAN]]), 1, "title")
    image = axes.images[0]
    paper, ink, gap = image.to_rgba(image.get_array())[0, :, :3]
    assert paper.min() == 1
    assert ink.max() < 0.2
    assert 0.8 < gap.min() < 1
    assert png(figure)
