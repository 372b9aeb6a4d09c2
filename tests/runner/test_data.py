"""Pictures, whatever they were read from: their names, their classes, and which of them are judged."""

import numpy as np
import pytest
from bdf import write_font
from loading import config

from fonts import load_fonts
from images.datasets import load_images, with_test_part
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import LOADERS, MOST_FEW, Data, Pictures, load_data


def images_at(path):
    return load_data(config(data="images", vae_dataset=str(path)))


def save(path, train, test=None, **labels):
    parts = {"x_train": train} if test is None else {"x_train": train, "x_test": test}
    np.savez(path, **parts, **labels)
    return path


def random_images(count, seed=0, shape=(4, 3)):
    return np.random.default_rng(seed).integers(0, 256, (count, *shape), dtype=np.uint8)


def test_every_choice_of_the_key_data_has_a_loader():
    assert set(LOADERS) == set(Config.model_json_schema()["properties"]["data"]["enum"])


# Fonts


def test_a_font_is_its_characters():
    data, font = load_data(config(font_set=["font1", "font2"])), load_fonts(["font1", "font2"])
    assert (data.title, data.noun, data.source, data.cell) == ("font1 + font2", "character", "", (7, 5))
    np.testing.assert_array_equal(data.train.pixels, font.pixels)
    assert data.train.names == font.names
    assert data.train.columns["name"] == font.names
    assert data.train.columns["character"] == font.characters
    assert data.train.columns["code_point"][:3] == ["U+0020", "U+0021", "U+0022"]
    assert (data.test, data.train.labels, data.class_names) == (None, None, [])
    assert data.judged is data.train
    assert data.part == ""
    assert data.is_few and data.is_binary and data.is_ink
    assert data.sha256 == font.sha256


def test_characters_are_chosen_by_name_or_by_number():
    assert load_data(config(characters=["C", "@"])).train.columns["character"] == ["C", "@"]
    assert load_data(config(font_subset_size=3)).train.columns["character"] == ["@", "A", "B"]


def test_a_control_character_has_its_code_point_and_no_picture_of_its_own(tmp_path):
    path = write_font(tmp_path / "controls.bdf", np.ones((2, 3, 3)), first=31)
    columns = load_data(config(font_set=str(path))).train.columns
    assert columns == {
        "name": ["U+001F", "space"],
        "character": [None, " "],
        "code_point": ["U+001F", "U+0020"],
    }


def test_a_digit_needs_no_word_in_a_picture():
    pictures = load_data(config(font_set=["font1"], characters=["1"])).train
    assert (pictures.names, pictures.captions) == (["digit 1"], ["1"])


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"font_set": "font9"}, "font_set: no font 'font9'; write one of font1, font2, font3"),
        ({"font_subset_size": 40}, "font_subset_size: got 40; the font has 32"),
        ({"characters": ["a"]}, "characters: 'a' not in the font"),
    ],
)
def test_characters_that_are_not_there_are_a_mistake(keys, message):
    with pytest.raises(UserError, match=message):
        load_data(config(**keys))


# Images


def test_images_are_their_two_parts_and_judged_by_the_second(image_file):
    data, images = images_at(image_file), load_images(str(image_file))
    assert (data.title, data.noun, data.cell, data.part) == ("three.npz", "image", (6, 5), "test ")
    assert data.source == f"read from {image_file}"
    np.testing.assert_array_equal(data.train.pixels, images.train_images.reshape(300, 30))
    np.testing.assert_array_equal(data.judged.pixels, images.test_images.reshape(310, 30))
    np.testing.assert_array_equal(data.judged.labels, images.test_labels)
    assert data.class_names == ["class 0", "class 1", "class 2"]
    assert data.judged.names == [f"class {label}" for label in images.test_labels]
    assert data.judged.columns["label"] == images.test_labels.tolist()
    assert data.judged.columns["class_name"] == data.judged.names
    assert not data.is_few and not data.is_binary
    assert data.is_ink == images.ink
    assert data.sha256 == images.sha256


