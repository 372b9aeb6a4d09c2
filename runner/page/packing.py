"""Arrays and networks as JSON that `forward.js` unpacks."""

import base64
import zlib
from dataclasses import replace
from typing import Any

import numpy as np

from autoencoder.objective.losses import LOSSES
from latent.plane import Plane
from runner.models.face import ConvolutionLayer, DenseLayer, Layers
from training.activations import ACTIVATIONS

TYPES = ("float64", "float32", "float16", "uint8")
# A page has the very weights of a network with so many of them; those of a larger one in half precision.
MOST_EXACT_WEIGHTS = 60_000
LARGEST_NETWORK = 2_400_000  # characters

PackedLayers = list[dict[str, Any]]


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


def packed_levels(levels: np.ndarray) -> dict[str, Any]:
    """Pixels of levels 0…1 as bytes."""
    return packed((levels * 255).round().astype(np.uint8))


def packed_plane(plane: Plane) -> dict[str, Any]:
    """The plane in which a latent space is drawn, and the names of its two axes."""
    return {"origin": plane.origin.tolist(), "axes": plane.axes.tolist(), "labels": plane.labels}


def packed_networks(encoder: Layers, decoder: Layers) -> tuple[PackedLayers | None, PackedLayers | None]:
    """Encoder and decoder; None for what is too large for a page, and then first for the encoder."""
    exact = sum(layer.weights.size for layer in (*encoder, *decoder)) <= MOST_EXACT_WEIGHTS
    packed_encoder, packed_decoder = (
        [packed_layer(layer if exact else halved(layer)) for layer in layers]
        for layers in (encoder, decoder)
    )
    room = LARGEST_NETWORK - _length(packed_decoder)
    if room < 0:
        return None, None
    return packed_encoder if _length(packed_encoder) <= room else None, packed_decoder


def packed_spread(layer: DenseLayer | None) -> dict[str, Any] | None:
    """The layer to log-variances, None where there is none."""
    if layer is None:
        return None
    return packed_layer(layer if layer.weights.size <= MOST_EXACT_WEIGHTS else halved(layer))


def packed_layer(layer: DenseLayer | ConvolutionLayer) -> dict[str, Any]:
    """One layer; only one of maps says how they lie, and only one that is given a class has rows."""
    arrays = {"weights": packed(layer.weights), "bias": packed(layer.bias)}
    if layer.rows is not None:
        arrays["rows"] = packed(layer.rows)
    facts = {**arrays, "activation": layer.activation, "beta": layer.beta}
    if isinstance(layer, ConvolutionLayer):
        maps = {"from": layer.inputs, "to": layer.outputs, "isTransposed": layer.is_transposed}
        return {**facts, "maps": maps}
    return facts


def halved(layer: DenseLayer | ConvolutionLayer) -> DenseLayer | ConvolutionLayer:
    """The same in half precision; what lies beyond its range becomes its largest number."""
    most = np.finfo(np.float16).max
    weights, bias = (np.clip(part, -most, most).astype(np.float16) for part in (layer.weights, layer.bias))
    return replace(layer, weights=weights, bias=bias)


def activations_script() -> str:
    """Every activation function as JavaScript, by its name, and the derivatives."""
    functions = {name: one.javascript for name, one in ACTIVATIONS.items()}
    slopes = {name: one.slope for name, one in ACTIVATIONS.items()}
    return '"use strict";\n' + "".join(
        [_functions("ACTIVATIONS", "x, beta", functions), _functions("SLOPES", "x, y, beta", slopes)]
    )


def losses_script() -> str:
    """What a pixel costs as JavaScript, by the name of the loss, and the derivatives by the logit."""
    costs = {name: one.javascript for name, one in LOSSES.items()}
    slopes = {name: one.slope for name, one in LOSSES.items()}
    return _functions("COSTS", "l, p, t", costs) + _functions("COST_SLOPES", "l, p, t", slopes)


def _functions(registry: str, arguments: str, expressions: dict[str, str]) -> str:
    lines = (f"  {name}: ({arguments}) => {expression},\n" for name, expression in expressions.items())
    return f"const {registry} = {{\n{''.join(lines)}}};\n"


def _length(layers: PackedLayers) -> int:
    return sum(len(layer["weights"]["data"]) for layer in layers)
