"""What a page needs to train the network of a run anew, in the reader's browser."""

from typing import Any

from runner.config.keys import Config
from runner.data import MOST_FEW
from runner.models.resting import resting_picture
from runner.page.initial_weights import initial_weights
from runner.result.result import Result

# Examples × weights of a step: about 30 ms in a browser, so that the page stays alive.
MOST_WORK = 10_000_000
# Of a denoiser, which has so many more examples and so many more epochs, 12 ms.
MOST_WORK_OF_COPIES = 4_000_000


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
        **_network_facts(result, config),
        "initial": initial_weights(result, config),
        "plan": {
            "epochs": config.epochs,
            "learningRate": config.learning_rate,
            "schedule": config.learning_rate_schedule,
            "patience": config.patience,
            "epsilon": config.epsilon,
            "isKeras": config.mode == "VAE",
        },
        "classes": result.model.classes,
        "batch": config.batch_size,
        "noise": None
        if noise is None
        else {
            "kind": noise.kind,
            "probability": noise.probability,
            "amount": noise.amount,
            "copies": config.noisy_copies,
            "isFresh": config.fresh_noise,
        },
        "mostWork": MOST_WORK_OF_COPIES,
        "config": config.model_dump(),
        "remarks": _remarks(result),
    }


def _network_facts(result: Result, config: Config) -> dict[str, Any]:
    """What is chosen for an autoencoder and is always the same in a variational one.

    `beta` is the slope of the logistic function; `normals` says what the KL term weighs where codes are
    normals, after so many epochs of warm-up.
    """
    if config.mode == "VAE":
        normals = {"weight": config.beta, "warmup": config.kl_warmup_epochs}
        names = {"loss": "cross_entropy", "initialization": "glorot"}
        return {"bias": 1, "fixedBias": 0, "beta": 0.5, **names, "rests": False, "normals": normals}
    return {
        "bias": int(config.bias),
        "fixedBias": config.fixed_bias,
        "beta": config.beta,
        "loss": config.loss,
        "initialization": config.initialization,
        "rests": resting_picture(config, result.data) is not None,
        "normals": None,
    }


def _reason_against(result: Result, holds_all: bool) -> str | None:
    """Why a page cannot train this network, in a sentence; None if it can."""
    config, data = result.config, result.data
    if config.mode == "VAE" and config.layer_kind != "dense":
        return "The page trains dense layers; this network has convolutions."
    if config.latent_noise and config.mode != "VAE":
        return "The page trains without noise on the codes; this network was trained with it."
    if data.test or not holds_all:
        return f"The page trains on sets of at most {MOST_FEW} {data.noun}s, each of which is in it."
    weights = _count(result)
    work = len(data.train) * weights
    if work <= MOST_WORK:
        return None
    return (
        f"The page trains where {data.noun}s × weights are at most {MOST_WORK:,}; here they are {work:,},"
        " and you would wait for every step."
    )


def _count(result: Result) -> int:
    """The number of weights, with biases."""
    encoder, decoder = result.model.layers()
    layers = [*encoder, result.model.spread_layer(), *decoder]
    return sum(layer.weights.size + layer.bias.size for layer in layers if layer is not None)


def _adam_config(result: Result) -> Config:
    """The config of a single network that Adam trains in full precision, an autoencoder in whole batches.

    Its patience is that of the page: it would look at noise that is not in it. Nor has it a grid of codes.
    """
    config = result.config
    is_noisy = result.noise is not None or config.mode == "VAE"
    keys = config.model_dump() | {
        "minimizer": "adam",
        "batch_size": config.batch_size if config.mode == "VAE" else None,
        "precision": "float64",
        "restarts": 1,
        "seed": result.best.seed,
        "patience": None if is_noisy else config.patience,
        "exact_posterior_epochs": 0,
        "published": None,
    }
    if config.minimizer != "adam":
        usual = Config(mode=config.mode, data=config.data)
        keys |= {"learning_rate": usual.learning_rate, "epsilon": usual.epsilon}
    return Config(**keys)


def _remarks(result: Result) -> list[str]:
    """In what the training of the page differs from the run by itself."""
    config, remarks = result.config, []
    is_variational = config.mode == "VAE"
    if config.minimizer != "adam":
        remarks.append(f"The run was trained by {config.minimizer}, the page trains by adam.")
    is_in_batches = config.batch_size is not None and config.batch_size < len(result.data.train)
    if is_in_batches and not is_variational:
        remarks.append(
            f"The run saw {config.batch_size} {result.data.noun}s a step, the page sees all of them."
        )
    if config.precision != "float64" or is_variational:
        remarks.append("The run computed in single precision, the page computes in double.")
    if is_variational and config.exact_posterior_epochs:
        remarks.append("The run drew codes from the exact posterior, the page draws the encoder's.")
    if config.patience is not None and (result.noise is not None or is_variational):
        remarks.append("The run had patience, the page goes on to the last epoch.")
    return remarks
