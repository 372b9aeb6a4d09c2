"""SciPy's Powell on the documented system: in plain NumPy, and as the documents go about it.

Both write the logistic function as 1 / (1 + exp(-2 x)) and the sum of squares as a product of vectors, as
ours are written: the same rounding leads the method the same way, evaluation for evaluation.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from itertools import pairwise

import autograd.numpy as anp
import numpy as np
from scipy.optimize import minimize


def plain(parameters, units, columns):
    """Plain NumPy: weights times column vectors, layer by layer."""
    values, start = columns, 0
    for layer, (inputs, outputs) in enumerate(pairwise(units)):
        stop = start + inputs * outputs
        values = parameters[start:stop].reshape(outputs, inputs) @ values
        if layer >= len(units) // 2:
            values = 1 / (1 + np.exp(-2 * values))
        start = stop
    return np.vdot(values - columns, values - columns) * (0.5 / columns.shape[1])


def linear(values, beta):
    """The encoder's activation."""
    return values


def logistic(values, beta):
    """The decoder's activation."""
    return 1 / (1 + anp.exp(-2 * beta * values))


def documents(parameters, units, columns):
    """Lists and object arrays: everything is unpacked and computed anew, and every layer's output kept.

    The weights of a layer are a list of rows; the layers' weights, functions and outputs are three lists.
    """
    weights, start = np.empty(len(units) - 1, dtype=object), 0
    for layer, (inputs, outputs) in enumerate(pairwise(units)):
        stop = start + inputs * outputs
        weights[layer] = parameters[start:stop].reshape(outputs, inputs).tolist()
        start = stop
    functions = [linear] * (len(weights) // 2) + [logistic] * (len(weights) // 2)
    values = [columns]
    for rows, function in zip(weights, functions, strict=True):
        values.append(function(anp.dot(np.array(rows), values[-1]), 1.0))
    differences = (values[-1] - columns).ravel()
    return anp.dot(differences, differences) * (0.5 / columns.shape[1])


OBJECTIVES = {"plain": plain, "documents": documents}


def prepare(task):
    """Minimize from the start; returns the evaluations, the loss and the sum of the parameters."""
    with np.load(task["problem"]) as file:
        initial, columns, units = (
            file["initial"],
            np.ascontiguousarray(file["pixels"].T),
            file["units"].tolist(),
        )
    objective, options = OBJECTIVES[task["how"]], {"maxiter": task["config"]["epochs"]}

    def work():
        with np.errstate(over="ignore"):
            found = minimize(objective, initial, (units, columns), method="Powell", options=options)
        return [float(found.nfev), float(found.fun), float(found.x.sum())]

    return work
