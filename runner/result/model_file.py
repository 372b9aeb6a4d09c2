"""`model.npz`: a trained network and what is needed to draw with it, as plain arrays without pickle."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import Cell, Data
from runner.models.face import Model
from runner.result.decoding import Decoded, decode


@dataclass(frozen=True)
class StoredModel:
    """What a finished run can still be asked."""

    model: Model
    cell: Cell
    is_ink: bool  # whether 0 is paper
    names: list[str]  # of the pictures that drawings are held against; empty if there are none
    known: np.ndarray | None  # these pictures `(pictures, pixels)`
    class_names: list[str]  # of the classes that the network is given; empty if it is given none

    def decode(self, codes: np.ndarray, labels: np.ndarray | None = None) -> Decoded:
        """What the network draws at `codes` `(…, latent)`, of classes `(…)` if it is given them."""
        return decode(self.model, codes, self.known, labels, self.class_names)


def known_pictures(data: Data) -> np.ndarray | None:
    """The pictures `(pictures, pixels)` that drawings are held against: few, of pixels 0 and 1; or None."""
    return data.judged.levels() if data.is_few and data.is_binary else None


def model_bytes(model: Model, data: Data) -> bytes:
    """The content of the file."""
    arrays = {"cell": np.array(data.cell), "is_ink": np.array(data.is_ink), **model.arrays()}
    if model.classes:
        arrays["class_names"] = np.array(data.class_names)
    known = known_pictures(data)
    if known is not None:
        arrays |= {"names": np.array(data.judged.names), "pixels": known.astype(np.uint8)}
    buffer = BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def read_model(content: bytes, config: Config) -> StoredModel:
    """The network of a run with that `config`. Raises UserError if `content` is no such model."""
    try:
        with np.load(BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if "cell" not in arrays:  # Version 0.1.0 called it so.
            arrays["cell"] = arrays["image_shape"]
        model = network_of(arrays, config)
        cell = tuple(arrays["cell"].tolist())
        known = arrays["pixels"].astype(float) if "pixels" in arrays else None
        names = arrays["names"].tolist() if known is not None else []
        class_names = arrays["class_names"].tolist() if model.classes else []
        return StoredModel(model, cell, bool(arrays.get("is_ink", True)), names, known, class_names)
    except (ValueError, KeyError, OSError, EOFError, BadZipFile, zlib.error) as error:
        raise UserError(f"model.npz cannot be read: {error}") from None


def network_of(arrays: dict[str, np.ndarray], config: Config) -> Model:
    """The network of a run with that `config` from its arrays and the `cell` of its pictures.

    Raises KeyError or ValueError if they do not fit.
    """
    # Each kind of network loads only what it needs.
    if config.mode == "VAE":
        from runner.models.variational import VariationalAutoencoder

        return VariationalAutoencoder.from_arrays(arrays, config)
    from runner.models.autoencoder import Autoencoder

    return Autoencoder.from_arrays(arrays, config)
