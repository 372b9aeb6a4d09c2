"""Arrays as JSON; `test_forward.py` reads them in a browser."""

import base64
import zlib

import numpy as np
import pytest

from autoencoder.objective.losses import LOSSES
from runner.models.face import DenseLayer
from runner.page import packing as module
from runner.page.packing import (
    activations_script,
    halved,
    losses_script,
    packed,
    packed_layer,
    packed_networks,
    packed_spread,
)
from training.activations import ACTIVATIONS


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


def layer(outputs, inputs, activation="tanh"):
    random = np.random.default_rng(outputs)
    return DenseLayer(
        random.standard_normal((outputs, inputs)), random.standard_normal(outputs), activation, 2.0
    )


def test_every_layer_has_its_weights_a_bias_and_its_function():
    one = layer(3, 4, "relu")
    facts = packed_layer(one)
    np.testing.assert_array_equal(unpacked(facts["weights"]), one.weights)
    np.testing.assert_array_equal(unpacked(facts["bias"]), one.bias)
    assert (facts["activation"], facts["beta"]) == ("relu", 2.0)


def test_half_precision_has_no_infinity():
    huge = DenseLayer(np.array([[1e9, -1e9, 0.1]]), np.array([1e5]), "linear", 1.0)
    small = halved(huge)
    assert small.weights.tolist() == [[65504, -65504, float(np.float16(0.1))]]
    assert small.bias.tolist() == [65504]
    assert small.weights.dtype == np.float16


def types(layers):
    return {one["weights"]["type"] for one in layers}


def test_small_networks_are_exact_and_large_ones_are_not(monkeypatch):
    networks = [layer(5, 8), layer(2, 5)], [layer(5, 2), layer(8, 5)]
    assert [types(one) for one in packed_networks(*networks)] == [{"float64"}] * 2
    monkeypatch.setattr(module, "MOST_EXACT_WEIGHTS", 99)
    assert [types(one) for one in packed_networks(*networks)] == [{"float16"}] * 2


def test_a_layer_of_log_variances_is_exact_if_it_is_small(monkeypatch):
    assert packed_spread(None) is None
    assert packed_spread(layer(2, 5)) == packed_layer(layer(2, 5))
    monkeypatch.setattr(module, "MOST_EXACT_WEIGHTS", 9)
    assert packed_spread(layer(2, 5))["weights"]["type"] == "float16"


def test_what_is_too_large_is_left_out_first_the_encoder(monkeypatch):
    networks = [layer(5, 8), layer(2, 5)], [layer(5, 2), layer(8, 5)]
    encoder, decoder = packed_networks(*networks)
    sizes = [sum(len(one["weights"]["data"]) for one in layers) for layers in (encoder, decoder)]
    monkeypatch.setattr(module, "LARGEST_NETWORK", sum(sizes) - 1)
    assert packed_networks(*networks) == (None, decoder)
    monkeypatch.setattr(module, "LARGEST_NETWORK", sizes[1] - 1)
    assert packed_networks(*networks) == (None, None)


def test_every_function_of_the_registries_is_in_a_script_with_its_slope():
    script = activations_script()
    for name, activation in ACTIVATIONS.items():
        assert f"  {name}: (x, beta) => {activation.javascript},\n" in script
        assert f"  {name}: (x, y, beta) => {activation.slope},\n" in script
    script = losses_script()
    for name, loss in LOSSES.items():
        for expression in (loss.javascript, loss.slope):
            assert f"  {name}: (l, p, t) => {expression},\n" in script
