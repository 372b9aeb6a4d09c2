"""Every table has the documented columns, and no cell that a reader would stumble over."""

import csv
import io

import pytest

from runner.storage.csv_text import csv_text
from runner.tables.tables import TABLES

Z2, Z4 = ["z1", "z2"], ["z1", "z2", "z3", "z4"]
PIXEL, NEAR = ["row", "column", "value"], ["nearest", "nearest_distance"]
CHARACTER, CLASS = ["name", "character", "code_point"], ["label", "class_name"]
STEPS, VALIDATED = ["loss", "error"], ["loss", "error", "validation_error"]
NATS = ["loss", "reconstruction", "kl", "beta", "validation_loss", "seconds"]
LOG_VARIANCES, TERMS = ["z1_log_var", "z2_log_var"], ["reconstruction", "kl"]
WRONG, CLOCK = ["wrong_pixels"], ["seconds", "evaluations"]

# The columns that depend on the result: of an epoch, of a picture, of its measures, of a drawing.
KINDS = {
    "default_result": ([*STEPS, *CLOCK], CHARACTER, Z2, ["error", *WRONG], NEAR),
    "denoising_result": ([*VALIDATED, *CLOCK], CHARACTER, Z4, ["error", *WRONG], NEAR),
    "many_letters_result": ([*STEPS, *CLOCK], CHARACTER, Z2, ["error", *WRONG], []),
    "letter_vae_result": (NATS, CHARACTER, Z2, [*LOG_VARIANCES, "error", *WRONG, *TERMS], NEAR),
    "image_result": (NATS, CLASS, Z2, [*LOG_VARIANCES, "error", *TERMS], []),
    "grey_result": ([*VALIDATED, *CLOCK], CLASS, Z2, ["error"], []),
    "denoised_images_result": ([*VALIDATED, *CLOCK], CLASS, Z2, ["error"], []),
    "few_result": ([*STEPS, *CLOCK], ["name", *CLASS], Z2, ["error"], []),
}


@pytest.mark.parametrize("name", KINDS)
def test_headers_are_the_documented_ones(request, name):
    epoch, picture, z, measures, near = KINDS[name]
    result = request.getfixturevalue(name)
    wrong = ["wrong_pixels"] if result.data.is_binary else []
    assert {file: table(result)[0] for file, table in TABLES.items()} == {
        "metrics.csv": ["epoch", *epoch],
        "latent.csv": ["index", *picture, "x", "y", *z, *measures],
        "reconstructions.csv": ["index", "name", "kind", *PIXEL],
        "interpolations.csv": ["pair", "from", "to", "step", *z, *near, *PIXEL],
        "generated.csv": ["point", *z, *near, *PIXEL],
        "grid.csv": ["grid_row", "grid_column", *z, *near, *PIXEL],
        "restarts.csv": ["seed", "error", *wrong, "epochs", "seconds"],
    }


def test_no_cell_is_nan_and_no_line_ends_in_a_carriage_return(any_result):
    for table in TABLES.values():
        text = csv_text(table(any_result))
        assert "\r" not in text
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) == 1
        numbers = {cell for row in rows for cell in row}
        assert not {"nan", "NaN", "inf", "-inf", "None"} & numbers
