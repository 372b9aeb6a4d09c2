"""What the network of a run began with, for a page that trains it anew."""

from typing import Any

import numpy as np

from autoencoder.training import initial_parameters
from runner.config.keys import Config
from runner.models.autoencoder import planned_network
from runner.models.face import ConvolutionLayer, DenseLayer
from runner.models.resting import resting_picture
from runner.page.packing import packed
from runner.result.result import Result

# The initial weights of so many numbers in the middle are in a page, as long as they find room.
STORED_SIZES = (1, 2, 3)
MOST_STORED_WEIGHTS = 20_000
# Those of the run itself may be more, but no more than this.
MOST_BYTES = 500_000


def initial_weights(result: Result, config: Config) -> dict[str, Any]:
    """Packed by the number of latent units: layer by layer the weights of each unit, its bias behind.

    Of an autoencoder those of the run and of the smallest sizes, as `config` draws them. Keras, which draws
    those of a variational one, is not asked again: they are the first of the moments of the run, if any are
    known.
    """
    found = _drawn(result, config) if result.codes.log_variances is None else _remembered(result)
    return {str(size): packed(weights) for size, weights in found.items() if weights.nbytes <= MOST_BYTES}


def _drawn(result: Result, config: Config) -> dict[int, np.ndarray]:
    """With noise, which is another one anyway, single precision is enough."""
    pixels, room = result.pixels.shape[1], MOST_STORED_WEIGHTS
    mean = resting_picture(config, result.data)
    found: dict[int, np.ndarray] = {}
    for size in dict.fromkeys((config.latent_layer_neurons, *STORED_SIZES)):
        network = planned_network(config.model_copy(update={"latent_layer_neurons": size}), pixels)
        room -= network.parameter_count
        if room < 0 and found:
            break
        weights = initial_parameters(network, config.initialization, config.seed, mean)
        found[size] = weights.astype(np.float32) if result.noise else weights
    return found


def _remembered(result: Result) -> dict[int, np.ndarray]:
    """Means and log-variances are one layer, as the page has them."""
    moments, model = result.best.moments, result.model
    if len(moments) == 0:
        return {}
    network = model.with_weights(moments.weights[0])
    encoder, decoder = network.layers()
    layers = [*encoder, network.spread_layer(), *decoder]
    rows = [_rows(layer) for layer in layers if layer is not None]
    return {model.latent_size: np.concatenate(rows).astype(moments.weights.dtype)}


def _rows(layer: DenseLayer | ConvolutionLayer) -> np.ndarray:
    """The weights of each unit, those by class, and its bias, one after the other."""
    of_classes = [] if layer.rows is None else [layer.rows.T]
    return np.column_stack([layer.weights, *of_classes, layer.bias]).ravel()
