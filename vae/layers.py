"""The layers of a variational autoencoder as plain facts: what goes in, what comes out, their weights.

A layer that is given a class, as one of so many numbers of which one is 1, has a row of weights for each
class, `{name}_class_kernel` `(classes, units)`, that is added to its biases. In a dense layer that is the
same as those numbers beside what comes in; in one of maps it is a 1×1 convolution of as many even maps.
"""

from dataclasses import dataclass
from math import prod

# Rows, columns and maps of a picture or of what a layer makes of it, or the units of a dense layer. Where
# they lie in one row of numbers they lie in that order.
Shape = tuple[int, ...]

KERNEL = 3  # rows and columns of every convolution
STRIDE = 2


@dataclass(frozen=True)
class Dense:
    """One dense layer with biases."""

    name: str
    inputs: int
    units: int
    activation: str
    classes: int = 0  # of which it is given one; 0 if it is given none

    @property
    def kernel_shape(self) -> Shape:
        """Of `{name}_kernel`."""
        return self.inputs, self.units


@dataclass(frozen=True)
class _Maps:
    """A layer with a 3×3 kernel, from maps to maps."""

    name: str
    inputs: Shape
    outputs: Shape
    activation: str
    classes: int = 0

    @property
    def units(self) -> int:
        """The number of its maps."""
        return self.outputs[2]


@dataclass(frozen=True)
class Convolution(_Maps):
    """3×3, stride 2: half the rows and columns, rounded up. Keras' `Conv2D` with padding `same`."""

    @property
    def kernel_shape(self) -> Shape:
        """Of `{name}_kernel`: rows, columns, maps that come in, maps that go out."""
        return KERNEL, KERNEL, self.inputs[2], self.outputs[2]

    @property
    def unfolded(self) -> int:
        """How many numbers the products of a convolution take in for one picture."""
        return prod((KERNEL, KERNEL, self.inputs[2], *self.outputs[:2]))


@dataclass(frozen=True)
class Transposed(_Maps):
    """The mirror image of a convolution, from its outputs to its inputs. Keras' `Conv2DTranspose`."""

    @property
    def kernel_shape(self) -> Shape:
        """Of `{name}_kernel`: rows, columns, maps that go out, maps that come in."""
        return KERNEL, KERNEL, self.outputs[2], self.inputs[2]

    @property
    def unfolded(self) -> int:
        """How many numbers the products of a convolution give for one picture, before they are added."""
        return prod((KERNEL, KERNEL, self.outputs[2], *self.inputs[:2]))


Layer = Dense | Convolution | Transposed


def halved(shape: Shape, maps: int) -> Shape:
    """What a convolution with so many maps makes of a picture or of the maps of another."""
    rows, columns, _ = shape
    return -(-rows // STRIDE), -(-columns // STRIDE), maps


def most_convolutions(shape: Shape) -> int:
    """How often a picture can be halved until one pixel is left."""
    return (max(shape[:2]) - 1).bit_length()
