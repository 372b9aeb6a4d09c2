"""What a page needs to train the network of a run anew, in the reader's browser."""

from typing import Any

import numpy as np

from autoencoder.network import Network
from autoencoder.training import initial_parameters
from runner.config.keys import Config
from runner.data import MOST_FEW
from runner.models.resting import resting_picture
from runner.page.packing import packed
from runner.result.result import Result

# Examples × weights of a step: about 30 ms in a browser, so that the page stays alive.
MOST_WORK = 4_000_000
# The initial weights of so many numbers in the middle are in a page, as long as they find room.
STORED_SIZES = (1, 2, 3)
MOST_STORED_WEIGHTS = 20_000


def laboratory_facts(result: Result, holds_all: bool) -> dict[str, Any]:
    """The network, its initial weights and its plan; or only a `reason` why it is not trained here.

    `holds_all` says that each picture of the result is in the page.
    """
    reason = _reason_against(result, holds_all)
    if reason:
        return {"reason": reason}
    config, noise = _adam_config(result), result.noise
    return {
        "reason": None,
        "hidden": config.neurons_per_layer,
        "activations": [config.encoder_activation, config.latent_activation, config.decoder_activation],
        "bias": int(config.bias),
        "fixedBias": config.fixed_bias,
        "beta": config.beta,
        "loss": config.loss,
        "initialization": config.initialization,
        "initial": _initial_weights(result, config),
        "plan": {
            "epochs": config.epochs,
            "learningRate": config.learning_rate,
            "epsilon": config.epsilon,
            "schedule": config.learning_rate_schedule,
            # A denoiser's patience looks at noise that is not in the page.
            "patience": None if noise else config.patience,
        },
        "noise": None
        if noise is None
        else {
            "kind": noise.kind,
            "probability": noise.probability,
            "amount": noise.amount,
            "copies": config.noisy_copies,
            "isFresh": config.fresh_noise,
        },
        "mostWork": MOST_WORK,
        "config": config.model_dump(),
        "remarks": _remarks(result),
    }


def _reason_against(result: Result, holds_all: bool) -> str | None:
    """Why a page cannot train this network, in a sentence; None if it can."""
    config, data = result.config, result.data
    if config.mode == "VAE":
        return "The page trains plain autoencoders; this is a variational one."
    if data.test or not holds_all:
        return f"The page trains on sets of at most {MOST_FEW} {data.noun}s, each of which is in it."
    weights = _network(config, config.latent_layer_neurons, result.pixels.shape[1]).parameter_count
    work = len(data.train) * weights
    if work <= MOST_WORK:
        return None
    return (
        f"The page trains where {data.noun}s × weights are at most {MOST_WORK:,}; here they are {work:,},"
        " and you would wait for every step."
    )


def _adam_config(result: Result) -> Config:
    """The config of a single network that Adam trains in whole batches of full precision."""
    config = result.config
    keys = config.model_dump() | {
        "minimizer": "adam",
        "batch_size": None,
        "precision": "float64",
        "restarts": 1,
        "seed": result.best.seed,
        "published": None,
    }
    if config.minimizer != "adam":
        usual = Config(mode=config.mode, data=config.data)
        keys |= {"learning_rate": usual.learning_rate, "epsilon": usual.epsilon}
    return Config(**keys)


def _remarks(result: Result) -> list[str]:
    """In what the training of the page differs from the run by itself."""
    config, remarks = result.config, []
    if config.minimizer != "adam":
        remarks.append(f"The run was trained by {config.minimizer}, the page trains by adam.")
    if config.batch_size is not None and config.batch_size < len(result.data.train):
        remarks.append(
            f"The run saw {config.batch_size} {result.data.noun}s a step, the page sees all of them."
        )
    if config.precision != "float64":
        remarks.append("The run computed in single precision, the page computes in double.")
    return remarks


def _initial_weights(result: Result, config: Config) -> dict[str, Any]:
    """Packed by the number of latent units: that of the run, and the smallest ones.

    With noise, which is another one anyway, single precision is enough.
    """
    pixels, room = result.pixels.shape[1], MOST_STORED_WEIGHTS
    mean = resting_picture(config, result.data)
    stored: dict[str, Any] = {}
    for size in dict.fromkeys((config.latent_layer_neurons, *STORED_SIZES)):
        network = _network(config, size, pixels)
        room -= network.parameter_count
        if room < 0 and stored:
            break
        weights = initial_parameters(network, config.initialization, config.seed, mean)
        stored[str(size)] = packed(weights.astype(np.float32) if result.noise else weights)
    return stored


def _network(config: Config, latent_size: int, pixels: int) -> Network:
    """The network of a config, but for the size of its middle."""
    return Network.mirrored(
        [pixels, *config.neurons_per_layer, latent_size],
        (config.encoder_activation, config.latent_activation, config.decoder_activation),
        bias=config.bias,
        beta=config.beta,
        fixed_bias=config.fixed_bias,
    )
