"""Loading the data of a run: from a config to pictures, whatever they are read from."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import MOST_FEW, Data, Pictures

if TYPE_CHECKING:
    from fonts import FontSet
    from images.datasets import ImageSet


@contextmanager
def naming(key: str, mistake: type[Exception]) -> Iterator[None]:
    """Raise a mistake of the block as a UserError that names the key: low rooms know of none."""
    try:
        yield
    except mistake as error:
        raise UserError(f"{key}: {error}") from None


def load_data(config: Config) -> Data:
    """The pictures that `config` asks for. Raises UserError if they cannot be found or used."""
    return LOADERS[config.data](config)


# Each loads only the room that it needs.
def _font_data(config: Config) -> Data:
    from fonts import FontError, open_fonts

    with naming("font_set", FontError):
        fonts = open_fonts(config.font_set)
    if config.characters is not None:
        with naming("characters", FontError):
            fonts = fonts.only(config.characters)
    elif config.font_subset_size is not None:
        with naming("font_subset_size", FontError):
            fonts = fonts.first(config.font_subset_size)
    with naming("font_set", FontError):
        font = fonts.drawn()
    return data_of_font(font, config.font_set)


def data_of_font(font: "FontSet", names: list[str]) -> Data:
    """All characters of a font that is called so."""
    return Data(
        title=" + ".join(Path(name).name for name in names),
        noun="character",
        cell=(font.rows, font.columns),
        train=_characters(font),
        test=None,
        class_names=[],
        source="",
        sha256=font.sha256,
        remarks=font.remarks,
    )


def _characters(font: "FontSet") -> Pictures:
    from fonts import code_points

    # A control character has no picture of its own in a table; its code point says which it is.
    columns: dict[str, list] = {
        "name": font.names,
        "character": [text if text and text >= " " else None for text in font.characters],
        "code_point": [code_points(text) if text else None for text in font.characters],
    }
    return Pictures(font.pixels, font.names, None, columns)


def _image_data(config: Config) -> Data:
    from images.datasets import DataError, load_images, with_test_part

    with naming("vae_dataset", DataError):
        images = load_images(config.vae_dataset, config.image_size, config.image_colors)
    if images.test_images is None and len(images.train_images) > MOST_FEW:
        images = with_test_part(images)
    return data_of_images(images)


def data_of_images(images: "ImageSet") -> Data:
    """A set of images with the parts that it has."""
    return Data(
        title=Path(images.name).name,
        noun="image",
        cell=images.train_images.shape[1:],
        train=_pictures(images, images.train_images, images.train_labels, images.train_names),
        test=None
        if images.test_images is None
        else _pictures(images, images.test_images, images.test_labels, images.test_names),
        class_names=images.class_names,
        source=images.source,
        sha256=images.sha256,
        is_ink=images.ink,
        is_shuffled=images.is_shuffled,
        remarks=images.remarks,
    )


def _pictures(
    images: "ImageSet", pixels: np.ndarray, labels: np.ndarray | None, names: list[str] | None
) -> Pictures:
    """One part of a set of images; one without names of its own is called by its class."""
    count = len(pixels)
    columns: dict[str, list] = {"name": names} if names else {}
    if labels is None:
        columns |= {"label": [None] * count, "class_name": [None] * count}
        called = [f"image {row}" for row in range(count)]
    else:
        called = [images.class_names[label] for label in labels]
        columns |= {"label": labels.tolist(), "class_name": called}
    return Pictures(pixels.reshape(count, -1), names or called, labels, columns)


LOADERS = {"font": _font_data, "images": _image_data}
