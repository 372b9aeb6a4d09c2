"""Sets in several files, as EMNIST, KMNIST and Kuzushiji-49 come: found by their names."""

import gzip

import numpy as np
import pytest
from drawing import draw, grey, some

from images.errors import DataError
from images.formats.idx import write_idx
from images.own.array_files import (
    files_of_folder,
    files_of_set,
    folder_of_arrays,
    is_array_file,
    read_array,
)

KMNIST = {
    "train_images": "train-images-idx3-ubyte",
    "train_labels": "train-labels-idx1-ubyte",
    "test_images": "t10k-images-idx3-ubyte",
    "test_labels": "t10k-labels-idx1-ubyte",
}


def touch(folder, *names):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()


def named(files):
    return {part: path.name for part, path in files.items()}


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_the_files_of_kmnist(tmp_path, ending):
    names = {part: f"{name}{ending}" for part, name in KMNIST.items()}
    touch(tmp_path, *names.values(), "classmap.csv", ".DS_Store")
    files, remarks = files_of_folder(tmp_path)
    assert named(files) == names
    assert remarks == ["passed over: 1 (classmap.csv)"]


def test_of_a_file_that_is_there_packed_and_unpacked_the_second_counts(tmp_path):
    touch(tmp_path, *KMNIST.values(), *(f"{name}.gz" for name in KMNIST.values()))
    assert named(files_of_folder(tmp_path)[0]) == KMNIST


def test_one_of_several_sets_is_chosen_by_one_of_its_files(tmp_path):
    sets = {
        name: [f"emnist-{name}-{part}-idx{3 if 'images' in part else 1}-ubyte.gz" for part in parts]
        for name, parts in {
            "letters": ["train-images", "train-labels", "test-images", "test-labels"],
            "digits": ["train-images", "train-labels"],
        }.items()
    }
    touch(tmp_path, *sets["letters"], *sets["digits"], "emnist-letters-mapping.txt")
    with pytest.raises(
        DataError, match="several sets, emnist-digits, emnist-letters; write the path of one"
    ):
        files_of_folder(tmp_path)
    for files in sets.values():
        assert sorted(named(files_of_set(tmp_path / files[0])[0]).values()) == sorted(files)


def test_a_file_whose_name_says_nothing_is_alone(tmp_path):
    touch(tmp_path, "faces.npy", "y.npy")
    assert named(files_of_set(tmp_path / "faces.npy")[0]) == {"train_images": "faces.npy"}
    touch(tmp_path, "x.npy")
    files, _ = files_of_set(tmp_path / "x.npy")
    assert named(files) == {"train_images": "x.npy", "train_labels": "y.npy"}


def test_the_file_that_is_named_is_the_one_that_is_read(tmp_path):
    touch(tmp_path, "x_train.npy", "train_images.npy", "y_train.npy")
    assert named(files_of_set(tmp_path / "x_train.npy")[0])["train_images"] == "x_train.npy"


def test_a_folder_of_arrays_has_images_to_train_on_and_no_pictures(tmp_path):
    assert folder_of_arrays(tmp_path) is None
    touch(tmp_path, "y_train.npy")
    assert folder_of_arrays(tmp_path) is None
    touch(tmp_path, "x_train.npy")
    assert folder_of_arrays(tmp_path) == tmp_path
    draw(tmp_path / "cat" / "a.png", grey())
    assert folder_of_arrays(tmp_path) is None


def test_a_folder_in_a_folder_stands_for_it(tmp_path):
    touch(tmp_path / "KMNIST" / "raw", *KMNIST.values())
    assert folder_of_arrays(tmp_path) == tmp_path / "KMNIST" / "raw"


def test_a_link_to_itself_ends_the_search(tmp_path):
    (tmp_path / "again").symlink_to(tmp_path)
    assert folder_of_arrays(tmp_path) is None


def test_files_are_known_by_their_names(tmp_path):
    arrays = ["a.npy", "t10k-images.idx3-ubyte", "train-labels-idx1-ubyte.gz", "x.idx3"]
    assert all(is_array_file(tmp_path / name) for name in arrays)
    assert not any(is_array_file(tmp_path / name) for name in ["a.npz", "a.png", "train_idx3.png"])


def test_each_kind_of_file_gives_its_array(tmp_path):
    (tmp_path / "a-idx3-ubyte").write_bytes(write_idx(some()))
    (tmp_path / "a-idx3-ubyte.gz").write_bytes(gzip.compress(write_idx(some())))
    np.save(tmp_path / "a.npy", some())
    np.savez(tmp_path / "a.npz", some())
    for name in ("a-idx3-ubyte", "a-idx3-ubyte.gz", "a.npy", "a.npz"):
        np.testing.assert_array_equal(read_array(tmp_path / name), some())


@pytest.mark.parametrize("name", ["a-idx3-ubyte", "a-idx3-ubyte.gz", "a.npy", "a.npz"])
@pytest.mark.parametrize("content", [b"", b"not an array at all"])
def test_a_file_that_is_damaged_is_named(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=f"{name}: "):
        read_array(tmp_path / name)


def test_a_file_of_several_arrays_is_not_one_of_them(tmp_path):
    np.savez(tmp_path / "train.npz", x=some(), y=some())
    with pytest.raises(DataError, match=r"train\.npz: has 2 arrays, where one is needed"):
        read_array(tmp_path / "train.npz")


def test_arrays_of_objects_are_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.array([None]))
    with pytest.raises(DataError, match=r"not a readable \.npy file of a plain array"):
        read_array(tmp_path / "a.npy")
