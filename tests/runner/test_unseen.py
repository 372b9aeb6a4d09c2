"""Pictures for a network to look at: whole, in their order, of its size, and light where it knows light."""

import numpy as np
import pytest
from bdf import write_font
from PIL import Image

from fonts import load_fonts
from runner.config.errors import UserError
from runner.unseen import load_unseen


def complaint(name, cell=(7, 5)):
    with pytest.raises(UserError) as raised:
        load_unseen(str(name), cell, True)
    return str(raised.value)


def test_a_font_is_named_as_in_a_config(tmp_path):
    data, remark = load_unseen("font3", (7, 5), True)
    np.testing.assert_array_equal(data.train.pixels, load_fonts(["font3"]).pixels)
    assert (data.title, data.test, remark) == ("font3", None, "")
    glyphs = np.random.default_rng(0).integers(0, 2, (3, 4, 6))
    path = write_font(tmp_path / "own.bdf", glyphs)
    data, _ = load_unseen(str(path), (4, 6), True)
    np.testing.assert_array_equal(data.train.pixels, glyphs.reshape(3, -1))


def test_both_parts_of_a_set_of_images_come_one_after_the_other(image_file):
    data, _ = load_unseen(str(image_file), (6, 5), False)
    with np.load(image_file) as file:
        wanted = np.concatenate([file["x_train"], file["x_test"]])
        labels = np.concatenate([file["y_train"], file["y_test"]])
    np.testing.assert_array_equal(data.train.pixels, wanted.reshape(-1, 30))
    np.testing.assert_array_equal(data.train.labels, labels)
    assert data.train.columns["label"] == labels.tolist()
    assert len(data.train.names) == len(wanted)
    assert data.test is None


def test_many_images_without_a_test_part_are_not_split(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (400, 3, 4), dtype=np.uint8)
    np.savez(tmp_path / "many.npz", x_train=images)
    data, _ = load_unseen(str(tmp_path / "many.npz"), (3, 4), False)
    np.testing.assert_array_equal(data.train.pixels, images.reshape(400, -1))


def test_a_single_picture_of_a_folder_is_enough(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (8, 6), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "one.png")
    data, _ = load_unseen(str(tmp_path), (8, 6), False)
    np.testing.assert_array_equal(data.train.pixels, pixels.reshape(1, -1))
    assert data.train.names == ["one"]


def test_black_and_white_change_places_where_the_network_knows_them_so(tmp_path, picture_folder):
    plain, _ = load_unseen(str(picture_folder), (8, 6), False)
    negative, remark = load_unseen(str(picture_folder), (8, 6), True)
    np.testing.assert_array_equal(negative.train.pixels, 255 - plain.train.pixels)
    assert (plain.is_ink, negative.is_ink) == (False, True)
    assert remark == "; as negatives, because the network learned ink on paper, 0 is paper"
    letters, remark = load_unseen("font1", (7, 5), False)
    np.testing.assert_array_equal(letters.train.pixels, 1 - load_fonts(["font1"]).pixels)
    assert remark.endswith("learned pictures in which 0 is black")


def test_they_are_read_in_colour_or_in_grey_as_the_network_takes_them(color_folder, picture_folder):
    colors, _ = load_unseen(str(color_folder), (8, 6, 3), False)
    grey, _ = load_unseen(str(color_folder), (8, 6), False)
    assert (colors.cell, grey.cell) == ((8, 6, 3), (8, 6))
    plain, _ = load_unseen(str(picture_folder), (8, 6), False)
    three, _ = load_unseen(str(picture_folder), (8, 6, 3), False)
    channels = three.train.pixels.reshape(-1, 48, 3)
    for channel in range(3):
        np.testing.assert_array_equal(channels[..., channel], plain.train.pixels)
    letters, _ = load_unseen("font2", (7, 5, 3), False)
    negative = 1 - load_fonts(["font2"]).pixels
    np.testing.assert_array_equal(letters.train.pixels.reshape(-1, 35, 3)[..., 1], negative)


def test_pictures_of_another_size_are_refused_with_what_to_do(tmp_path, image_file):
    assert complaint(image_file) == (
        f"--encode: {image_file} has images of 5×6 pixels, and this network takes 5×7; scale them to that,"
        f" or train another on these: python main.py data=images vae_dataset={image_file}"
    )
    path = write_font(tmp_path / "own.bdf", np.ones((2, 4, 6), int))
    assert complaint(path) == (
        f"--encode: {path} has characters of 6×4 pixels, and this network takes 5×7; take a font of that"
        f" cell, or train another on these: python main.py data=font font_set={path}"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("font7", "no font 'font7'"),
        ("some/where", "pictures are mnist, fashion_mnist, a .npz file or a folder of pictures"),
        ("nothing.npz", "nothing.npz"),
        ("face.PNG", "face.PNG is a single picture; put it into a folder, and name that"),
        ("x" * 300, "no font"),
        ("a\0b", "no font"),
    ],
)
def test_what_is_not_there_says_what_could_be(name, said):
    assert complaint(name).startswith("--encode: ")
    assert said in complaint(name)


def test_a_file_that_is_no_font_is_told_as_such(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    said = complaint(tmp_path / "config.json")
    assert "config.json" in said
    assert "pictures are" not in said
