"""Maps of few show every code at its place, and no label covers another; of many a fair sample."""

import numpy as np
import pytest

from runner.figures.maps.named import glyph_map, labelled_map, sample_map
from runner.figures.style import png

CELL = (7, 5)
PLACES = np.array([[0.0, 0.0], [0.01, 0.0], [5.0, 3.0]])
MISSED = np.array([False, True, False])
PLANE, LINE = ("z1", "z2"), ("z1", "")


def boxes(axes, artists) -> np.ndarray:
    """Left, bottom, right and top of artists on the picture, in pixels."""
    png(axes.figure)
    return np.array([artist.get_window_extent().extents for artist in artists])


def are_apart(found: np.ndarray) -> bool:
    low, high = (
        np.maximum(found[:, None, :2], found[None, :, :2]),
        np.minimum(found[:, None, 2:], found[None, :, 2:]),
    )
    shared = (high - low).min(axis=-1)
    np.fill_diagonal(shared, -np.inf)
    return shared.max() < 1


def are_inside(found: np.ndarray, axes) -> bool:
    frame = axes.get_window_extent()
    low, high = frame.min - 1, frame.max + 1
    return bool((found[:, :2] >= low).all() and (found[:, 2:] <= high).all())


def test_the_map_of_few_shows_every_name_and_every_place():
    names = ["$", "%", "space"]
    figure = labelled_map(PLACES, names, MISSED, PLACES[:1], PLANE, "character")
    (axes,) = figure.axes
    assert {text.get_text() for text in axes.texts} == {"$", "%", "space"}
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), PLACES)
    found = boxes(axes, axes.texts)
    assert are_apart(found)
    assert are_inside(found, axes)


@pytest.mark.parametrize("plane", [PLANE, LINE])
@pytest.mark.parametrize("count", [4, 32, 96, 223])
def test_names_cover_no_name_and_no_dot_and_none_is_cut_off(count, plane):
    random = np.random.default_rng(count)
    places = random.standard_t(3, (count, 2)) * ([1, 1] if plane == PLANE else [1, 0])
    names = ["a" if row % 2 else f"image {row}" for row in range(count)]
    figure = labelled_map(places, names, None, PLACES[:0], plane, "image")
    (axes,) = figure.axes
    found = boxes(axes, axes.texts)
    assert are_apart(found)
    assert are_inside(found, axes)
    dots = axes.transData.transform(places)
    inside = (found[:, None, :2] < dots) & (dots < found[:, None, 2:])
    assert not inside.all(axis=-1).any()
    said = figure.texts[1].get_text()
    assert said == (
        ""
        if len(found) == count
        else f"{len(found)} of {count} images are named: there is no room for more"
    )
    assert len(found) > 0.8 * min(count, 96)


