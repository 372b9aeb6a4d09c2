"""Folders of pictures: each at its place, all of one size, and a sentence for all that cannot be read."""

import os

import numpy as np
import pytest
from drawing import draw, draw_all, grey, some
from PIL import Image

from images.errors import DataError
from images.own import folder
from images.own.folder import read_folder


def test_pictures_without_classes(tmp_path):
    draw_all(tmp_path, some(12), "p{}.png")
    reading = read_folder(tmp_path)
    assert list(reading.parts) == ["train_images"]
    np.testing.assert_array_equal(reading.parts["train_images"], some(12))
    assert reading.parts["train_images"].dtype == np.uint8
    assert reading.names == {"train": [f"p{number}" for number in range(12)]}
    assert (reading.class_names, reading.remarks) == ([], [])


def test_each_sub_folder_is_a_class(tmp_path):
    for name, first in (("dog/1.png", 1), ("cat/2.png", 2), ("cat/more/1.bmp", 3)):
        draw(tmp_path / name, grey(first=first))
    reading = read_folder(tmp_path)
    assert reading.class_names == ["cat", "dog"]
    assert reading.parts["train_labels"].tolist() == [0, 0, 1]
    assert reading.parts["train_labels"].dtype == np.int64
    assert reading.parts["train_images"][:, 0, 0].tolist() == [2, 3, 1]
    assert reading.names["train"] == ["cat/2", "cat/more/1", "dog/1"]


def test_both_parts_have_the_classes_of_both(tmp_path):
    for name, first in (("train/c10/1.png", 1), ("train/c2/1.png", 2), ("test/c3/1.png", 3)):
        draw(tmp_path / name, grey(first=first))
    reading = read_folder(tmp_path)
    assert reading.class_names == ["c2", "c3", "c10"]
    assert {part: array.tolist() for part, array in reading.parts.items() if "labels" in part} == {
        "train_labels": [0, 2],
        "test_labels": [1],
    }
    assert reading.parts["train_images"][:, 0, 0].tolist() == [2, 1]
    assert reading.parts["test_images"][:, 0, 0].tolist() == [3]
    assert reading.names == {"train": ["c2/1", "c10/1"], "test": ["1"]}


def test_classes_of_one_part_alone_are_not_used_and_that_is_told(tmp_path):
    for name in ("train/cat/1.png", "train/dog/2.png", "test/3.png"):
        draw(tmp_path / name, grey())
    reading = read_folder(tmp_path)
    assert list(reading.parts) == ["train_images", "test_images"]
    assert reading.class_names == []
    assert "only one of the parts has classes, so that none are used" in reading.remarks


def test_one_thumbnail_does_not_shrink_the_others(tmp_path):
    draw_all(tmp_path, some(5, 20, 16))
    draw(tmp_path / "thumbnail.png", grey(2, 2))
    reading = read_folder(tmp_path)
    np.testing.assert_array_equal(reading.parts["train_images"][:5], some(5, 20, 16))
    assert reading.remarks == [
        "of different sizes, 2×2 to 16×20: each fitted into 16×20 pixels with its aspect"
    ]


def test_a_size_can_be_asked_for(tmp_path):
    large = some(3).repeat(10, axis=1).repeat(10, axis=2)
    draw_all(tmp_path, large)
    reading = read_folder(tmp_path, 4)
    np.testing.assert_array_equal(reading.parts["train_images"], some(3))
    assert reading.remarks == ["brought from 30×40 to 3×4 pixels"]


def test_large_pictures_of_different_sizes_are_all_decoded(tmp_path):
    small, large = some(1, 20, 16)[0], some(1, 20, 16)[0].repeat(20, 0).repeat(20, 1)
    for name, picture in (("a", small), ("b", large), ("c", small)):
        draw(tmp_path / f"{name}.png", picture)
    images = read_folder(tmp_path).parts["train_images"]
    np.testing.assert_array_equal(images, [small] * 3)


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        (np.array([[0, 1, 1]], np.uint8), [0, 255, 255]),
        (np.array([[0, 100, 255]], np.uint16), [0, 100, 255]),
        (np.array([[0, 257, 65535]], np.uint16), [0, 1, 255]),
        (np.array([[0, 2048, 4095]], np.int32), [0, 128, 255]),
        (np.array([[0, 0.2, 1]], np.float32), [0, 51, 255]),
        (np.array([[-1, 0, 1]], np.float32), [0, 128, 255]),
        (np.array([[0, 17, 255]], np.float32), [0, 17, 255]),
    ],
)
def test_values_are_levels_by_their_type_and_the_whole_set(tmp_path, values, levels):
    """The first picture alone would say something else of its range."""
    draw(tmp_path / "0.tif", np.full_like(values, values[0, 0]))
    draw(tmp_path / "1.tif", values)
    assert read_folder(tmp_path).parts["train_images"].tolist() == [[[levels[0]] * 3], [levels]]


def test_stacks_and_animations_are_told(tmp_path):
    pages = [Image.fromarray(page) for page in some(3)]
    pages[0].save(tmp_path / "stack.tif", save_all=True, append_images=pages[1:])
    colours = [Image.fromarray(np.full((4, 3, 3), level, np.uint8)) for level in (10, 90)]
    colours[0].save(tmp_path / "dance.webp", save_all=True, append_images=colours[1:], lossless=True)
    reading = read_folder(tmp_path)
    assert reading.names["train"] == ["dance", "stack #1", "stack #2", "stack #3"]
    np.testing.assert_array_equal(reading.parts["train_images"][1:], some(3))
    assert reading.remarks == [
        "files of several pages, each page a picture: 1 (stack.tif)",
        "animations, of which the first frame was read: 1 (dance.webp)",
    ]


def test_names_that_are_no_text_can_be_written_into_a_table(tmp_path):
    for name in (b"cl\xe9/\xff.png", "ü/é.png".encode()):
        path = tmp_path / os.fsdecode(name)
        try:
            draw(path, grey())
        except OSError:
            pytest.skip("a file system whose names are text")
    reading = read_folder(tmp_path)
    assert reading.class_names == ["cl\\udce9", "ü"]
    assert reading.names["train"] == ["\\udcff", "é"]


def test_a_file_that_is_no_picture_is_named(tmp_path):
    draw(tmp_path / "a.png", grey())
    (tmp_path / "b.png").write_bytes(b"")
    with pytest.raises(DataError, match=r"b\.png: not a readable picture .*; mend or remove it$"):
        read_folder(tmp_path)


def test_a_large_picture_cut_off_is_named(tmp_path):
    draw(tmp_path / "a.png", some(1, 300, 300)[0])
    data = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(data[: len(data) // 2])
    draw(tmp_path / "b.png", grey())
    with pytest.raises(DataError, match=r"a\.png: not a readable picture"):
        read_folder(tmp_path)


def test_all_files_that_cannot_be_read_are_in_one_message_which_stays_short(tmp_path):
    draw(tmp_path / "good.png", grey())
    draw(tmp_path / "nan.tif", np.full((4, 3), np.nan, np.float32))
    for number in range(48):
        (tmp_path / f"{number}.png").write_text("no picture")
    with pytest.raises(DataError) as raised:
        read_folder(tmp_path)
    lines = str(raised.value).splitlines()
    assert len(lines) == 13
    assert "0.png: not a readable picture (its content is none of" in lines[0]
    assert lines[-1] == "and 37 more; mend or remove them"


def test_too_many_pictures_are_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MOST_PICTURES", 2)
    for i in range(3):
        (tmp_path / f"{i}.png").touch()
    with pytest.raises(DataError, match="3 pictures; at most 2"):
        read_folder(tmp_path)
