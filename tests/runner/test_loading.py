"""Pictures, whatever they were read from: their names, their classes, and which of them are judged."""

import numpy as np
import pytest
from bdf import write_font
from loading import config

from fonts import load_fonts
from images.datasets import load_images, with_test_part
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import MOST_FEW, Data, Pictures
from runner.loading import LOADERS, load_data


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