def legend(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


@pytest.mark.parametrize(
    ("missed", "wanted", "expected"),
    [
        (MISSED, PLACES[:1], ["learned", "with wrong pixels", "generated"]),
        (MISSED & False, PLACES[:0], ["learned"]),
        (None, PLACES[:2], ["generated"]),
        (None, PLACES[:0], []),
    ],
)
def test_the_legend_says_what_there_is(missed, wanted, expected):
    figure = labelled_map(PLACES, ["a", "b", "c"], missed, wanted, PLANE, "image")
    (axes,) = figure.axes
    assert legend(axes) == expected
    colors = [text.get_color() for text in axes.texts]
    assert len(set(colors)) == (2 if "with wrong pixels" in expected else 1)
    assert figure.texts[0].get_text() == "Latent space: one point an image"
    png(figure)


# Pictures at their codes


def frames(axes) -> np.ndarray:
    """The papers of the pictures in pixels: left, bottom, right, top."""
    papers = max(axes.collections, key=lambda drawn: drawn.get_linewidth()[0] == 0.5)
    corners = np.array([path.vertices[:4] for path in papers.get_paths()])
    shown = axes.transData.transform(corners.reshape(-1, 2)).reshape(corners.shape)
    return np.concatenate([shown.min(axis=1), shown.max(axis=1)], axis=1)


@pytest.mark.parametrize("plane", [PLANE, LINE])
@pytest.mark.parametrize("count", [1, 6, 40])
def test_pictures_at_one_place_are_all_drawn_or_said_to_be_left_out(count, plane):
    places = np.zeros((count, 2))
    figure = glyph_map(places, np.eye(count, 35), CELL, plane, "character")
    (axes,) = figure.axes
    png(figure)
    found = frames(axes)
    assert are_apart(found)
    assert are_inside(found, axes)
    missing = figure.texts[1].get_text()
    assert (len(found) == count) == (missing == "")
    assert len(found) >= min(count, 4)


@pytest.mark.parametrize("cell", [(7, 5), (5, 40), (40, 5)])
def test_pictures_of_any_shape_are_inside(cell):
    places = np.random.default_rng(0).normal(size=(30, 2))
    pictures = np.random.default_rng(1).integers(0, 2, (30, cell[0] * cell[1])).astype(float)
    figure = glyph_map(places, pictures, cell, PLANE, "character")
    (axes,) = figure.axes
    png(figure)
    found = frames(axes)
    assert are_apart(found)
    assert are_inside(found, axes)


def test_ink_is_drawn_pixel_by_pixel_at_its_code():
    picture = np.zeros((1, 35))
    picture[0, 0] = picture[0, 34] = 1
    figure = glyph_map(np.array([[2.0, 3.0]]), picture, CELL, PLANE, "character")
    (axes,) = figure.axes
    ink = axes.collections[-1]
    middles = np.array([path.vertices[:4].mean(axis=0) for path in ink.get_paths()])
    assert len(middles) == 2
    np.testing.assert_allclose(middles.mean(axis=0), [2, 3])
    assert middles[0, 0] < 2 < middles[1, 0]  # the first pixel is on the left, at the top
    assert middles[0, 1] > 3 > middles[1, 1]


def test_grey_pictures_are_drawn_whole_and_inside_their_frames():
    places = np.array([[0.0, 0.0], [0.1, 0.0], [3.0, 1.0]])
    pictures = np.random.default_rng(0).random((3, 35))
    figure = glyph_map(places, pictures, CELL, PLANE, "image")
    (axes,) = figure.axes
    png(figure)
    assert len(axes.images) == 3
    for image, picture, frame in zip(axes.images, pictures, frames(axes), strict=True):
        np.testing.assert_array_equal(image.get_array(), picture.reshape(CELL))
        left, right, bottom, top = image.get_extent()
        (x0, y0), (x1, y1) = axes.transData.transform([(left, bottom), (right, top)])
        assert frame[0] < x0 < x1 < frame[2]
        assert frame[1] < y0 < y1 < frame[3]


@pytest.mark.parametrize("plane", [PLANE, LINE])
def test_of_many_all_codes_are_dots_and_some_are_drawn_where_they_are(plane):
    random = np.random.default_rng(0)
    places = random.normal(size=(2000, 2)) * ([1, 1] if plane == PLANE else [1, 0])
    rows = np.arange(0, 2000, 4)
    pictures = np.tile(rows[:, None] / 2000, (1, 35))
    figure = sample_map(places, rows, pictures, CELL, plane, "image")
    (axes,) = figure.axes
    png(figure)
    np.testing.assert_array_equal(axes.collections[0].get_offsets(), places)
    found = frames(axes)
    assert 40 < len(found) == len(axes.images)
    assert are_apart(found)
    assert are_inside(found, axes)
    assert figure.texts[1].get_text() == f"{len(found)} of 2,000 are drawn, a fair sample"
    drawn = [round(2000 * float(image.get_array()[0, 0])) for image in axes.images]
    middles = (found[:, :2] + found[:, 2:]) / 2
    wanted = axes.transData.transform(places[drawn])
    np.testing.assert_allclose(middles[:, 0], wanted[:, 0], atol=1)
    if plane == PLANE:
        np.testing.assert_allclose(middles[:, 1], wanted[:, 1], atol=1)
