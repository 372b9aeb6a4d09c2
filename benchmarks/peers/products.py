"""The floating-point limit: nothing but the matrix products of a training step, in NumPy."""

import numpy as np


def prepare(task):
    """The products of `steps` steps on layers `(inputs, units)`; there is nothing to compare in the end.

    Forwards a layer is one product; backwards it is one for its kernel and, but for the first layer,
    one for the layer before it.
    """
    dtype, batch, restarts = task["precision"], task["batch"], task.get("restarts", 1)
    random = np.random.default_rng(0)
    products = []
    for index, (inputs, units) in enumerate(task["layers"]):
        shapes = [(batch, inputs), (inputs, units), (batch, units)]
        values, kernel, delta = (random.random((restarts, *shape)).astype(dtype) for shape in shapes)
        products.append((values, kernel, np.empty_like(delta)))
        products.append((values.swapaxes(1, 2), delta, np.empty_like(kernel)))
        if index:
            products.append((delta, kernel.swapaxes(1, 2), np.empty_like(values)))

    def work():
        for _ in range(task["steps"]):
            for left, right, out in products:
                np.matmul(left, right, out=out)
        return []

    return work
