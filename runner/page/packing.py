"""Arrays and networks as JSON that `forward.js` unpacks."""

import base64
import zlib
from typing import Any

import numpy as np

from autoencoder.network import Network
from latent.plane import Plane

TYPES = ("float64", "float32", "float16", "uint8")


def packed(array: np.ndarray) -> dict[str, Any]:
    """An array as its type, its shape, and its bytes: little-endian, deflated, in base 64."""
    if array.dtype.name not in TYPES:
        raise ValueError(f"an array of {array.dtype} cannot be packed; use one of {', '.join(TYPES)}")
    data = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    return {
        "type": array.dtype.name,
        "shape": list(array.shape),
        "data": base64.b64encode(zlib.compress(data)).decode("ascii"),
    }


def packed_plane(plane: Plane, labels: tuple[str, str]) -> dict[str, Any]:
    """The plane in which a latent space is drawn, and the names of its two axes."""
    return {"origin": plane.origin.tolist(), "axes": plane.axes.tolist(), "labels": labels}


def packed_network(network: Network, parameters: np.ndarray) -> list[dict[str, Any]]:
    """The layers of a font's autoencoder, float64, from the input to the output."""
    layers = []
    for layer, block in zip(network.layers, network.unpack(parameters), strict=True):
        weights, bias = block[:, : layer.inputs], block[:, -1] if network.bias else np.zeros(layer.outputs)
        layers.append(packed_layer(weights, bias, layer.activation, network.beta))
    return layers


def packed_layer(weights: np.ndarray, bias: np.ndarray, activation: str, beta: float) -> dict[str, Any]:
    """One dense layer: `weights` `(outputs, inputs)`, `bias` `(outputs,)`, the slope of its logistic."""
    return {"weights": packed(weights), "bias": packed(bias), "activation": activation, "beta": beta}
