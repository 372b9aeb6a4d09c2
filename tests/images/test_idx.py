"""Readers of images: what was written comes back, and nothing that is damaged or unsafe gets in."""

import gzip
import pickle
import struct
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from images import idx
from images.idx import (
    DataError,
    read_array_pickle,
    read_file,
    read_folder,
    read_idx,
    read_npz,
    unpack,
    write_idx,
)

shapes = st.lists(st.integers(0, 5), min_size=1, max_size=3)


@given(shapes.flatmap(lambda shape: st.tuples(st.just(shape), st.binary(min_size=125, max_size=125))))
def test_what_is_written_as_idx_comes_back(shape_and_content):
    shape, content = shape_and_content
    array = np.frombuffer(content, np.uint8)[: int(np.prod(shape))].reshape(shape)
    back = read_idx(write_idx(array))
    assert back.dtype == np.uint8
    assert np.array_equal(back, array)


def test_an_idx_file_is_as_its_description_says():
    array = np.arange(6, dtype=np.uint8).reshape(1, 2, 3)
    assert write_idx(array).hex() == "00000803" + "00000001" + "00000002" + "00000003" + "000102030405"


def test_the_order_in_memory_does_not_matter():
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    assert write_idx(np.asfortranarray(array)) == write_idx(array)


@given(st.binary(max_size=40))
def test_any_bytes_are_an_array_or_a_data_error(data):
    with suppress(DataError):
        assert write_idx(read_idx(data)) == data


@given(st.integers(0, 18))
def test_an_idx_file_cut_off_anywhere_is_refused(length):
    data = write_idx(np.arange(3, dtype=np.uint8).reshape(1, 1, 3))
    assert len(data) == 19
    with pytest.raises(DataError):
        read_idx(data[:length])


def test_only_bytes_are_written():
    with pytest.raises(DataError, match="uint8, not float64"):
        write_idx(np.zeros(3))


# gzip


def test_unpacking_stops_at_what_is_expected():
    bomb = gzip.compress(bytes(10_000_000))
    assert len(bomb) < 20_000
    with pytest.raises(DataError, match="unpacks to more than the 1000 bytes expected"):
        unpack(bomb, 1000)
    assert unpack(gzip.compress(bytes(1000)), 1000) == bytes(1000)


@pytest.mark.parametrize("end", [0, 5, 12, -9, -1])
def test_a_gzip_file_that_is_cut_off_is_refused(end):
    with pytest.raises(DataError, match="cut off"):
        unpack(gzip.compress(bytes(range(100)))[:end], 1000)


@pytest.mark.parametrize("place", [0, 20, -1, -6])
def test_a_flipped_bit_in_a_gzip_file_is_noticed(place):
    data = bytearray(gzip.compress(bytes(range(100)), mtime=0))
    data[place] ^= 1
    with pytest.raises(DataError):
        unpack(bytes(data), 1000)


def test_a_file_is_read_packed_or_not(tmp_path):
    (tmp_path / "plain").write_bytes(b"content")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"content"))
    assert read_file(tmp_path / "plain", 7) == read_file(tmp_path / "packed.gz", 7) == b"content"
    for name in ("plain", "packed.gz"):
        with pytest.raises(DataError, match="more than the 6 bytes expected"):
            read_file(tmp_path / name, 6)
    with pytest.raises(DataError, match="cannot be read"):
        read_file(tmp_path, 7)


# .npz


def test_the_arrays_asked_for_are_read(tmp_path):
    path = tmp_path / "images.npz"
    np.savez_compressed(path, x_train=np.arange(4), other=np.arange(5))
    arrays = read_npz(path, ("x_train", "x_test"))
    assert list(arrays) == ["x_train"]
    assert np.array_equal(arrays["x_train"], np.arange(4))