def test_images_without_classes_are_called_by_their_number(tmp_path):
    data = images_at(save(tmp_path / "plain.npz", random_images(12)))
    assert data.judged.names[:2] == ["image 0", "image 1"]
    assert data.judged.columns == {"label": [None] * 12, "class_name": [None] * 12}
    assert (data.judged.labels, data.class_names) == (None, [])


def test_a_folder_of_few_pictures_is_learned_whole_and_its_files_give_the_names(picture_folder):
    data = images_at(picture_folder)
    assert (data.title, data.test, data.part, len(data.judged)) == ("signs", None, "", 12)
    names = [f"{name} {number}" for name in ("cross", "ring") for number in range(6)]
    assert data.judged.names == data.judged.columns["name"] == names
    assert data.class_names == ["crosses", "rings"]
    assert data.judged.columns["class_name"] == ["crosses"] * 6 + ["rings"] * 6
    assert data.judged.labels.tolist() == data.judged.columns["label"] == [0] * 6 + [1] * 6
    assert data.is_few and not data.is_binary and not data.is_ink


@pytest.mark.parametrize("count", [MOST_FEW, MOST_FEW + 1])
def test_only_many_pictures_without_a_test_part_get_one(tmp_path, count):
    path = save(tmp_path / "own.npz", random_images(count), y_train=np.arange(count) % 2)
    data, split = images_at(path), with_test_part(load_images(str(path)))
    if count == MOST_FEW:
        assert (data.test, len(data.train)) == (None, count)
    else:
        assert (len(data.train), len(data.test)) == (271, 30)
        np.testing.assert_array_equal(data.test.pixels, split.test_images.reshape(30, -1))
        np.testing.assert_array_equal(data.test.labels, split.test_labels)


def test_images_that_are_not_there_are_a_mistake(tmp_path):
    with pytest.raises(UserError, match="vae_dataset: "):
        images_at(tmp_path / "none.npz")


# What pictures are asked


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


def test_what_is_in_colour_is_told_so_and_no_pixel_of_it_is_wrong(color_folder):
    data = load_data(config(data="images", vae_dataset=str(color_folder)))
    assert data.description.startswith("sprites: 12 images of 6×8 pixels, in colour, levels ")
    assert (data.cell, data.channels, data.facts["channels"]) == ((8, 6, 3), 3, 3)
    assert data.remarks == ("what is transparent became white",)
    pure = Pictures(np.array([[0, 255, 255], [255, 0, 0]], np.uint8), ["a", "b"])
    assert not Data("t", "image", (1, 1, 3), pure, None, [], "", "").is_binary


@pytest.mark.parametrize("word", ["grey", "gray"])
def test_colours_may_be_read_in_grey(color_folder, word):
    data = load_data(config(data="images", vae_dataset=str(color_folder), image_colors=word))
    assert (data.cell, data.channels) == ((8, 6), 1)
    assert "grey levels" in data.description


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


def test_own_pictures_may_be_sorted_and_those_of_a_public_set_are_not(tmp_path):
    rows = np.repeat(np.arange(10), 60)
    path = save(tmp_path / "own.npz", random_images(600), y_train=rows)
    data = images_at(path)
    assert np.bincount(data.test.labels).tolist() == [6] * 10
    assert np.bincount(data.test.labels[data.sample(20)]).tolist() == [2] * 10
    assert data.remarks == ("it has no test part: a tenth of each class was drawn for that",)


def test_a_size_of_images_can_be_asked_for(picture_folder):
    data = load_data(config(data="images", vae_dataset=str(picture_folder), image_size=4))
    assert max(data.cell) == 4


def test_what_is_black_at_0_is_drawn_with_light_and_dark_exchanged():
    levels = np.array([0.0, 0.25, 1.0])
    assert data_of(Pictures(np.eye(3), ["a"] * 3)).as_ink(levels).tolist() == [0, 0.25, 1]
    assert data_of(Pictures(np.eye(3), ["a"] * 3), is_ink=False).as_ink(levels).tolist() == [1, 0.75, 0]
