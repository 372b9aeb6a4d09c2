"""IDX files, packed or not: what was written comes back, and nothing that is damaged gets in."""

import gzip
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from images.errors import DataError
from images.formats.idx import read_file, read_idx, unpack, write_idx

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