class Trap:
    """Leaves a file behind if its pickle is ever run."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_an_array_of_objects_is_refused_and_not_run(tmp_path):
    path, mark = tmp_path / "images.npz", tmp_path / "it ran"
    np.savez(path, x_train=np.array([Trap(mark)], dtype=object))
    with pytest.raises(DataError, match=r"images\.npz: not a readable \.npz file of plain arrays"):
        read_npz(path, ("x_train",))
    assert not mark.exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"text", pickle.dumps([1, 2]), bytes(1000)])
def test_what_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "images.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"not a readable \.npz file"):
        read_npz(path, ("x_train",))


def test_a_single_array_is_no_archive(tmp_path):
    path = tmp_path / "images.npy"
    np.save(path, np.arange(4))
    with pytest.raises(DataError, match=r"not a readable \.npz file"):
        read_npz(path, ("x_train",))


def test_an_archive_cut_off_or_flipped_is_right_or_refused(tmp_path):
    path = tmp_path / "images.npz"
    array = np.random.default_rng(0).integers(0, 256, (3, 4, 4)).astype(np.uint8)
    np.savez_compressed(path, x_train=array)
    good = path.read_bytes()
    cut = [good[:length] for length in range(0, len(good), 7)]
    flipped = [good[:i] + bytes([good[i] ^ 4]) + good[i + 1 :] for i in range(len(good))]
    for data in cut + flipped:
        path.write_bytes(data)
        try:
            arrays = read_npz(path, ("x_train",))
        except DataError:
            continue
        assert all(np.array_equal(content, array) for content in arrays.values())


def test_an_archive_whose_list_is_damaged_is_refused(tmp_path):
    path = tmp_path / "set.npz"
    np.savez(path, x_train=np.zeros((3, 2, 2), np.uint8), y_train=np.arange(3))
    content = bytearray(path.read_bytes())
    first = content.index(b"PK\x01\x02")
    content[first + 32] ^= 64  # The length of a comment, which then has swallowed the second entry.
    path.write_bytes(content)
    assert np.load(path).files == ["x_train"]
    with pytest.raises(DataError, match="list of arrays"):
        read_npz(path, ("x_train", "y_train"))


def test_an_array_that_promises_more_than_it_has_is_refused(tmp_path):
    path = tmp_path / "images.npz"
    head = b"{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999, 8, 8), }\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x_train.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head)
    with pytest.raises(DataError, match=r"not a readable \.npz file"):
        read_npz(path, ("x_train",))


def test_an_enormous_array_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(idx, "LARGEST_CONTENT", 1000)
    path = tmp_path / "images.npz"
    np.savez_compressed(path, x_train=np.zeros(1001, np.uint8))
    with pytest.raises(DataError, match=r"x_train\.npy has more than 1000 bytes"):
        read_npz(path, ("x_train",))


# Pickles of arrays


HALF_AND_QUARTER = struct.pack("<2f", 0.5, 0.25)


def python2_pickle(pickled_type=b"f4", content=HALF_AND_QUARTER) -> bytes:
    """A pickle as Python 2 wrote it, of one array of two numbers."""
    return (
        b"\x80\x02cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R"
        b"(K\x01K\x02\x85cnumpy\ndtype\nU" + bytes([len(pickled_type)]) + pickled_type + b"K\x00K\x01\x87R"
        b"(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
        b"U" + bytes([len(content)]) + content + b"tb."
    )


def test_an_array_comes_out_of_a_pickle_of_python_2():
    assert read_array_pickle(python2_pickle()).array.tolist() == [0.5, 0.25]
    whole = read_array_pickle(python2_pickle(b"i8", struct.pack("<2q", 3, -200))).array
    assert whole.tolist() == [3, -200]


def test_the_stand_ins_read_what_numpy_reads():
    reference = pickle.loads(python2_pickle().replace(b"numpy.core.", b"numpy._core."), encoding="latin1")
    assert np.array_equal(read_array_pickle(python2_pickle()).array, reference)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_malicious_pickle_is_refused_and_not_run(tmp_path, protocol):
    mark = tmp_path / "it ran"
    with pytest.raises(DataError, match="which is no array; refused"):
        read_array_pickle(pickle.dumps(Trap(mark), protocol))
    assert not mark.exists()


@pytest.mark.parametrize(
    "name",
    ["os\nsystem", "builtins\neval", "numpy\nload", "numpy\nfromfile", "numpy.core.multiarray\nscalar"],
)
def test_no_other_function_can_be_called(name):
    with pytest.raises(DataError, match="refused"):
        read_array_pickle(b"c" + name.encode() + b"\n(S'true'\ntR.")


@pytest.mark.parametrize("data", [b"", b".", b"\x80\x02", python2_pickle()[:-9], b"\x80\x7f."])
def test_a_damaged_pickle_is_a_data_error(data):
    with pytest.raises(DataError):
        read_array_pickle(data)


def test_a_pickle_of_objects_is_refused():
    with pytest.raises(DataError, match="not of plain numbers"):
        read_array_pickle(python2_pickle(b"O8"))


# Folders of pictures


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
    parts, class_names = read_folder(tmp_path)
    assert list(parts) == ["train_images"]
    assert class_names == []
    assert parts["train_images"].dtype == np.uint8
    assert parts["train_images"].tolist() == [grey(first=first).tolist() for first in (30, 10, 20)]


def test_each_sub_folder_is_a_class(tmp_path):
    for name, first in (("dog/1.png", 1), ("cat/2.png", 2), ("cat/1.bmp", 3)):
        draw(tmp_path / name, grey(first=first))
    (tmp_path / "empty").mkdir()
    (tmp_path / ".cache").mkdir()
    draw(tmp_path / ".cache" / "1.png", grey())
    parts, class_names = read_folder(tmp_path)
    assert class_names == ["cat", "dog"]
    assert parts["train_labels"].tolist() == [0, 0, 1]
    assert parts["train_images"][:, 0, 0].tolist() == [3, 2, 1]


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
    images = read_folder(tmp_path)[0]["train_images"]
    assert images.shape == (len(sizes), *shape)
    assert set(np.unique(images)) == {77}


def only(tmp_path):
    return read_folder(tmp_path)[0]["train_images"][0]


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
    monkeypatch.setattr(idx, "LARGEST_PICTURE", 100)
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
    monkeypatch.setattr(idx, "MOST_PICTURES", 2)
    for i in range(3):
        (tmp_path / f"{i}.png").touch()
    with pytest.raises(DataError, match="3 pictures; at most 2"):
        read_folder(tmp_path)
