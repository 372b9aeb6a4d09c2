"""`edits.js` in a browser, held against NumPy and SciPy."""

import numpy as np
import pytest
from browsing import computing
from scipy import ndimage

from runner.page.html_page import own_script

RANDOM = np.random.default_rng(0)
CELLS = [(28, 28), (7, 5), (12, 30)]


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript after `edits.js`; `args` are the values."""
    return computing(browser, own_script("own/edits.js"))


def edited(compute, expression, picture, *others):
    """A picture `(rows, columns)` after an edit of `picture`, which has that `cell`."""
    script = (
        "const [cell, values, ...others] = args, picture = Float64Array.from(values);"
        f"return Array.from({expression})"
    )
    found = compute(script, list(picture.shape), picture.ravel().tolist(), *others)
    return np.reshape(found, picture.shape)


def test_pictures_are_inverted_shifted_and_thickened(compute):
    picture = RANDOM.random((7, 5)) * (RANDOM.random((7, 5)) < 0.3)
    assert (edited(compute, "inverted(picture)", picture) == 1 - picture).all()
    moved = edited(compute, "shifted(picture, cell, [2, -1])", picture)
    np.testing.assert_array_equal(moved, ndimage.shift(picture, (2, -1), order=0))
    cross = ndimage.generate_binary_structure(2, 1)
    wanted = ndimage.grey_dilation(picture, footprint=cross, mode="constant")
    np.testing.assert_array_equal(edited(compute, "thickened(picture, cell)", picture), wanted)


def test_pictures_on_a_light_ground_are_edited_as_their_negatives_on_a_dark_one(compute):
    drawn = RANDOM.random((9, 7)) * (RANDOM.random((9, 7)) < 0.3)
    for edit in ("shifted(picture, cell, [-1, 2])", "thickened(picture, cell)", "centred(picture, cell)"):
        over = f"overGround((picture) => {edit}, picture, [1])"
        found = edited(compute, over, 1 - drawn)
        np.testing.assert_allclose(found, 1 - edited(compute, edit, drawn), atol=1e-12)


def test_the_ground_is_what_most_corners_have(compute):
    pixels = RANDOM.integers(0, 256, (5, 4, 3, 3))
    corners = pixels[:, [0, 0, -1, -1], [0, -1, 0, -1]].reshape(20, 3)
    script = "return groundOf({ pixels: args[0], names: [...'abcde'], cell: [4, 3, 3], isInk: args[1] })"
    found = compute(script, pixels.ravel().tolist(), False)
    np.testing.assert_allclose(found, np.sort(corners, axis=0)[10] / 255)
    assert compute(script, pixels.ravel().tolist(), True) == [0, 0, 0]


def distances(cell, points):
    """Of the middle of each pixel from the nearest of some points `[x, y]`."""
    rows, columns = np.mgrid[: cell[0], : cell[1]] + 0.5
    return np.min([np.hypot(columns - x, rows - y) for x, y in points], axis=0)


STROKE = "((stroke) => { for (const point of others[1]) stroke.to(point); return stroke.picture; })"


@pytest.mark.parametrize(("before", "level"), [(0.0, 0.8), (1.0, 0.0), (0.4, 1.0)])
def test_a_soft_stroke_covers_what_it_ever_came_near_to(compute, before, level):
    picture = np.full((9, 12), before)
    points = [[3, 4], [8, 6], [3, 4]]  # there and back again, which covers nothing twice
    brush = {"radius": 1.5, "levels": [level]}
    found = edited(compute, f"{STROKE}(new Stroke(picture, cell, others[0]))", picture, brush, points)
    line = np.linspace([3, 4], [8, 6], 2000)
    cover = np.clip(2 - distances(picture.shape, line), 0, 1)
    np.testing.assert_allclose(found, before + cover * (level - before), atol=0.01)


def test_a_pencil_leaves_no_gaps_and_no_greys(compute):
    pencil, points = {"radius": 0, "levels": [1]}, [[0.5, 0.5], [4.4, 6.6]]
    found = edited(
        compute, f"{STROKE}(new Stroke(picture, cell, others[0]))", np.zeros((7, 5)), pencil, points
    )
    wanted = np.zeros((7, 5))
    x, y = np.floor(np.linspace(*points, 2000)).astype(int).T
    wanted[y, x] = 1
    assert set(np.unique(found)) == {0, 1}
    assert (found <= wanted).all()
    assert ndimage.label(found, np.ones((3, 3)))[1] == 1


def means_over_areas(length, size):
    """The matrix `(size, length)` of means over equal parts of a line, from a fine ruler."""
    ruler = length * size
    return (
        np.kron(np.eye(length), np.ones(size))
        .reshape(length, ruler)
        .T.reshape(size, length, length)
        .mean(1)
    )


def centred(picture):
    """The reference, in other words than the page's: matrices, and NumPy's roll on a wide field."""
    rows, columns = cell = picture.shape
    (top, bottom), (left, right) = [
        (used.min(), used.max() + 1) for used in map(np.unique, np.nonzero(picture > 0))
    ]
    crop = picture[top:bottom, left:right]
    room = [max(1, int(np.floor(side * 20 / 28 + 0.5))) for side in picture.shape]
    scale = min(room[0] / crop.shape[0], room[1] / crop.shape[1])
    size = [max(1, int(np.floor(side * scale + 0.5))) for side in crop.shape]
    fitted = means_over_areas(crop.shape[0], size[0]) @ crop @ means_over_areas(crop.shape[1], size[1]).T
    wide = np.zeros((3 * rows, 3 * columns))
    wide[: size[0], : size[1]] = fitted
    centre = np.array(ndimage.center_of_mass(fitted))
    shift = np.floor(np.array(cell) // 2 - centre + 0.5).astype(int)
    return np.roll(wide, shift + cell, axis=(0, 1))[rows : 2 * rows, columns : 2 * columns]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("seed", range(4))
def test_pictures_are_centred_as_mnist_s_are(compute, cell, seed):
    random = np.random.default_rng(seed)
    picture = np.zeros(cell)
    height, width = random.integers(1, cell[0] + 1), random.integers(1, cell[1] + 1)
    top, left = random.integers(0, cell[0] - height + 1), random.integers(0, cell[1] - width + 1)
    picture[top : top + height, left : left + width] = random.random((height, width))
    np.testing.assert_allclose(
        edited(compute, "centred(picture, cell)", picture), centred(picture), atol=1e-12
    )


def test_a_digit_fills_the_box_and_its_mass_is_in_the_middle(compute):
    picture = np.zeros((28, 28))
    picture[1:11, 2:4] = 1  # a small stroke in a corner
    found = edited(compute, "centred(picture, cell)", picture)
    used = np.nonzero(found)
    assert [np.ptp(places) + 1 for places in used] == [20, 4]
    np.testing.assert_allclose(ndimage.center_of_mass(found), (14, 14), atol=0.5)
    np.testing.assert_allclose(edited(compute, "centred(picture, cell)", found), found, atol=1e-12)
    empty = np.zeros((28, 28))
    assert (edited(compute, "centred(picture, cell)", empty) == 0).all()


def test_pictures_in_colour_are_edited_channel_by_channel(compute):
    picture = RANDOM.random((9, 7, 3)) * (RANDOM.random((9, 7, 1)) < 0.4)
    for edit in ("inverted(picture)", "shifted(picture, cell, [-1, 2])", "thickened(picture, cell)"):
        found = edited(compute, edit, picture)
        for channel in range(3):
            np.testing.assert_array_equal(found[..., channel], edited(compute, edit, picture[..., channel]))
    one_level = np.repeat(picture[..., :1], 3, axis=2)  # whose channels have one centre of mass
    found = edited(compute, "centred(picture, cell)", one_level)
    np.testing.assert_allclose(found[..., 2], centred(one_level[..., 2]), atol=1e-12)
    brush, points = {"radius": 1, "levels": [0.2, 0.5, 1]}, [[2, 2], [5, 6]]
    found = edited(compute, f"{STROKE}(new Stroke(picture, cell, others[0]))", picture, brush, points)
    for channel, level in enumerate(brush["levels"]):
        alone = {"radius": 1, "levels": [level]}
        wanted = edited(
            compute, f"{STROKE}(new Stroke(picture, cell, others[0]))", picture[..., channel], alone, points
        )
        np.testing.assert_allclose(found[..., channel], wanted)
