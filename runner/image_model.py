"""The file of a trained variational autoencoder: plain arrays, read back without TensorFlow."""

import zlib
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np

from runner.config.errors import UserError
from runner.config.keys import Config
from vae.fitting import FittingPlan, TrainedVae, rebuild

SHAPE = "image_shape"


def fitting_plan(config: Config) -> FittingPlan:
    """The keys of `config` that say how to train."""
    return FittingPlan(**{name: getattr(config, name) for name in FittingPlan.__dataclass_fields__})


def model_bytes(trained: TrainedVae, shape: tuple[int, int]) -> bytes:
    """`model.npz`: the weights by name and the shape of an image, without pickle."""
    buffer = BytesIO()
    arrays: dict[str, Any] = {SHAPE: np.array(shape), **trained.weights}
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def read_model(data: bytes, config: Config) -> tuple[TrainedVae, tuple[int, int]]:
    """The network of a run with that `config`, and rows and columns of its images.

    Raises UserError if `data` is not such a model.
    """
    try:
        with np.load(BytesIO(data), allow_pickle=False) as file:
            weights = {name: file[name] for name in file.files}
        rows, columns = weights.pop(SHAPE).tolist()
        return rebuild(fitting_plan(config), rows * columns, weights), (rows, columns)
    except (ValueError, KeyError, OSError, EOFError, BadZipFile, zlib.error) as error:
        raise UserError(f"model.npz cannot be read: {error}") from None
