"""Tables of the pictures that a network is judged by: their codes, and what became of them.

Coordinates come wide (a row a picture), pixels tidy (a row a pixel), as plotting libraries like them.
"""

import numpy as np

from runner.result.result import Result
from runner.storage.csv_text import Alike, Table, number_texts
from runner.tables.pixels import NUMBER, axis_names, fitting_step, pixel_header, pixel_tails


def latent(result: Result) -> Table:
    """A row a picture: what identifies it, where its code lies, and how well it was learned."""
    count, axes = len(result.data.judged), axis_names(result)
    columns = {
        "index": list(range(count)),
        **result.data.judged.columns,
        **_numbers(["x", "y"], result.places),
        **_numbers(axes, result.codes.means),
    }
    if result.codes.log_variances is not None:
        columns |= _numbers([f"{axis}_log_var" for axis in axes], result.codes.log_variances)
    columns |= _measures(result)
    return list(columns), zip(*columns.values(), strict=True)


def _measures(result: Result) -> dict[str, list]:
    columns = {"error": number_texts(result.errors)}
    if result.wrong is not None:
        columns["wrong_pixels"] = result.wrong.sum(axis=1).tolist()
    if result.nats is not None:
        columns |= {
            "reconstruction": number_texts(result.nats),
            "kl": number_texts(result.codes.kl.sum(axis=1)),
        }
    return columns | _losses(result)


def _losses(result: Result) -> dict[str, list]:
    """The parts of −ELBO, and where the best normal lies."""
    losses = result.losses
    if losses is None:
        return {}
    return {
        "negative_log_likelihood": number_texts(losses.negative_log_likelihood),
        "approximation_gap": number_texts(losses.approximation_gap),
        "amortization_gap": number_texts(losses.amortization_gap),
        **_numbers([f"best_{axis}" for axis in axis_names(result)], losses.best.means),
    }


def _numbers(names: list[str], values: np.ndarray) -> dict[str, list]:
    """The columns of `values` `(pictures, names)` as texts."""
    return {name: number_texts(column) for name, column in zip(names, values.T, strict=True)}


def reconstructions(result: Result) -> Table:
    """A row a pixel of every input and output; a denoiser has noisy training and test inputs too.

    Of many pictures, those of a sample; of pictures too large for a table, every n-th row and column.
    """
    shown = result.shown
    kinds = {"input": result.pixels[shown], "output": result.shown_outputs}
    if result.test is not None:
        kinds |= {
            "noisy_input": result.inputs[0][shown],
            "test_input": result.test.inputs[0][shown],
            "test_output": result.test.outputs[0][shown],
        }
    names, cell = result.data.judged.names, result.data.cell
    head = NUMBER + max((len(names[row]) for row in shown.tolist()), default=0)
    step = fitting_step(len(shown) * len(kinds), cell, head)
    rows = (
        Alike((index, names[index], kind), pixel_tails(pictures[at], cell, step))
        for at, index in enumerate(shown.tolist())
        for kind, pictures in kinds.items()
    )
    return ["index", "name", "kind", *pixel_header(cell)], rows
