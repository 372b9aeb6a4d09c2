"""Any path of the user's leads to images, or to a sentence that says which would."""

import zipfile

import numpy as np
import pytest
from drawing import draw, draw_all, some

from images.errors import DataError
from images.formats.idx import write_idx
from images.own.sets import read_own


def test_every_way_to_keep_the_same_pictures_is_read_alike(tmp_path):
    draw_all(tmp_path / "pictures", some())
    (tmp_path / "idx").mkdir()
    (tmp_path / "idx" / "train-images-idx3-ubyte").write_bytes(write_idx(some()))
    np.savez(tmp_path / "a.npz", x_train=some())
    np.save(tmp_path / "a.npy", some())
    places = ["pictures", "idx", "idx/train-images-idx3-ubyte", "a.npz", "a.npy"]
    for place in places:
        np.testing.assert_array_equal(read_own(tmp_path / place).parts["train_images"], some())
        assert read_own(tmp_path / place, 2).parts["train_images"].shape == (20, 2, 2)


def test_pictures_beside_an_array_are_read_as_pictures(tmp_path):
    draw_all(tmp_path, some())
    np.save(tmp_path / "x_train.npy", some(3))
    reading = read_own(tmp_path)
    assert len(reading.parts["train_images"]) == 20
    assert reading.remarks == ["passed over, not read as pictures: 1 (x_train.npy)"]


def test_a_zip_of_pictures_is_to_be_unpacked(tmp_path):
    draw(tmp_path / "a.png", some(1)[0])
    for name in ("faces.zip", "faces.npz"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.write(tmp_path / "a.png", "faces/a.png")
    with pytest.raises(DataError, match=r"faces\.zip: is packed; unpack it"):
        read_own(tmp_path / "faces.zip")
    with pytest.raises(DataError, match=r"faces\.npz: "):
        read_own(tmp_path / "faces.npz")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("one.PNG", r"one\.PNG: is one picture; write the path of the folder"),
        ("set.tar.gz", r"set\.tar\.gz: is packed; unpack it, and write the path of the folder"),
        ("digits.csv", r"digits\.csv: is none that is read here; write the path of a folder of pictures"),
        ("set.npz", r"set\.npz: not a readable \.npz file"),
    ],
)
def test_files_of_another_kind_are_refused_with_what_could_be_written(tmp_path, name, message):
    (tmp_path / name).write_bytes(b"1,2,3")
    with pytest.raises(DataError, match=message):
        read_own(tmp_path / name)
