"""What pictures know of themselves."""

import numpy as np
import pytest

from runner.data import Data, Pictures


@pytest.mark.parametrize(
    ("pixels", "is_binary"),
    [
        (np.array([[0, 255, 0]], np.uint8), True),
        (np.array([[0, 254, 0]], np.uint8), False),
        (np.array([[0, 1, 0]], np.uint8), False),
        (np.array([[0.0, 1.0, 1.0]]), True),
        (np.array([[0.0, 0.5, 1.0]]), False),
    ],
)
def test_pixels_can_be_wrong_where_all_are_black_or_white(pixels, is_binary):
    assert data_of(Pictures(pixels, ["a"])).is_binary is is_binary


def data_of(train, test=None, **facts):
    return Data("title", "image", (1, 3), train, test, [], "", "", **facts)


def test_what_was_read_is_said_in_a_line_and_kept_as_facts():
    pair, one = (
        Pictures(np.array([[0, 7, 9], [9, 9, 9]], np.uint8), ["a", "b"]),
        Pictures(np.eye(3)[:1], ["a"]),
    )
    assert data_of(one).description == "title: 1 image of 3×1 pixels, 0 and 1"
    both = Data("t", "image", (1, 3), pair, pair, ["cat"], "", "", remarks=("2 passed over",))
    assert both.description == "t: 2 + 2 images of 3×1 pixels, grey levels 0…9, 1 class"
    assert both.facts == {
        "description": both.description,
        "remarks": ["2 passed over"],
        "train": 2,
        "test": 2,
        "rows": 1,
        "columns": 3,
        "channels": 1,
        "lowest": 0,
        "highest": 9,
        "classes": 1,
    }


def test_bytes_are_levels_of_single_precision_and_floats_stay_as_they_are():
    levels = Pictures(np.array([[0, 51, 255], [255, 0, 0]], np.uint8), ["a", "b"]).levels()
    assert levels.dtype == np.float32
    np.testing.assert_allclose(levels, [[0, 0.2, 1], [1, 0, 0]])
    floats = np.array([[0, 0.25, 1], [1, 0, 0]])
    np.testing.assert_array_equal(Pictures(floats, ["a", "b"]).levels(slice(1, 2)), floats[1:])


def test_some_pictures_keep_all_that_is_theirs():
    names = [f"p{row}" for row in range(5)]
    some = Pictures(np.eye(5), names, np.arange(5) * 2, {"name": names, "class": list("abcde")})
    taken = some.take(np.array([3, 0]))
    np.testing.assert_array_equal(taken.pixels, np.eye(5)[[3, 0]])
    assert (taken.names, taken.labels.tolist()) == (["p3", "p0"], [6, 0])
    assert taken.columns == {"name": ["p3", "p0"], "class": ["d", "a"]}
    assert Pictures(np.eye(5), names).take(np.array([1])).labels is None


def test_a_sample_is_spread_over_what_may_be_sorted_and_the_first_of_what_is_not():
    many = Pictures(np.zeros((10, 3)), [""] * 10)
    for data in (data_of(many), data_of(many, many)):
        assert data.sample(4).tolist() == [0, 3, 6, 9]
        assert data.sample(10).tolist() == data.sample(99).tolist() == list(range(10))
    shuffled = data_of(many, many, is_shuffled=True)
    assert shuffled.sample(4).tolist() == [0, 1, 2, 3]
    assert shuffled.sample(99).tolist() == list(range(10))


def test_a_sample_has_pictures_of_every_class():
    sorted_by_class = Pictures(np.zeros((60, 3)), [""] * 60, np.repeat([0, 1, 2], [50, 2, 8]))
    rows = data_of(sorted_by_class, sorted_by_class).sample(10)
    assert np.bincount(sorted_by_class.labels[rows]).tolist() == [4, 2, 4]


def test_what_is_black_at_0_is_drawn_with_light_and_dark_exchanged():
    levels = np.array([0.0, 0.25, 1.0])
    assert data_of(Pictures(np.eye(3), ["a"] * 3)).as_ink(levels).tolist() == [0, 0.25, 1]
    assert data_of(Pictures(np.eye(3), ["a"] * 3), is_ink=False).as_ink(levels).tolist() == [1, 0.75, 0]
