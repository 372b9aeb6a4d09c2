"""The plan of a variational autoencoder: what a config asks of it, and whether that can be had."""

from dataclasses import replace
from importlib.util import find_spec
from math import prod

import numpy as np

from runner.config.errors import UserError
from runner.config.keys import Config
from runner.data import Cell, Data, Pictures, channels_of
from runner.models.face import MapUnits
from runner.models.sizes import LARGEST_MEMORY
from vae.layers import most_convolutions
from vae.plan import Plan

MOST_WEIGHTS = 50_000_000
MOST_CLASSES = 1_000


def check_tensorflow() -> None:
    """Raise UserError if TensorFlow is not installed."""
    if find_spec("tensorflow") is None:
        raise UserError("mode: VAE needs TensorFlow; install it with: pip install tensorflow")


def sizes_of(plan: Plan) -> list[int]:
    """The number of units of each layer, input first."""
    return [MapUnits(*shape) if len(shape) == 3 else shape[0] for shape in plan.shapes]


def check_depth(plan: Plan) -> None:
    """Raise UserError if a picture cannot be halved as often as there are convolutions."""
    most = most_convolutions(plan.shape)
    if plan.layer_kind == "convolutional" and len(plan.neurons_per_layer) > most:
        rows, columns, _ = plan.shape
        raise UserError(
            f"neurons_per_layer: got {len(plan.neurons_per_layer)} layers; each convolution halves the"
            f" picture, and of {rows}×{columns} pixels one is left after {most}, so write at most {most}"
        )


def check_size(plan: Plan, images: int) -> None:
    """Raise UserError if the Keras network needs more than this machine should hold."""
    weights = sum(prod(layer.kernel_shape) for layer in plan.layers)
    if weights > MOST_WEIGHTS:
        raise UserError(
            f"neurons_per_layer: {weights:,} weights are more than {MOST_WEIGHTS:,}; take fewer"
        )
    batch = min(plan.batch_size or images, images)
    if plan.step_bytes(batch) > LARGEST_MEMORY:
        most = LARGEST_MEMORY // plan.step_bytes(1)
        remedy = f"write a batch_size of at most {most}" if most else "take fewer"
        raise UserError(
            f"neurons_per_layer: a step of {batch:,} images through these convolutions needs"
            f" {plan.step_bytes(batch) / 2**30:.0f} GiB, and {LARGEST_MEMORY / 2**30:.0f} GiB are allowed;"
            f" {remedy}"
        )


def classes_given(config: Config, data: Data) -> int:
    """Of how many classes a network is given one; 0 for none. Raises UserError if the data have none."""
    if not config.conditional:
        return 0
    count = len(data.class_names)
    if not count:
        remedy = "write conditional=false"
        if config.data == "images":
            remedy = f"make a sub-folder of each class, or an array of labels, or {remedy}"
        raise UserError(f"conditional: {data.title} has no classes; {remedy}")
    if count > MOST_CLASSES:
        raise UserError(
            f"conditional: {data.title} has {count:,} classes; at most {MOST_CLASSES:,} are given"
        )
    return count


def with_classes(data: Data, classes: int) -> Data:
    """The data with the class of each picture behind its pixels, as so many 0 and a 1; with 0 as it is."""
    if not classes:
        return data
    test = None if data.test is None else _with_class(data.test, classes)
    return replace(data, train=_with_class(data.train, classes), test=test)


def _with_class(part: Pictures, classes: int) -> Pictures:
    assert part.labels is not None  # as always where there are classes
    given = np.eye(classes, dtype=part.pixels.dtype)[part.labels]
    full = 255 if part.pixels.dtype == np.uint8 else 1
    return replace(part, pixels=np.concatenate([part.pixels, full * given], axis=1))


def fitting_plan(config: Config, cell: Cell, classes: int = 0) -> Plan:
    """The keys of `config` that say how to train, for images of a `cell` of so many classes to be given."""
    names = Plan.__dataclass_fields__.keys() - {"shape", "classes"}
    return Plan(
        shape=(*cell[:2], channels_of(cell)),
        classes=classes,
        **{name: getattr(config, name) for name in names},
    )
