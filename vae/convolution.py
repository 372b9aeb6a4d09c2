"""Convolutions of 3×3 with stride 2 and their mirror images, as one product of matrices each.

A convolution first unfolds its maps: each of the nine places of the kernel gets a copy of what it meets.
Its mirror image folds the nine copies that a product gives back into maps. The two are adjoint, each is
the derivative of the other, and both go along the rows and then along the columns.

Examples come last, `(maps, rows, columns, n)`: whatever is copied is then copied in long pieces. `library`
is NumPy or TensorFlow, which here agree. XLA has convolutions of its own, but on a processor they take ten
times as long as these when it comes to their derivatives.
"""

from typing import Any

from vae.layers import KERNEL, STRIDE, Shape

ROWS, COLUMNS = 1, 2  # axes of maps


def examples_last(values: Any, shape: Shape, library: Any) -> Any:
    """Maps `(maps, rows, columns, n)` of rows of numbers `(n, rows · columns · maps)`."""
    return library.transpose(library.reshape(values, (-1, *shape)), (3, 1, 2, 0))


def examples_first(maps: Any, library: Any) -> Any:
    """Rows of numbers `(n, rows · columns · maps)` of maps `(maps, rows, columns, n)`."""
    count, rows, columns, _ = maps.shape
    return library.reshape(library.transpose(maps, (3, 1, 2, 0)), (-1, rows * columns * count))


def gathered(copies: Any, kernel: Any, library: Any) -> Any:
    """The sums of a convolution `(units, rows, columns, n)`, of what `unfold` gives.

    `kernel` is `(3, 3, maps, units)`.
    """
    units, (rows, columns) = kernel.shape[3], copies.shape[3:5]
    matrix = library.reshape(kernel, (-1, units))
    sums = library.matmul(library.transpose(matrix), library.reshape(copies, (matrix.shape[0], -1)))
    return library.reshape(sums, (units, rows, columns, -1))


def scattered(maps: Any, kernel: Any, library: Any) -> Any:
    """What the mirror image of a convolution gives to `fold`, of maps `(maps, rows, columns, n)`.

    `kernel` is `(3, 3, units, maps)`.
    """
    units, count = kernel.shape[2:]
    products = library.matmul(library.reshape(kernel, (-1, count)), library.reshape(maps, (count, -1)))
    return library.reshape(products, (KERNEL, KERNEL, units, *maps.shape[1:3], -1))


def unfold(maps: Any, library: Any) -> Any:
    """What each place of the kernel meets `(3, 3, maps, rows, columns, n)`, rows and columns halved."""
    return _taken_apart(_taken_apart(maps, COLUMNS, library), ROWS + 1, library)


def fold(copies: Any, rows: int, columns: int, library: Any) -> Any:
    """The adjoint of `unfold`: the sum of what its copies come from, `(maps, rows, columns, n)`."""
    joined = _put_together(copies, ROWS + 1, rows, library)
    return _put_together(joined, COLUMNS, columns, library)


def _taken_apart(maps: Any, axis: int, library: Any) -> Any:
    """What each of three places meets along an axis, as a new first axis.

    Place k meets 2i + k − p, with p = 1 for an odd length and 0 for an even one.
    """
    size = maps.shape[axis]
    half, before = -(-size // STRIDE), size % STRIDE
    maps = _padded(maps, axis, before, STRIDE * half + 1 - size - before, library)
    pick = [slice(None)] * len(maps.shape)
    met = []
    for place in range(KERNEL):
        pick[axis] = slice(place, place + STRIDE * half, STRIDE)
        met.append(maps[tuple(pick)])
    return library.stack(met, 0)


def _put_together(copies: Any, axis: int, size: int, library: Any) -> Any:
    """The sum, along an axis of so many places, of the copies in the first axis."""
    first, second, third = copies[0], copies[1], copies[2]
    even = _padded(first, axis, 0, 1, library) + _padded(third, axis, 1, 0, library)
    pairs = library.stack([even, _padded(second, axis, 0, 1, library)], axis + 1)
    shape = [*first.shape[:axis], STRIDE * (first.shape[axis] + 1), *first.shape[axis + 1 : -1], -1]
    pick = [slice(None)] * len(first.shape)
    pick[axis] = slice(size % STRIDE, size % STRIDE + size)
    return library.reshape(pairs, shape)[tuple(pick)]


def _padded(maps: Any, axis: int, before: int, after: int, library: Any) -> Any:
    """The same with zeros along an axis."""
    widths = [(0, 0)] * len(maps.shape)
    widths[axis] = before, after
    return library.pad(maps, widths)
