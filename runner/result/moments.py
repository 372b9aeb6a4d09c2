"""The networks that the kept one was on its way, and `moments.npz`, which has them."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from runner.config.errors import UserError
from runner.models.face import Candidate, Model
from training.moments import Moments

FILE = "moments.npz"


@dataclass(frozen=True)
class Moment:
    """What a network was after some epochs."""

    epoch: int
    model: Model


def moments_of(candidate: Candidate) -> list[Moment]:
    """What it was, from the untrained network to the one that was kept, which is the last."""
    moments, model = candidate.moments, candidate.model
    passed = zip(moments.epochs.tolist(), moments.weights, strict=True)
    earlier = [Moment(epoch, model.with_weights(weights)) for epoch, weights in passed]
    return [*earlier, Moment(moments.kept, model)]


def moments_bytes(moments: Moments) -> bytes:
    """The content of the file: plain arrays without pickle."""
    buffer = BytesIO()
    np.savez(buffer, **moments.arrays())  # type: ignore[arg-type]
    return buffer.getvalue()


def read_moments(content: bytes) -> Moments:
    """The moments of such a file. Raises UserError if it is none."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as file:
            return Moments.from_arrays({name: file[name] for name in file.files})
    except (ValueError, KeyError, OSError, EOFError, BadZipFile, zlib.error) as error:
        raise UserError(f"{FILE} cannot be read: {error}") from None
