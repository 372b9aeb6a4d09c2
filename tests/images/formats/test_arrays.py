"""Arrays of `.npz` files and of pickles: nothing that is damaged or unsafe gets in."""

import pickle
import struct
import zipfile

import numpy as np
import pytest

from images.errors import DataError
from images.formats import arrays as reader
from images.formats.arrays import read_array_pickle, read_npz

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
    with pytest.raises(DataError, match=r"images\.npz: not a readable .* objects; save numbers or texts"):
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
    monkeypatch.setattr(reader, "LARGEST_CONTENT", 1000)
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
