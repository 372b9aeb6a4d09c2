"""Folders of pictures: each at its place, all of one size, and a name for each."""

import os

import numpy as np
import pytest
from PIL import Image

from images import folder
from images.errors import DataError
from images.folder import read_folder


def draw(path, array, **options):
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(np.asarray(array)).save(path, **options)


def grey(rows=4, columns=3, first=0):
    return (np.arange(rows * columns).reshape(rows, columns) + first).astype(np.uint8)


def test_pictures_without_classes_are_sorted_by_name(tmp_path):
    for name, first in (("b.png", 20), ("a.png", 10), ("C.PNG", 30)):
        draw(tmp_path / name, grey(first=first))
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / ".hidden.png").write_text("not a picture")
    pictures = read_folder(tmp_path)
    assert pictures.labels is None
    assert pictures.class_names == []
    assert pictures.names == ["C", "a", "b"]
    assert pictures.images.dtype == np.uint8
    assert pictures.images.tolist() == [grey(first=first).tolist() for first in (30, 10, 20)]


def test_each_sub_folder_is_a_class(tmp_path):
    for name, first in (("dog/1.png", 1), ("cat/2.png", 2), ("cat/1.bmp", 3)):
        draw(tmp_path / name, grey(first=first))
    (tmp_path / "empty").mkdir()
    (tmp_path / ".cache").mkdir()
    draw(tmp_path / ".cache" / "1.png", grey())
    pictures = read_folder(tmp_path)
    assert pictures.class_names == ["cat", "dog"]
    assert pictures.labels.tolist() == [0, 0, 1]
    assert pictures.labels.dtype == np.int64
    assert pictures.images[:, 0, 0].tolist() == [3, 2, 1]


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["cat/b.png", "dog/a.b.png"], ["b", "a.b"]),
        (["cat/1.png", "cat/2.png", "dog/1.png"], ["cat/1", "cat/2", "dog/1"]),
        (["cat/1.bmp", "cat/1.png", "dog/2.png"], ["cat/1.bmp", "cat/1.png", "dog/2.png"]),
        (["1.bmp", "1.png", "2.png"], ["1.bmp", "1.png", "2.png"]),
    ],
)
def test_each_picture_has_a_name_of_its_own(tmp_path, files, names):
    for file in files:
        draw(tmp_path / file, grey())
    assert read_folder(tmp_path).names == names


def test_names_that_are_no_text_can_be_written_into_a_table(tmp_path):
    for name in (b"cl\xe9/\xff.png", "ü/é.png".encode()):
        path = tmp_path / os.fsdecode(name)
        try:
            draw(path, grey())
        except OSError:
            pytest.skip("a file system whose names are text")
    pictures = read_folder(tmp_path)
    assert pictures.class_names == ["cl\\udce9", "ü"]
    assert pictures.names == ["\\udcff", "é"]


@pytest.mark.parametrize(
    ("sizes", "shape"),
    [
        ([(8, 6), (5, 9)], (5, 6)),
        ([(64, 64), (100, 70)], (64, 64)),
        ([(128, 96), (256, 192)], (64, 48)),
        ([(1, 500)], (1, 64)),
    ],
)
def test_all_pictures_get_the_least_size_and_at_most_64(tmp_path, sizes, shape):
    for i, (rows, columns) in enumerate(sizes):
        draw(tmp_path / f"{i}.png", np.full((rows, columns), 77, np.uint8))
    images = read_folder(tmp_path).images
    assert images.shape == (len(sizes), *shape)
    assert set(np.unique(images)) == {77}


def only(tmp_path):
    return read_folder(tmp_path).images[0]


def test_reducing_takes_means(tmp_path):
    draw(tmp_path / "large.png", np.kron([[10, 20], [30, 40]], np.ones((64, 64))).astype(np.uint8))
    assert only(tmp_path)[[0, 0, -1, -1], [0, -1, 0, -1]].tolist() == [10, 20, 30, 40]


def test_colours_become_luminance(tmp_path):
    draw(tmp_path / "colours.png", np.diag([255] * 3).astype(np.uint8)[None])
    assert only(tmp_path).tolist() == [[76, 150, 29]]


def test_what_is_transparent_becomes_white(tmp_path):
    pixels = [[[0, 0, 0, 255], [0, 0, 0, 0], [255, 0, 0, 0]]]
    draw(tmp_path / "ink.png", np.array(pixels, np.uint8))
    assert only(tmp_path).tolist() == [[0, 255, 255]]


def test_sixteen_bits_are_scaled_not_cut_off(tmp_path):
    draw(tmp_path / "deep.png", np.array([[0, 257, 25700, 65535]], np.uint16))
    assert only(tmp_path).tolist() == [[0, 1, 100, 255]]


def test_a_turned_photograph_is_turned_back(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    draw(tmp_path / "photo.png", grey(2, 3), exif=exif)
    assert only(tmp_path).tolist() == np.rot90(grey(2, 3), -1).tolist()


@pytest.mark.parametrize("content", [b"", b"text", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0 EPSF-3.0\n"])
def test_a_file_that_is_no_picture_is_named(tmp_path, content):
    draw(tmp_path / "a.png", grey())
    (tmp_path / "b.png").write_bytes(content)
    with pytest.raises(DataError, match=r"b\.png: not a readable picture .* mend or remove it"):
        read_folder(tmp_path)


def test_a_picture_cut_off_is_named(tmp_path):
    draw(tmp_path / "a.png", np.random.default_rng(0).integers(0, 256, (60, 60)).astype(np.uint8))
    data = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(DataError, match=r"a\.png: not a readable picture"):
        read_folder(tmp_path)


def test_an_enormous_picture_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "LARGEST_PICTURE", 100)
    draw(tmp_path / "a.png", grey(1, 101))
    with pytest.raises(DataError, match="101×1 pixels are too many"):
        read_folder(tmp_path)


def test_pictures_beside_classes_are_refused(tmp_path):
    draw(tmp_path / "a.png", grey())
    draw(tmp_path / "cat" / "a.png", grey())
    with pytest.raises(DataError, match="pictures beside sub-folders"):
        read_folder(tmp_path)


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"holds no pictures \(.*\.png"):
        read_folder(tmp_path)


def test_too_many_pictures_are_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MOST_PICTURES", 2)
    for i in range(3):
        (tmp_path / f"{i}.png").touch()
    with pytest.raises(DataError, match="3 pictures; at most 2"):
        read_folder(tmp_path)
