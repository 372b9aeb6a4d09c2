"""Pictures that a network has not learned but is to look at: a font, or a set of images, whole."""

from dataclasses import replace
from mimetypes import guess_type
from pathlib import Path

import numpy as np

from runner.config.errors import UserError
from runner.config.keys import IMAGE_SETS
from runner.config.paths import PATH_KEYS, existing
from runner.data import Cell, Data, Pictures
from runner.loading import data_of_font, data_of_images, naming

OPTION = "--encode"
ARCHIVES = {".npz", ".npy"}


def load_unseen(name: str, cell: Cell, is_ink: bool) -> tuple[Data, str]:
    """The font or the images that are called `name`, whole and in their order, as a network takes them.

    Its pictures have the `cell` of those that the network learned, so that they are read in grey or in
    colour as these were, and 0 means paper where `is_ink`;
    pictures that have it the other way round become negatives, which the text says, if there is one.
    Raises UserError if they cannot be found or used.
    """
    if (guess_type(name)[0] or "").startswith("image/"):
        raise UserError(f"{OPTION}: {name} is a single picture; put it into a folder, and name that")
    is_color = len(cell) > 2
    data = _images(name, is_color) if _are_images(name) else _font(name, is_color)
    if data.cell != cell:
        raise UserError(f"{OPTION}: {_another_size(name, data, cell)}")
    if data.is_ink == is_ink:
        return data, ""
    learned = "ink on paper, 0 is paper" if is_ink else "pictures in which 0 is black"
    return _negative(data), f"; as negatives, because the network learned {learned}"


def _are_images(name: str) -> bool:
    """Whether it is called as images are; all else may be a font."""
    path = existing(Path(), name)
    is_folder = path is not None and path.is_dir()
    return is_folder or PATH_KEYS["vae_dataset"](name) or Path(name).suffix.lower() in ARCHIVES


def _font(name: str, is_color: bool) -> Data:
    from fonts import FontError, load_fonts

    try:
        data = data_of_font(load_fonts([name]), [name])
        return _in_color(data) if is_color else data
    except FontError as error:
        pictures = f"{', '.join(IMAGE_SETS)}, a .npz file or a folder of pictures"
        more = "" if existing(Path(), name) else f"; pictures are {pictures}"
        raise UserError(f"{OPTION}: {error}{more}") from None


def _in_color(data: Data) -> Data:
    """Grey pictures with three equal channels."""
    from images.pixels.colors import with_channels

    pixels = with_channels(data.train.pixels)
    train = replace(data.train, pixels=pixels.reshape(len(pixels), -1))
    return replace(data, train=train, cell=(*data.cell, pixels.shape[-1]))


def _images(name: str, is_color: bool) -> Data:
    from images.datasets import DataError, load_images

    with naming(OPTION, DataError):
        data = data_of_images(load_images(name, wanted="color" if is_color else "grey", to_learn=False))
    return data if data.test is None else replace(data, train=_joined(data.train, data.test), test=None)


def _joined(first: Pictures, second: Pictures) -> Pictures:
    labels = None
    if first.labels is not None and second.labels is not None:
        labels = np.concatenate([first.labels, second.labels])
    columns = {name: [*values, *second.columns[name]] for name, values in first.columns.items()}
    pixels = np.concatenate([first.pixels, second.pixels])
    return Pictures(pixels, [*first.names, *second.names], labels, columns)


def _negative(data: Data) -> Data:
    """The same with light and dark exchanged."""
    pixels = data.train.pixels
    highest = pixels.dtype.type(255 if pixels.dtype == np.uint8 else 1)
    return replace(data, train=replace(data.train, pixels=highest - pixels), is_ink=not data.is_ink)


def _another_size(name: str, data: Data, cell: Cell) -> str:
    """What to do about pictures of another size."""
    size, wanted = (f"{columns}×{rows}" for rows, columns in (data.cell[:2], cell[:2]))
    if data.noun == "character":
        remedy, keys = "take a font of that cell", f"data=font font_set={name}"
    else:
        remedy, keys = "scale them to that", f"data=images vae_dataset={name}"
    return (
        f"{name} has {data.noun}s of {size} pixels, and this network takes {wanted}; {remedy}, or train"
        f" another on these: python main.py {keys}"
    )
