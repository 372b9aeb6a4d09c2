"""The networks on the way of a training, for the slider of a page."""

from typing import Any

import numpy as np

from runner.models.face import Layers, Model
from runner.page.packing import packed
from runner.result.learning import learning
from runner.result.result import Result
from runner.sampling import spread

# Characters that all moments take in a page of few and of many pictures; where they would take more there
# are fewer of them, and their weights are bytes between the smallest and the largest of a layer.
MOST_OF_FEW, MOST_OF_MANY = 1_100_000, 2_000_000
CHARACTERS_A_BYTE = 4 / 3


def moments_facts(result: Result, rows: np.ndarray, has_encoder: bool) -> dict[str, Any] | None:
    """What the network was before its end; `rows` are the pictures on the map. None if nothing is known."""
    earlier, most = len(result.moments) - 1, MOST_OF_FEW if result.data.is_few else MOST_OF_MANY
    size = result.best.moments.weights.itemsize
    numbers = 4 * len(rows) * result.model.latent_size
    chosen = _that_fit(earlier, most / _characters(result, has_encoder, size, numbers))
    is_exact = len(chosen) == earlier
    if not is_exact:
        chosen = _that_fit(earlier, most / _characters(result, has_encoder, 1, numbers))
    if not chosen:
        return None
    kind = result.best.moments.weights.dtype if is_exact else np.dtype(np.uint8)
    parts = [_parts(result.moments[index].model, has_encoder) for index in chosen]
    epochs = [result.moments[index].epoch for index in (*chosen, -1)]
    judged, shown = learning(result).curves[-1], np.searchsorted(result.moving, rows)
    codes = np.stack([result.moving_codes[index][shown] for index in chosen])
    return {
        "epochs": epochs,
        "errors": [judged.at(epoch) for epoch in epochs],
        "codes": packed(codes.astype(np.float32)),
        **{name: _packed([part[name] for part in parts], kind) for name in parts[0]},
    }


def _characters(result: Result, has_encoder: bool, size: int, codes: int) -> float:
    """How many a moment takes, with so many bytes for a weight, and for all codes."""
    layers = [layer for part in _parts(result.model, has_encoder).values() for layer in part]
    weights = sum(layer.weights.size + layer.bias.size for layer in layers)
    return CHARACTERS_A_BYTE * (size * weights + codes)


def _that_fit(moments: int, most: float) -> list[int]:
    """All of so many, or as many as have room, from the first one on."""
    return spread(moments, int(most)).tolist()


def _parts(model: Model, has_encoder: bool) -> dict[str, Layers]:
    """The layers that a page has of a network."""
    encoder, decoder = model.layers()
    if not has_encoder:
        return {"decoder": decoder}
    last = model.spread_layer()
    return {"encoder": encoder, "decoder": decoder, "spread": [] if last is None else [last]}


def _packed(moments: list[Layers], kind: np.dtype) -> list[dict[str, Any]]:
    """Weights and biases of each layer, `(moments, …)`, and rows of one that is given a class."""
    return [
        {
            name: _stacked([getattr(layer, name) for layer in same], kind)
            for name in ("weights", "bias", "rows")
            if getattr(same[0], name) is not None
        }
        for same in zip(*moments, strict=True)
    ]


def _stacked(arrays: list[np.ndarray], kind: np.dtype) -> dict[str, Any]:
    """The numbers of all moments; of bytes also what 0 and 255 stand for in each."""
    values = np.stack([array.ravel() for array in arrays])
    if kind != np.uint8:
        return {"values": packed(values.astype(kind))}
    low, high = values.min(axis=1, keepdims=True), values.max(axis=1, keepdims=True)
    shares = (values - low) / np.where(high > low, high - low, 1)
    ranges = np.concatenate([low, high], axis=1).astype(np.float32)
    return {"values": packed((255 * shares).round().astype(np.uint8)), "ranges": ranges.tolist()}
