"""Arrays as JSON; `test_forward.py` reads them in a browser."""

import base64
import zlib

import numpy as np
import pytest

from autoencoder.network import Network
from runner.page.packing import packed, packed_network


def unpacked(facts):
    data = zlib.decompress(base64.b64decode(facts["data"]))
    return np.frombuffer(data, np.dtype(facts["type"]).newbyteorder("<")).reshape(facts["shape"])


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "uint8", ">f8"])
def test_bytes_are_little_endian_and_row_by_row(dtype):
    array = np.arange(12, dtype=dtype).reshape(3, 4)
    for view in (array, array.T, array[::2]):
        np.testing.assert_array_equal(unpacked(packed(view)), view)


def test_other_types_are_refused():
    with pytest.raises(ValueError, match="an array of int64 cannot be packed; use one of float64"):
        packed(np.arange(3))


@pytest.mark.parametrize("bias", [False, True])
def test_every_layer_has_its_weights_and_a_bias(bias):
    network = Network.mirrored([6, 4, 2], ("tanh", "linear", "relu"), bias=bias, beta=2.0)
    parameters = np.arange(network.parameter_count, dtype=float)
    layers = packed_network(network, parameters)
    assert [layer["activation"] for layer in layers] == ["tanh", "linear", "relu", "logistic"]
    for layer, block in zip(layers, network.unpack(parameters), strict=True):
        np.testing.assert_array_equal(unpacked(layer["weights"]), block[:, : -1 if bias else None])
        np.testing.assert_array_equal(
            unpacked(layer["bias"]), block[:, -1] if bias else np.zeros(len(block))
        )
        assert layer["beta"] == 2.0
