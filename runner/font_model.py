"""A trained font autoencoder with its characters: what decodes latent points, and its file."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from autoencoder.network import Layer, Network
from fonts import FontSet
from latent.plane import nearest
from runner.config.errors import UserError


@dataclass(frozen=True)
class Decoded:
    """Latent points, the pictures they decode to, and the learned character nearest to each picture."""

    codes: np.ndarray  # (…, latent)
    pictures: np.ndarray  # (…, pixels)
    nearest: np.ndarray  # (…), index of the character
    distance: np.ndarray  # (…), pixels that differ from it


@dataclass(frozen=True)
class FontModel:
    """A network, its parameters `(parameters,)`, and the characters it was trained on."""

    network: Network
    parameters: np.ndarray
    font: FontSet

    def encode(self, pixels: np.ndarray) -> np.ndarray:
        """Codes `(…, latent)` of `pixels` `(…, pixels)`."""
        return self.network.encode(self.parameters, pixels)

    def reconstruct(self, pixels: np.ndarray) -> np.ndarray:
        """Pixels in, pixels out, `(…, pixels)`."""
        return self.network.reconstruct(self.parameters, pixels)

    def decode(self, codes: np.ndarray) -> Decoded:
        """Decode `codes` `(…, latent)`, all in one call."""
        flat = codes.reshape(-1, codes.shape[-1])
        pictures = self.network.decode(self.parameters, flat)
        indices, distances = nearest(pictures, self.font.pixels)
        shape = codes.shape[:-1]
        pictures = pictures.reshape(*shape, self.font.pixels.shape[1])
        return Decoded(codes, pictures, indices.reshape(shape), distances.reshape(shape))

    def to_bytes(self) -> bytes:
        """`model.npz`: parameters, layout and characters, as plain arrays without pickle."""
        buffer = BytesIO()
        np.savez(
            buffer,
            parameters=self.parameters,
            units=np.array(self.network.sizes),
            activations=np.array([layer.activation for layer in self.network.layers]),
            encoder_depth=np.array(self.network.encoder_depth),
            bias=np.array(self.network.bias),
            beta=np.array(self.network.beta),
            characters=np.array([ord(character) for character in self.font.characters]),
            names=np.array(self.font.names),
            pixels=self.font.pixels.astype(np.uint8),
            cell=np.array([self.font.rows, self.font.columns]),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "FontModel":
        """Read `model.npz`. Raises UserError if it is not one."""
        try:
            with np.load(BytesIO(data), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            return cls(_network(arrays), arrays["parameters"], _font(arrays))
        except (ValueError, KeyError, OSError, EOFError, BadZipFile, zlib.error) as error:
            raise UserError(f"model.npz cannot be read: {error}") from None


def _network(arrays: dict[str, np.ndarray]) -> Network:
    units = arrays["units"].tolist()
    layers = tuple(map(Layer, units[:-1], units[1:], arrays["activations"].tolist()))
    return Network(layers, int(arrays["encoder_depth"]), bool(arrays["bias"]), float(arrays["beta"]))


def _font(arrays: dict[str, np.ndarray]) -> FontSet:
    characters = [chr(code) for code in arrays["characters"].tolist()]
    rows, columns = arrays["cell"].tolist()
    return FontSet(characters, arrays["names"].tolist(), arrays["pixels"].astype(float), rows, columns)
